import AudioLanguageModel
import Experiments
import MusTBench
import Tensors
import Timelines

/// What the heads of the music encoder say of a track, read by fixed rules: a ceiling for a policy that listens through it.
///
/// - An entry or exit is a peak above 0.4 of the instrument's head: the first entry, the last exit, or the largest value where none
///   peaks. An instrument without a head enters with the first transition and leaves with the last.
/// - An event near a time has the largest value of its head within 1.2 s; a change of intensity counts fourfold, at most 1, so that
///   one of the composer's five levels counts as much as a certain entry.
/// - Intensity is the mean of its head between changes of more than 0.12, or between its own steps where it comes cut into levels;
///   stretches within 0.125 of the extreme share it.
struct EncoderKnowledge: TrackKnowledge {
  private let heads: EncoderHeads
  private let values: Tensor
  /// Whether intensity comes cut into levels.
  private let hasLevels: Bool

  private static let threshold: Float = 0.4
  private static let reach = 1.2
  private static let leastChange: Float = 0.12
  private static let levelTolerance: Float = 0.125
  private static let changeWeight: Float = 4

  init(_ audio: EncodedAudio, from encoder: MusicEncoderConfiguration) {
    heads = encoder.heads
    hasLevels = encoder.intensity == .notes
    values = audio.heads
  }

  private func curve(_ column: Int, _ transform: (Float) -> Float = { $0 }) -> Curve {
    Curve(of: values, column: column, transform)
  }

  /// The evidence of an event over time; `nil` for a source without a head.
  private func curve(of event: Transition.Event) -> Curve? {
    func weighed(_ sign: Float) -> (Float) -> Float { { min(1, max(0, sign * Self.changeWeight * $0)) } }
    switch event.change {
    case .rise: return curve(heads.intensityChange, weighed(1))
    case .fall: return curve(heads.intensityChange, weighed(-1))
    case .enter: return heads.instruments.firstIndex(of: event.source).map { curve(heads.entries.lowerBound + $0) }
    case .leave: return heads.instruments.firstIndex(of: event.source).map { curve(heads.exits.lowerBound + $0) }
    }
  }

  private var transitions: [Double] { curve(heads.transition).peaks(above: Self.threshold, reach: Self.reach) }

  func entry(of source: String) -> Double? {
    guard let curve = curve(of: .init(change: .enter, source: source)) else { return transitions.first }
    return curve.peaks(above: Self.threshold, reach: Self.reach).first ?? curve.peakTime
  }

  func exit(of source: String) -> Double? {
    guard let curve = curve(of: .init(change: .leave, source: source)) else { return transitions.last }
    return curve.peaks(above: Self.threshold, reach: Self.reach).last ?? curve.peakTime
  }

  func evidence(of event: Transition.Event, near time: Double) -> Double {
    Double(curve(of: event)?.largest(near: time, reach: Self.reach)?.value ?? 0)
  }

  func time(of event: Transition.Event) -> Double? { curve(of: event)?.peakTime }

  func events(near time: Double) -> [Transition.Event] {
    let events = heads.instruments.flatMap {
      [Transition.Event(change: .enter, source: $0), .init(change: .leave, source: $0)]
    }
    let all = events + [.init(change: .rise, source: Transition.intensity), .init(change: .fall, source: Transition.intensity)]
    return all.enumerated().compactMap { index, event -> (time: Double, index: Int, event: Transition.Event)? in
      guard let peak = curve(of: event)?.largest(near: time, reach: Self.reach), peak.value > Self.threshold else { return nil }
      return (peak.time, index, event)
    }.sorted { ($0.time, $0.index) < ($1.time, $1.index) }.map(\.event)
  }

  func extreme(highest: Bool) -> [Interval] {
    let level = curve(heads.intensityLevel)
    let changes =
      hasLevels ? level.changes : curve(heads.intensityChange, abs).peaks(above: Self.leastChange, reach: Self.reach)
    return level.extreme(
      highest: highest, of: Curve.stretches(between: changes, duration: level.duration), tolerance: Self.levelTolerance)
  }
}
