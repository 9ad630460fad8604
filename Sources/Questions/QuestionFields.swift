/// The fields of a question in a file, a JSON object each.
///
/// Our own form has `id`, `track_id`, `task`, `category`, `question`, `kind`, `choices`, `items`, `answers`, `duration`;
/// Only `id`, `task` and the answers are always needed. MusTBench's table has `id`, `track_id`, `task`, `category`, `qa_type`, `question`, `answer`, `answers`, `split`.
struct QuestionFields: Codable {
  var id: String
  var trackID: String?
  var task: String
  var category: String?
  var qaType: String?
  var question: String?
  var kind: AnswerKind?
  var choices: [String]?
  var items: [String]?
  var answer: String?
  var answers: [String]?
  var duration: Double?

  enum CodingKeys: String, CodingKey {
    case id, task, category, question, kind, choices, items, answer, answers, duration
    case trackID = "track_id"
    case qaType = "qa_type"
  }

  /// The kind as given, or that of MusTBench's task of this name.
  func resolvedKind() -> AnswerKind? {
    if let kind { return kind }
    switch task.lowercased() {
    case "tsg": return .instant
    case "mtr": return .intervals
    case "ltr", "gto": return .choice
    case "tad": return .text
    default: return nil
    }
  }

  /// The options as given, or bare letters as MusTBench's tasks have: the table keeps the texts within the question.
  func resolvedChoices(_ kind: AnswerKind) -> [String] {
    if let choices { return choices }
    guard kind == .choice else { return [] }
    switch task.lowercased() {
    case "ltr": return ["A", "B", "C", "D"]
    case "gto": return ["XYZ", "XZY", "YXZ", "YZX", "ZXY", "ZYX"]
    default: return []
    }
  }

  /// `onset` or `offset` where the type of a TSG question says so, otherwise the category as given.
  func resolvedCategory() -> String {
    guard let qaType, task.lowercased() == "tsg" else { return category ?? "" }
    let type = qaType.lowercased()
    if ["onset", "first", "start", "appear", "begin"].contains(where: { type.contains($0) }), !type.contains("disappear") {
      return "onset"
    }
    if ["offset", "last", "final", "end", "stop", "disappear"].contains(where: { type.contains($0) }) { return "offset" }
    return category ?? qaType
  }
}
