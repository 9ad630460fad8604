/// What an answer must look like to be one: all that reading and writing need to know of a question.
public struct AnswerForm: Sendable, Hashable {
  public var kind: AnswerKind
  /// Number of options of a choice: the letters from A on.
  public var choiceCount: Int
  /// Texts of the options, by which they may be named instead of by letter; may be empty.
  public var choices: [String]
  /// Names of what an order arranges.
  public var items: [String]

  public init(kind: AnswerKind, choiceCount: Int = 0, choices: [String] = [], items: [String] = []) {
    self.kind = kind
    self.choiceCount = max(choiceCount, choices.count)
    self.choices = choices
    self.items = items
  }

  public init(_ question: Question) {
    self.init(kind: question.kind, choices: question.choices, items: question.items)
  }
}
