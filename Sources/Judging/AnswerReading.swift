import Files
import Foundation
import Questions
import Timelines

/// The verdict of the answer reader on each line of a file: `takt read`.
package struct AnswerReading: Sendable {
  private let path: String

  package init(path: String) {
    self.path = path
  }

  /// Calls `body` with one JSON object for each line.
  ///
  /// Throws at the first line that is no answer to read; what came before has been handed out.
  package func run(_ body: (String) throws -> Void) throws {
    try JSONLines.read(AnswerLine.self, from: URL(fileURLWithPath: path)) { line, _ in
      let reading = AnswerReader(line.form).read(line.text)
      try body(JSONText.line(object: Self.object(line, reading)))
    }
  }

  private static func object(_ line: AnswerLine, _ reading: Reading) -> [String: Any] {
    var object: [String: Any] = [
      "id": line.id, "outcome": reading.outcome.name, "kind": line.form.kind.rawValue, "strict": reading.isStrict,
    ]
    if let reason = reading.reason { object["reason"] = reason }
    switch reading.answer {
    case .instant(let seconds): object["seconds"] = seconds
    case .intervals(let intervals): object["intervals"] = intervals.map { [$0.start, $0.end] }
    case .choice(let index): object["choice"] = AnswerWriter.letter(index)
    case .order(let order): object["order"] = order.map { line.form.items[$0] }
    case .text(let text): object["text"] = text
    case nil: break
    }
    return object
  }
}

/// A line of the file of answers: `{id, text, task, duration?, choices?, items?, scheme?}`.
///
/// Tasks are those of MusTBench and the kinds of answer, in any case; `items` asks for an order of them, `choices` for a letter.
private struct AnswerLine: Decodable {
  let id: String
  let text: String
  let form: AnswerForm

  private enum CodingKeys: String, CodingKey { case id, text, task, choices, items }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(Identifier.self, forKey: .id).text
    text = try container.decode(CompletionText.self, forKey: .text).text
    let task = try container.decode(String.self, forKey: .task)
    let items = try container.decodeIfPresent([String].self, forKey: .items) ?? []
    guard items.count <= InputLimit.items else {
      throw DecodingError.dataCorruptedError(
        forKey: .items, in: container,
        debugDescription: "there are \(items.count) items to put in order; at most \(InputLimit.items) are allowed")
    }
    switch (task.lowercased(), items.isEmpty) {
    case ("tsg", true), ("instant", true): form = AnswerForm(kind: .instant)
    case ("mtr", true), ("intervals", true): form = AnswerForm(kind: .intervals)
    case ("tad", true), ("text", true): form = AnswerForm(kind: .text)
    case ("ltr", true), ("choice", true): form = try Self.choice(container, usual: 4)
    case ("gto", true): form = try Self.choice(container, usual: 6)
    case ("gto", false), ("gto-order", false), ("order", false): form = AnswerForm(kind: .order, items: items)
    case ("gto-order", true), ("order", true):
      throw DecodingError.dataCorruptedError(
        forKey: .items, in: container,
        debugDescription:
          "the task '\(task)' asks for an order and there are no 'items'; name them, such as [\"X\", \"Y\", \"Z\"]")
    case (let name, false) where ["tsg", "instant", "mtr", "intervals", "tad", "text", "ltr", "choice"].contains(name):
      throw DecodingError.dataCorruptedError(
        forKey: .items, in: container,
        debugDescription: "the task '\(task)' puts no items in order; leave them out, or make the task GTO-order")
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .task, in: container,
        debugDescription: "the task '\(task)' is not known; write one of TSG, MTR, LTR, GTO, GTO-order, TAD, "
          + AnswerKind.allCases.map(\.rawValue).joined(separator: ", "))
    }
  }

  /// The options: letters in a row, or their texts, which name them too; `usual` many where the line has none.
  private static func choice(_ container: KeyedDecodingContainer<CodingKeys>, usual: Int) throws -> AnswerForm {
    guard container.contains(.choices), try !container.decodeNil(forKey: .choices) else {
      return AnswerForm(kind: .choice, choiceCount: usual)
    }
    var texts: [String] = []
    let count: Int
    if let letters = try? container.decode(String.self, forKey: .choices) {
      count = letters.count
    } else {
      texts = try container.decode([String].self, forKey: .choices)
      count = texts.count
    }
    guard (1...InputLimit.choices).contains(count) else {
      throw DecodingError.dataCorruptedError(
        forKey: .choices, in: container, debugDescription: "there are \(count) choices; letters from A to Z name 1 to 26")
    }
    return AnswerForm(kind: .choice, choiceCount: count, choices: texts)
  }
}
