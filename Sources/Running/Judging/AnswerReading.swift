package import Experiments
import Files
import Foundation
import MusTBench
import Options
import Questions
import Timelines

/// The verdict of the answer reader on each line of a file: `takt answers read`.
package struct AnswerReading: Sendable {
  private let path: String
  private let forms: QuestionForms

  package init(path: String, plugins: Plugins = .current) {
    self.path = path
    forms = plugins.tasks.forms
  }

  /// Calls `body` with one JSON object for each line.
  ///
  /// Throws at the first line that is no answer to read; what came before has been handed out.
  package func run(_ body: (String) throws -> Void) throws {
    try JSONLines.read(AnswerLine.self, from: URL(fileURLWithPath: path), forms: forms) { line, _ in
      let reading = AnswerReader(line.form).read(line.text)
      try body(JSONText.line(object: Self.object(line, reading)))
    }
  }

  private static func object(_ line: AnswerLine, _ reading: Reading) -> [String: Any] {
    var object: [String: Any] = [
      "id": line.number.map { $0 as Any } ?? line.id, "outcome": reading.outcome.name, "kind": line.form.kind.rawValue,
      "strict": reading.isStrict,
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

/// A line of the file of answers: `{id, completion, task, duration?, choices?, items?, scheme?}`; `text` will do for `completion`.
///
/// Tasks are those of the catalogue and the kinds of answer, in any case; `items` asks for an order of them, `choices` for a letter.
private struct AnswerLine: Decodable {
  let id: String
  /// The id as a number, where it came as one.
  let number: Int64?
  let text: String
  let form: AnswerForm

  private enum CodingKeys: String, CodingKey { case id, completion, text, task, choices, items }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(Identifier.self, forKey: .id).text
    number = try? container.decode(Int64.self, forKey: .id)
    let key = !container.contains(.completion) && container.contains(.text) ? CodingKeys.text : .completion
    text = try container.decode(CompletionText.self, forKey: key).text
    let task = try container.decode(String.self, forKey: .task)
    let items = try container.decodeIfPresent([String].self, forKey: .items) ?? []
    guard items.count <= InputLimit.items else {
      throw DecodingError.dataCorruptedError(
        forKey: .items, in: container,
        debugDescription: "there are \(items.count) items to put in order; at most \(InputLimit.items) are allowed")
    }
    let forms = QuestionForms(of: decoder)
    let name = task.lowercased()
    let orders = forms.all.filter(\.ordersItems).map(\.task)
    let known = forms[name]
    if name == AnswerKind.order.rawValue || orders.contains(where: { name == $0 + Self.orderSuffix }) {
      guard !items.isEmpty else {
        throw DecodingError.dataCorruptedError(
          forKey: .items, in: container,
          debugDescription:
            "the task '\(task)' asks for an order and there are no 'items'; name them, such as [\"X\", \"Y\", \"Z\"]")
      }
      form = AnswerForm(kind: .order, items: items)
      return
    }
    guard let kind = known?.kind ?? AnswerKind(rawValue: name) else {
      throw DecodingError.dataCorruptedError(
        forKey: .task, in: container,
        debugDescription: "the task '\(task)' is not known; write one of \(Self.names(forms)), "
          + AnswerKind.allCases.map(\.rawValue).joined(separator: ", "))
    }
    if !items.isEmpty {
      guard let known, known.ordersItems else {
        throw DecodingError.dataCorruptedError(
          forKey: .items, in: container,
          debugDescription: "the task '\(task)' puts no items in order; leave them out, or make the task "
            + (orders.first.map { $0.uppercased() + Self.orderSuffix } ?? AnswerKind.order.rawValue))
      }
      form = AnswerForm(kind: .order, items: items)
      return
    }
    form = kind == .choice ? try Self.choice(container, usual: known?.choices.count ?? 4) : AnswerForm(kind: kind)
  }

  private static let orderSuffix = "-order"

  /// The tasks by the kind of their answers, for a message.
  private static func names(_ forms: QuestionForms) -> String {
    AnswerKind.allCases.flatMap { kind in forms.all.filter { $0.kind == kind } }.flatMap { form -> [String] in
      let name = form.task.uppercased()
      return form.ordersItems ? [name, name + orderSuffix] : [name]
    }.joined(separator: ", ")
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
