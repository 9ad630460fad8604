public import Files
package import Timelines

extension Question: TapeReadable {
  @usableFromInline
  package init(tape element: JSONElement, forms: QuestionForms) throws {
    try self.init(try QuestionFields(tape: element), forms: forms)
  }
}

extension QuestionFields {
  private static let names: [StaticString] = [
    "id", "track_id", "family", "task", "category", "qa_type", "question", "kind", "choices", "items", "duration", "answers",
    "answer", "audio",
  ]

  /// The fields of an object in which all is as it should be.
  init(tape element: JSONElement) throws {
    let members = try JSONMembers(element, Self.names)
    guard let id = try members.value(0, Identifier.init(tape:)), let task = try members.text(3) else {
      throw JSONMembers.Unusual()
    }
    self.init(id: id.text, task: task)
    trackID = try members.value(1, Identifier.init(tape:))?.text
    family = try members.text(2)
    category = try members.text(4)
    qaType = try members.text(5)
    question = try members.text(6)
    kind = try members.value(7) { $0.string.flatMap(AnswerKind.init(rawValue:)) }
    choices = try members.texts(8)
    items = try members.texts(9)
    duration = try members.value(10) { element in
      (element.double ?? element.string.flatMap(TrackLength.seconds)).flatMap(TrackLength.init(seconds:))
    }?.seconds
    references = try (members.value(11, Self.references) ?? members.value(12, Self.references)) ?? []
    audio = try members.value(13, RecordingExcerpt.init(tape:))
    if fault != nil { throw JSONMembers.Unusual() }
  }

  private static func references(_ element: JSONElement) -> [ReferenceValue]? {
    if element.isList { return element.list { ReferenceValue(tape: $0, depth: 1) } }
    return ReferenceValue(tape: element, depth: 0).map { [$0] }
  }
}

extension ReferenceValue {
  init?(tape element: JSONElement, depth: Int) {
    if let number = element.double {
      self = .number(number)
    } else if let text = element.string {
      self = .text(text)
    } else if depth < Self.deepest, let values = element.list({ ReferenceValue(tape: $0, depth: depth + 1) }) {
      self = .list(values)
    } else {
      return nil
    }
  }
}

extension Identifier {
  /// A text without anything that might be refused, or a whole number.
  package init?(tape element: JSONElement) {
    if let text = element.key {
      guard !text.utf8.isEmpty, text.utf8.count <= InputLimit.id else { return nil }
      // Beyond ASCII the general category tells what is a control character.
      let isPlain = text.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
      self.init(checked: text.string, isPlain: isPlain)
    } else if let number = element.int {
      self.init(checked: number.description, isPlain: true)
    } else {
      return nil
    }
  }
}

extension RecordingExcerpt {
  private static let names: [StaticString] = ["path", "start", "end"]

  /// A path alone, or with times as numbers; the rest is left to the other decoder.
  fileprivate init?(tape element: JSONElement) throws {
    var whole = RecordingExcerpt(path: "")
    if let path = element.string {
      whole.path = path
    } else {
      let members = try JSONMembers(element, Self.names)
      guard let path = try members.text(0) else { return nil }
      whole = RecordingExcerpt(path: path, start: try members.double(1), end: try members.double(2))
    }
    let times = [whole.start, whole.end].compactMap { $0 }
    guard !whole.path.isEmpty, !whole.path.utf8.contains(0), times.allSatisfy({ (0...InputLimit.duration).contains($0) }),
      whole.end.map({ $0 > whole.start ?? 0 }) ?? true
    else { return nil }
    self = whole
  }
}
