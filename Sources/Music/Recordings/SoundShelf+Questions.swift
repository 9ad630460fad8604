package import Questions
package import Timelines

extension SoundShelf {
  /// Seconds by which the length of a track that a question gives may differ from its sound: data sets round it.
  private static let tolerance = 1.0

  /// What a question of a file is about, with a whole path and both times.
  ///
  /// Throws a `JSONLines.Refusal` where there is no such sound, or it is not as long as the question says.
  package mutating func excerpt(of question: Question, beside file: String) throws -> RecordingExcerpt {
    do {
      let path = try path(of: question.audio?.path ?? question.trackID, beside: file)
      let length = try length(of: path)
      let start = question.audio?.start ?? 0
      let end =
        question.audio?.end
        ?? (question.audio?.start == nil || !question.duration.isFinite ? length : start + question.duration)
      let words = RecordingExcerpt(path: path, start: start, end: end).words
      guard end <= length + Self.tolerance, start < length else {
        throw JSONLines.Refusal("is about \(words), which lasts \(length) s")
      }
      let heard = min(end, length) - start
      guard !question.duration.isFinite || abs(heard - question.duration) <= Self.tolerance else {
        throw JSONLines.Refusal(
          "is about a track of \(question.duration) s, its audio \(words) lasts \(heard) s; where only a stretch is meant, write "
            + "\"audio\": {\"path\": …, \"start\": …, \"end\": …}")
      }
      return RecordingExcerpt(path: path, start: start, end: min(end, length))
    } catch let refusal as JSONLines.Refusal {
      throw JSONLines.Refusal("question '\(question.id)': \(refusal)")
    }
  }
}

extension RecordingExcerpt {
  /// Path and times.
  var words: String { "\(path) \(start ?? 0)–\(end ?? 0) s" }
}
