import Files
import Foundation
import Questions

/// A question as the rollout store keeps it: its line of JSON, from which it reads back the same.
enum StoredQuestion {
  /// Reference times are written to the microsecond; MusTBench's are whole seconds.
  static func text(of question: Question) throws -> String {
    try JSONText.line(question)
  }

  static func question(from text: String) throws -> Question {
    try JSONDecoder().decode(Question.self, from: Data(text.utf8))
  }
}
