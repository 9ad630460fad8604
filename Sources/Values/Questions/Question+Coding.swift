import Timelines

/// One JSON object a question, with answers as text in the prescribed form:
///
///     {"id":"t1/onset/piano","track_id":"t1","task":"entries","category":"onset",
///      "question":"When does the piano first start to play?","kind":"instant","answers":["0:57"],"duration":222}
///
/// Without `track_id` a question is about a track of its own; `question`, which no reward looks at, may be missing as well.
/// `choices` and `items` are left out where they are empty, `category` and `family` where they are empty, `duration` where it is not known.
/// MusTBench's columns are read as well: `answers`, or `answer` where there is no list; without `kind` it follows from the
/// task, in lower case, where the decoder has ``QuestionForms`` that know it; without `duration` it is infinite, so that no time lies outside the track.
///
/// Answers may be the numbers themselves (`57.25`, `[[57, 72]]`), ids whole numbers, and the duration a text that holds it. What is
/// beyond ``InputLimit`` is refused: duration and times, references (with all their intervals), choices, items, the length of ids.
extension Question: Codable {
  public init(from decoder: any Decoder) throws {
    let fields = try QuestionFields(from: decoder)
    let form = QuestionForms(of: decoder)[fields.task]
    guard let kind = fields.resolvedKind(form) else {
      throw Self.corrupted(
        decoder,
        "question \(fields.id) has no 'kind', and the task '\(fields.task)' does not tell it; "
          + "add one of \(AnswerKind.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self.init(
      id: fields.id, trackID: fields.trackID ?? fields.id, task: fields.kind == nil ? fields.task.lowercased() : fields.task,
      category: fields.resolvedCategory(form), text: fields.question ?? "", kind: kind,
      choices: fields.resolvedChoices(kind, form),
      items: fields.items ?? [], references: [], duration: fields.duration ?? .infinity)
    family = fields.family ?? ""
    do {
      references = try ReferenceValue.answers(fields.references, form: AnswerForm(self), choices: choices)
    } catch let refusal as JSONLines.Refusal {
      throw Self.corrupted(decoder, "question \(fields.id) has the answer \(refusal)")
    }
    if references.isEmpty {
      throw Self.corrupted(decoder, "question \(fields.id) has no answer; 'answers' must hold at least one")
    }
    try checkTimes(decoder)
  }

  /// No reference lies beyond what any track may last, and all of them together hold no more intervals than references are allowed.
  private func checkTimes(_ decoder: any Decoder) throws {
    var count = 0
    for reference in references {
      let times: [Double]
      switch reference {
      case .instant(let time): times = [time]
      case .intervals(let intervals):
        count += intervals.count
        times = intervals.map(\.end)
      case .choice, .order, .text: times = []
      }
      if let time = times.first(where: { $0 > InputLimit.duration }) {
        throw Self.corrupted(
          decoder, "question \(id) has an answer at \(time) s; a track lasts at most \(InputLimit.duration) s, a day")
      }
    }
    if count > InputLimit.references {
      throw Self.corrupted(
        decoder, "question \(id) has answers of \(count) intervals; at most \(InputLimit.references) are allowed")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    let writer = AnswerWriter(AnswerForm(self))
    try QuestionFields(
      id: id, trackID: trackID, family: family.isEmpty ? nil : family, task: task, category: category.isEmpty ? nil : category,
      qaType: nil, question: text,
      kind: kind, choices: choices.isEmpty ? nil : choices, items: items.isEmpty ? nil : items,
      answers: references.map { writer.write($0) }, duration: duration.isFinite ? duration : nil
    ).encode(to: encoder)
  }

  private static func corrupted(_ decoder: any Decoder, _ message: String) -> DecodingError {
    .dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: message))
  }
}

extension AnswerForm {
  /// The prescribed form in words, for messages and prompts.
  public var prescription: String {
    switch kind {
    case .instant: "a time as M:SS, such as 0:57"
    case .intervals: "intervals as M:SS-M:SS joined by a comma and a blank, such as 0:57-1:12, 2:10-2:25, or none"
    case .choice:
      choiceCount > 0 ? "a letter from A to \(AnswerWriter.letter(min(26, choiceCount) - 1))" : "a letter of an option"
    case .order: "the items joined by commas, such as \(items.joined(separator: ","))"
    case .text: "any text"
    }
  }
}
