import Files
import Questions

/// A question as the rollout store keeps it: its line of JSON, from which it reads back the same.
enum StoredQuestion {
  /// Reference times are written to the microsecond; MusTBench's are whole seconds.
  static func text(of question: Question) throws -> String {
    try JSONText.line(question)
  }

  static func question(from text: String, by reader: TapeReader) throws -> Question {
    try reader.decode(Question.self, copying: text.utf8)
  }
}
