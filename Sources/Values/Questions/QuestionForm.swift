/// What all questions of a task have in common, so that files may leave it out.
public struct QuestionForm: Sendable {
  /// The task's short name, in lower case.
  public let task: String
  /// What its questions are answered with.
  public let kind: AnswerKind
  /// Options of a question that names none: bare letters or words, where the question's text says what they stand for.
  public let choices: [String]
  /// Whether an answer may name `items` and put them in order in place of choosing.
  ///
  /// `takt answers read` takes the task's name with `-order` for it.
  public let ordersItems: Bool
  private let categoryOf: (@Sendable (String) -> String?)?

  /// - Parameter category: the category that a file's `qa_type` stands for, in lower case; `nil` where it says nothing of it.
  public init(
    task: String, kind: AnswerKind, choices: [String] = [], ordersItems: Bool = false,
    category: (@Sendable (_ type: String) -> String?)? = nil
  ) {
    self.task = task.lowercased()
    self.kind = kind
    self.choices = choices
    self.ordersItems = ordersItems
    categoryOf = category
  }

  /// The category that a `qa_type` stands for.
  func category(ofType type: String) -> String? { categoryOf?(type.lowercased()) }

  /// Whether the type of a question says anything of its category.
  var readsTypes: Bool { categoryOf != nil }
}

/// The forms that a reader of questions knows; a decoder without them reads questions that say themselves what kind they are.
@usableFromInline
package struct QuestionForms: Sendable {
  package let all: [QuestionForm]

  @usableFromInline
  package init(_ all: [QuestionForm] = []) {
    self.all = all
  }

  /// The form of a task, whose name may be in any case.
  package subscript(task: String) -> QuestionForm? {
    let name = task.lowercased()
    return all.first { $0.task == name }
  }

  /// "tsg, ltr or mtr, or", for a message; empty without any.
  var words: String {
    let names = all.map(\.task)
    guard let last = names.last else { return "" }
    return (names.count > 1 ? names.dropLast().joined(separator: ", ") + " or " : "") + last + ", or "
  }

  /// Where a decoder of questions finds them.
  static let key = CodingUserInfoKey(rawValue: "takt.question-forms")

  /// For a decoder's `userInfo`.
  package var userInfo: [CodingUserInfoKey: any Sendable] { Self.key.map { [$0: self] } ?? [:] }

  /// Those that the decoder was given.
  package init(of decoder: any Decoder) {
    self = Self.key.flatMap { decoder.userInfo[$0] as? QuestionForms } ?? QuestionForms()
  }
}
