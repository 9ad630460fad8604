import Foundation
import Questions
import Testing

/// Spellings of answers beyond the golden file, a line each: what stands for the question, the text, the reading.
struct AnswerSpellingTests {
  @Test func readsEverySpelling() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/spellings.tsv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(lines.count > 200)
    for line in lines {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      try #require(fields.count == 3, "\(line)")
      let form = Self.form(fields[0])
      let text = fields[1].replacingOccurrences(of: "\\n", with: "\n").replacingOccurrences(of: "\\\\", with: "\\")
      #expect(Self.written(AnswerReader(form).read(text), form) == fields[2], "\(line)")
    }
  }

  static func form(_ name: String) -> AnswerForm {
    if let kind = AnswerKind(rawValue: name) { return AnswerForm(kind: kind) }
    if name.hasPrefix("=") {
      return AnswerForm(kind: .choice, choices: name.dropFirst().split(separator: "|").map(String.init))
    }
    if let count = Int(name) { return AnswerForm(kind: .choice, choiceCount: count) }
    return AnswerForm(kind: .order, items: name.split(separator: "|").map(String.init))
  }

  static func written(_ reading: Reading, _ form: AnswerForm) -> String {
    switch reading.outcome {
    case .answered: reading.answer.map { AnswerWriter(form).write($0) } ?? ""
    case .empty: "none"
    case .unreadable(let fault): "!\(fault.rawValue)"
    }
  }
}
