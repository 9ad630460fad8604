/// What an answer must look like to be one: all that reading and writing need to know of a question.
public struct AnswerForm: Sendable, Hashable {
  public var kind: AnswerKind
  /// Number of options of a choice: the letters from A on.
  public var choiceCount: Int
  /// Names of what an order arranges.
  public var items: [String]

  public init(kind: AnswerKind, choiceCount: Int = 0, items: [String] = []) {
    self.kind = kind
    self.choiceCount = choiceCount
    self.items = items
  }

  public init(_ question: Question) {
    self.init(kind: question.kind, choiceCount: question.choices.count, items: question.items)
  }
}
