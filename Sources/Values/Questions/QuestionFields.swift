import Timelines

/// The fields of a question in a file, a JSON object each.
///
/// Takt's own form has `id`, `track_id`, `family`, `task`, `category`, `question`, `kind`, `choices`, `items`, `answers`, `duration`,
/// `audio`; only `id`, `task` and the answers are always needed. MusTBench's table has `id`, `track_id`, `task`, `category`, `qa_type`, `question`,
/// `answer`, `answers`, `split`.
struct QuestionFields: Encodable {
  var id: String
  var trackID: String?
  var family: String?
  var task: String
  var category: String?
  var qaType: String?
  var question: String?
  var kind: AnswerKind?
  var choices: [String]?
  var items: [String]?
  /// As written by ``Question/encode(to:)``.
  var answers: [String]?
  /// As found in a file.
  var references: [ReferenceValue] = []
  var duration: Double?
  var audio: RecordingExcerpt?

  enum CodingKeys: String, CodingKey {
    case id, family, task, category, question, kind, choices, items, answer, answers, duration, audio
    case trackID = "track_id"
    case qaType = "qa_type"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encodeIfPresent(trackID, forKey: .trackID)
    try container.encodeIfPresent(family, forKey: .family)
    try container.encode(task, forKey: .task)
    try container.encodeIfPresent(category, forKey: .category)
    try container.encodeIfPresent(question, forKey: .question)
    try container.encodeIfPresent(kind, forKey: .kind)
    try container.encodeIfPresent(choices, forKey: .choices)
    try container.encodeIfPresent(items, forKey: .items)
    try container.encodeIfPresent(answers, forKey: .answers)
    try container.encodeIfPresent(duration, forKey: .duration)
    try container.encodeIfPresent(audio, forKey: .audio)
  }

  /// The kind as given, or that of the task.
  func resolvedKind(_ form: QuestionForm?) -> AnswerKind? { kind ?? form?.kind }

  /// The options as given, or the task's.
  func resolvedChoices(_ kind: AnswerKind, _ form: QuestionForm?) -> [String] {
    choices ?? (kind == .choice ? form?.choices ?? [] : [])
  }

  /// The category that the type of the question stands for, otherwise the category as given.
  func resolvedCategory(_ form: QuestionForm?) -> String {
    guard let qaType, let form, form.readsTypes else { return category ?? "" }
    return form.category(ofType: qaType) ?? category ?? qaType
  }
}

extension QuestionFields: Decodable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func refused(_ message: String) -> DecodingError {
      .dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: message))
    }
    id = try container.decode(Identifier.self, forKey: .id).text
    trackID = try container.decodeIfPresent(Identifier.self, forKey: .trackID)?.text
    family = try container.decodeIfPresent(String.self, forKey: .family)
    guard let task = try container.decodeIfPresent(String.self, forKey: .task) else {
      throw refused(
        "question \(id) has no 'task': add \(QuestionForms(of: decoder).words)a name of your own together with 'kind', one of "
          + AnswerKind.allCases.map(\.rawValue).joined(separator: ", "))
    }
    self.task = task
    category = try container.decodeIfPresent(String.self, forKey: .category)
    qaType = try container.decodeIfPresent(String.self, forKey: .qaType)
    question = try container.decodeIfPresent(String.self, forKey: .question)
    kind = try container.decodeIfPresent(AnswerKind.self, forKey: .kind)
    choices = try container.decodeIfPresent([String].self, forKey: .choices)
    items = try container.decodeIfPresent([String].self, forKey: .items)
    duration = try container.decodeIfPresent(TrackLength.self, forKey: .duration)?.seconds
    audio = try container.decodeIfPresent(AudioColumn.self, forKey: .audio)?.excerpt
    let written = try container.decodeIfPresent(ReferenceValue.self, forKey: .answers)
    references = (try written ?? container.decodeIfPresent(ReferenceValue.self, forKey: .answer))?.alternatives ?? []
    if let fault { throw refused("question \(id) \(fault)") }
  }

  /// What lies beyond ``InputLimit``, in words.
  var fault: String? {
    func isLong(_ text: String?) -> Bool { text.map { $0.utf8.count > InputLimit.label } ?? false }
    for (name, value) in [("task", task), ("category", category), ("family", family)] where isLong(value) {
      return "has a '\(name)' of \(value?.utf8.count ?? 0) bytes; at most \(InputLimit.label) are allowed"
    }
    for (name, count, limit) in [
      ("choices", choices?.count ?? 0, InputLimit.choices), ("items", items?.count ?? 0, InputLimit.items),
    ] where count > limit {
      return "has \(count) '\(name)'; at most \(limit) are allowed"
    }
    if let item = items?.first(where: { $0.isEmpty || isLong($0) }) {
      return item.isEmpty
        ? "has an item without a name; each of 'items' needs one"
        : "has an item of \(item.utf8.count) bytes, '\(item.shown)'; at most \(InputLimit.label) are allowed"
    }
    guard references.count <= InputLimit.references else {
      return "has \(references.count) answers; at most \(InputLimit.references) are allowed"
    }
    return nil
  }
}

/// The column `audio` of a row: an excerpt, or samples without a path, which are stepped over.
private struct AudioColumn: Decodable {
  let excerpt: RecordingExcerpt?

  private enum CodingKeys: String, CodingKey { case path, start, end }

  init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: CodingKeys.self) {
      guard container.contains(.path), try !container.decodeNil(forKey: .path) else {
        try RecordingExcerpt.checkKeys(decoder)
        guard !container.contains(.start), !container.contains(.end) else {
          throw DecodingError.dataCorrupted(
            .init(codingPath: decoder.codingPath, debugDescription: "'path' is missing: the stretch is one of no file"))
        }
        excerpt = nil
        return
      }
    }
    excerpt = try RecordingExcerpt(from: decoder)
  }
}
