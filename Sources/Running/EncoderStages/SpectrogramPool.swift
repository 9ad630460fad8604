import AudioLanguageModel
import Music
import Randomness
import Synchronization
import Tensors
import Timelines
import Tracks
import Work

/// Spectrograms for the encoder's training, made when they are asked for; the first `kept` tracks stay in memory.
///
/// A track longer than the encoder's window gives one excerpt of that length, whose place depends on the track's number.
final class SpectrogramPool: Sendable {
  typealias Track = (spectrogram: Tensor, timeline: Timeline)

  private let source: any TrackSource
  private let kept: Int
  private let window: Int
  private let knowsNotes: Bool
  private let held = Mutex<[Int: Track]>([:])

  var count: Int { source.count }

  /// - Parameters:
  ///   - window: longest excerpt in frames of the encoder.
  ///   - knowsNotes: whether the timelines hold their notes' intensity.
  init(_ source: any TrackSource, kept: Int, window: Int, knowsNotes: Bool = false) {
    self.source = source
    self.kept = kept
    self.window = window
    self.knowsNotes = knowsNotes
  }

  func tracks(_ indices: [Int]) throws -> [Track] {
    let missing = Array(Set(indices.filter { index in held.withLock { $0[index] == nil } })).sorted()
    let made = try parallelShards(missing.count) { try make(missing[$0]) }
    let fresh = Dictionary(uniqueKeysWithValues: zip(missing, made))
    held.withLock { held in
      for (index, track) in fresh where index < kept { held[index] = track }
    }
    return indices.map { index in
      guard let track = fresh[index] ?? held.withLock({ $0[index] }) else { preconditionFailure("track \(index) was made") }
      return track
    }
  }

  private func make(_ index: Int) throws -> Track {
    var (timeline, mel) = try source.track(index)
    if knowsNotes { timeline.intensity = try source.intensity(index) }
    let whole = Tensor(shape: [mel.frames, mel.bands], values: mel.values)
    let frames = MusicEncoderConfiguration.frameCount(ofSpectrogramFrames: mel.frames)
    guard frames > window else { return (whole, timeline) }
    var random = RandomStream(seed: 0x6372_6F70).derived(index)
    let first = random.integer(in: 0...(frames - window))
    let ratio = MusicEncoderConfiguration.spectrogramFramesPerSecond / MusicEncoderConfiguration.framesPerSecond
    let values = mel.values[first * ratio * mel.bands..<(first + window) * ratio * mel.bands]
    let rate = Double(MusicEncoderConfiguration.framesPerSecond)
    return (
      Tensor(shape: [window * ratio, mel.bands], values: Array(values)),
      timeline.cropped(to: Interval(Double(first) / rate, Double(first + window) / rate))
    )
  }
}
