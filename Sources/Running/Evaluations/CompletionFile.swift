import Files
import Foundation
import Questions
import Timelines

/// A line of a file of completions: `{"id": …, "completion": …}`, or `text` for `completion`; what the text may be, ``CompletionText``
/// says.
struct CompletionLine: Decodable {
  var id: String
  var completion: String

  private enum CodingKeys: String, CodingKey { case id, completion, text }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(Identifier.self, forKey: .id).text
    let key = container.contains(.completion) ? CodingKeys.completion : .text
    completion = try container.decode(CompletionText.self, forKey: key).text
  }
}

extension CompletionLine: TapeReadable {
  private static let names: [StaticString] = ["id", "completion", "text"]

  init(tape element: JSONElement, forms: QuestionForms) throws {
    let members = try JSONMembers(element, Self.names)
    guard let id = try members.value(0, Identifier.init(tape:)), members.contains(1) || members.contains(2) else {
      throw JSONMembers.Unusual()
    }
    self.id = id.text
    completion = try members.value(members.contains(1) ? 1 : 2, CompletionText.init(tape:))?.text ?? ""
  }
}

/// A line of a file of CLAP scores: `{"id": …, "clap": 0.346}`, −1…1.
struct ClapLine: Decodable {
  var id: String
  var clap: Double

  private enum CodingKeys: String, CodingKey { case id, clap }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(Identifier.self, forKey: .id).text
    clap = try container.decode(Double.self, forKey: .clap)
  }
}

extension ClapLine: TapeReadable {
  private static let names: [StaticString] = ["id", "clap"]

  init(tape element: JSONElement, forms: QuestionForms) throws {
    let members = try JSONMembers(element, Self.names)
    guard let id = try members.value(0, Identifier.init(tape:)), let clap = try members.double(1) else {
      throw JSONMembers.Unusual()
    }
    (self.id, self.clap) = (id.text, clap)
  }
}

/// One value for each question of a file, from lines that name a question's id.
struct AnswersByID<Value> {
  private(set) var values: [String: Value] = [:]

  /// Refuses an id that is none of `ids`, one that was there before, and what `value` refuses.
  init<Line: TapeReadable>(
    path: String, ids: Set<String>, questions: String, intake: inout Intake, id: (Line) -> String,
    value: (Line) throws -> Value
  ) throws {
    var values: [String: Value] = [:]
    var lines: [String: Int] = [:]
    try JSONLines.read(Line.self, at: path, refuse: { try intake.refuse($0) }) { number, line in
      let id = id(line)
      guard ids.contains(id) else { throw JSONLines.Refusal("'\(id)' is the id of no question in \(questions)") }
      if let first = lines[id] { throw JSONLines.Refusal("'\(id)' is answered a second time; line \(first) has it already") }
      values[id] = try value(line)
      lines[id] = number
    }
    self.values = values
  }
}
