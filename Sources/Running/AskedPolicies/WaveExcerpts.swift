import Experiments
import Foundation
import Music
import Timelines

/// Excerpts of recordings of any format as WAV files, for a policy that decodes no other: those of one batch at a time.
struct WaveExcerpts: Sendable {
  /// `nil` where recordings are handed over as they are.
  private let folder: String?

  init(isUsed: Bool) {
    folder =
      isUsed ? FileManager.default.temporaryDirectory.appendingPathComponent("takt-excerpts-\(UUID().uuidString)").path : nil
  }

  /// The prompt about a WAV file of its excerpt, which lasts until the next prompt of this place.
  func replaced(_ prompt: QuestionPrompt, place: Int) throws -> QuestionPrompt {
    guard let folder, let audio = prompt.audio else { return prompt }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let signal = try AudioFile.excerpt(audio.path, window: Interval(audio.start, audio.end))
    let path = "\(folder)/\(place).wav"
    try AudioFile.write(signal, to: path)
    return prompt.about(QuestionPrompt.Audio(path: path, start: 0, end: audio.end - audio.start))
  }

  func remove() {
    if let folder { try? FileManager.default.removeItem(atPath: folder) }
  }
}
