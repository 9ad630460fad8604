import Foundation
import Questions
import Testing

/// Answers written by hand, whose right readings were decided before any was read.
///
/// Each line holds what stands for the question, the text, and what is right, with `|` between several; `!` is a refusal.
struct HandwrittenAnswersTests {
  @Test func noneIsMisreadAndFewPlainOnesAreRefused() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/handwritten.tsv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(lines.count > 1_100)
    var plain = 0
    var refused: [String] = []
    for line in lines {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      try #require(fields.count == 3, "\(line)")
      let form = AnswerSpellingTests.form(fields[0])
      let text = fields[1].replacingOccurrences(of: "\\n", with: "\n").replacingOccurrences(of: "\\\\", with: "\\")
      let right = fields[2].components(separatedBy: " | ")
      let reading = AnswerSpellingTests.written(AnswerReader(form).read(text), form)
      if !right.contains("!") { plain += 1 }
      if reading.hasPrefix("!") {
        if !right.contains("!") { refused.append("\(line)") }
      } else {
        #expect(right.contains(reading), "\(line): read as \(reading)")
      }
    }
    #expect(Double(refused.count) <= 0.05 * Double(plain), "\(refused.joined(separator: "\n"))")
  }
}
