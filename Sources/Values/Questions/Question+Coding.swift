import Timelines

/// One JSON object a question, with answers as text in the prescribed form:
///
///     {"id":"t1/onset/piano","track_id":"t1","task":"entries","category":"onset",
///      "question":"When does the piano first start to play?","kind":"instant","answers":["0:57"],"duration":222}
///
/// Without `track_id` a question is about a track of its own; `question`, which no reward looks at, may be missing as well.
/// `choices` and `items` are left out where they are empty, `category` and `family` where they are empty, `duration` where it is not known,
/// `audio` where the sound's place is not: ``RecordingExcerpt``.
/// MusTBench's columns are read as well: `answers`, or `answer` where there is no list; without `kind` it follows from the
/// task, in lower case, where the decoder has ``QuestionForms`` that know it; without `duration` it is infinite, so that no time lies outside the track.
///
/// Answers may be the numbers themselves (`57.25`, `[[57, 72]]`), ids whole numbers, and the duration a text that holds it. What is
/// beyond ``InputLimit`` is refused: duration and times, references (with all their intervals), choices, items, the length of ids.
extension Question: Codable {
  public init(from decoder: any Decoder) throws {
    let fields = try QuestionFields(from: decoder)
    do {
      try self.init(fields, forms: QuestionForms(of: decoder))
    } catch let refusal as JSONLines.Refusal {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: refusal.description))
    }
  }

  /// Throws a ``JSONLines/Refusal`` where the fields are none of a question.
  init(_ fields: QuestionFields, forms: QuestionForms) throws {
    let form = forms[fields.task]
    guard let kind = fields.resolvedKind(form) else {
      throw JSONLines.Refusal(
        "question \(fields.id) has no 'kind', and the task '\(fields.task)' does not tell it; "
          + "add one of \(AnswerKind.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self.init(
      id: fields.id, trackID: fields.trackID ?? fields.id, task: fields.kind == nil ? fields.task.lowercased() : fields.task,
      category: fields.resolvedCategory(form), text: fields.question ?? "", kind: kind,
      choices: fields.resolvedChoices(kind, form),
      items: fields.items ?? [], references: [], duration: fields.duration ?? .infinity)
    family = fields.family ?? ""
    audio = fields.audio
    do {
      references = try ReferenceValue.answers(fields.references, form: AnswerForm(self), choices: choices)
    } catch let refusal as JSONLines.Refusal {
      throw JSONLines.Refusal("question \(fields.id) has the answer \(refusal)")
    }
    if references.isEmpty {
      throw JSONLines.Refusal("question \(fields.id) has no answer; 'answers' must hold at least one")
    }
    try checkTimes()
  }

  /// No reference lies beyond what any track may last, and all of them together hold no more intervals than references are allowed.
  private func checkTimes() throws {
    var count = 0
    for reference in references {
      let latest: Double?
      switch reference {
      case .instant(let time): latest = time > InputLimit.duration ? time : nil
      case .intervals(let intervals):
        count += intervals.count
        latest = intervals.first { $0.end > InputLimit.duration }?.end
      case .choice, .order, .text: latest = nil
      }
      if let latest {
        throw JSONLines.Refusal(
          "question \(id) has an answer at \(latest) s; a track lasts at most \(InputLimit.duration) s, a day")
      }
    }
    if count > InputLimit.references {
      throw JSONLines.Refusal(
        "question \(id) has answers of \(count) intervals; at most \(InputLimit.references) are allowed")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    let writer = AnswerWriter(AnswerForm(self))
    try QuestionFields(
      id: id, trackID: trackID, family: family.isEmpty ? nil : family, task: task, category: category.isEmpty ? nil : category,
      qaType: nil, question: text,
      kind: kind, choices: choices.isEmpty ? nil : choices, items: items.isEmpty ? nil : items,
      answers: references.map { writer.write($0) }, duration: duration.isFinite ? duration : nil, audio: audio
    ).encode(to: encoder)
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
