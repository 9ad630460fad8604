import Randomness

/// A stream of composed tracks in which some are longer, and some are played by a sound font.
///
/// What a track is depends on its number alone. Tracks of the sound font come from a list of `rendered.count`, which repeats.
struct MixedTracks: RoutedTracks {
  let count: Int
  private let usual: ComposedTracks
  private let long: ComposedTracks
  private let rendered: RenderedTracks?
  private let longShare: Double
  private let renderedShare: Double
  private let stream: RandomStream

  /// Track i is the i-th of `usual`, of `long` with probability `longShare`, or one of `rendered` with `renderedShare`.
  init(usual: ComposedTracks, long: ComposedTracks, longShare: Double, rendered: RenderedTracks?, renderedShare: Double) {
    count = usual.count
    self.usual = usual
    self.long = long
    self.rendered = rendered
    self.longShare = longShare
    self.renderedShare = rendered == nil ? 0 : renderedShare
    stream = RandomStream(seed: usual.seed).derived(0x6D69_7865)
  }

  /// The source of a track, and its number there.
  func place(of index: Int) -> (source: any TrackSource, index: Int) {
    var random = stream.derived(usual.first + index)
    let kind = random.uniform()
    if let rendered, kind < renderedShare { return (rendered, random.integer(in: 0...(rendered.count - 1))) }
    return (kind < renderedShare + longShare ? long : usual, index)
  }
}
