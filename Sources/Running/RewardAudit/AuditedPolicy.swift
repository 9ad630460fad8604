package import Questions
package import Randomness

/// Something that answers questions in text, as a policy would.
public struct AuditedPolicy: Sendable {
  public enum Role: String, Sendable, Hashable, CaseIterable {
    /// Hears the track, more or less well.
    case honest
    /// Hears the track and says less than it knows.
    case partial
    /// Never hears the track.
    case blind
  }

  /// In kebab case, unique among the policies of one kind of question.
  package var name: String
  package var role: Role
  /// What it answers, in a few words.
  package var summary: String
  /// Whether it gives another answer each time it is asked.
  package var isRandom: Bool
  /// The completion.
  package var answer: @Sendable (Question, inout RandomStream) -> String

  package init(
    _ name: String, _ role: Role, _ summary: String, isRandom: Bool = false,
    answer: @escaping @Sendable (Question, inout RandomStream) -> String
  ) {
    self.name = name
    self.role = role
    self.summary = summary
    self.isRandom = isRandom
    self.answer = answer
  }
}
