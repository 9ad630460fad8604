import Foundation
import Questions
import Timelines

/// The verdict of the answer reader on each line of a file: `takt read`.
public struct AnswerReading: Sendable {
  private let path: String

  private struct Line: Decodable {
    var id: String
    var text: String
    var task: String
    var choices: String?
    var items: [String]?
  }

  public init(path: String) {
    self.path = path
  }

  /// Calls `body` with one JSON object for each line.
  public func run(_ body: (String) -> Void) throws {
    try JSONLines.read(Line.self, from: URL(fileURLWithPath: path)) { line in
      let form = Self.form(of: line)
      let reading = AnswerReader(form).read(line.text)
      let data = try JSONSerialization.data(
        withJSONObject: Self.object(line, form, reading), options: [.sortedKeys, .withoutEscapingSlashes])
      body(String(decoding: data, as: UTF8.self))
    }
  }

  /// Tasks are those of MusTBench; `GTO-order` asks for an order of items instead of a letter.
  private static func form(of line: Line) -> AnswerForm {
    if let items = line.items { return AnswerForm(kind: .order, items: items) }
    switch line.task.lowercased() {
    case "tsg": return AnswerForm(kind: .instant)
    case "mtr": return AnswerForm(kind: .intervals)
    case "tad": return AnswerForm(kind: .text)
    default: return AnswerForm(kind: .choice, choiceCount: line.choices?.count ?? (line.task.uppercased() == "GTO" ? 6 : 4))
    }
  }

  private static func object(_ line: Line, _ form: AnswerForm, _ reading: Reading) -> [String: Any] {
    let (outcome, fault) = OutcomeText.words(for: reading.outcome)
    var object: [String: Any] = ["id": line.id, "outcome": outcome, "kind": form.kind.rawValue, "strict": reading.isStrict]
    if !fault.isEmpty { object["reason"] = fault }
    switch reading.answer {
    case .instant(let seconds): object["seconds"] = seconds
    case .intervals(let intervals): object["intervals"] = intervals.map { [$0.start, $0.end] }
    case .choice(let index): object["choice"] = AnswerWriter.letter(index)
    case .order(let order): object["order"] = order.map { form.items.indices.contains($0) ? form.items[$0] : "\($0)" }
    case .text(let text): object["text"] = text
    case nil: break
    }
    return object
  }
}
