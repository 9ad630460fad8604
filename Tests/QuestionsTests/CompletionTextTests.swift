import Foundation
import Questions
import Testing

struct CompletionTextTests {
  private struct Line: Decodable { var completion: CompletionText }

  private func text(_ completion: String) throws -> String {
    try JSONLines.decode(Line.self, from: Data(#"{"completion":\#(completion)}"#.utf8)).completion.text
  }

  @Test(arguments: [
    (#""0:57""#, "0:57"), ("null", ""), ("[]", ""),
    (#"[{"role":"assistant","content":"0:57"}]"#, "0:57"),
    (#"[{"role":"assistant","content":null}]"#, ""),
    (#"[{"role":"user","content":"When?"},{"role":"assistant","content":"0:5"},{"role":"assistant","content":"7"}]"#, "0:57"),
    (
      #"[{"role":"assistant","content":[{"type":"text","text":"at "},{"type":"image"},{"type":"text","text":"0:57"}]}]"#,
      "at 0:57"
    ),
    (#"[{"type":"text","text":"0:57"}]"#, "0:57"), (#"["0:","57",null]"#, "0:57"),
    (#"{"role":"assistant","content":"0:57"}"#, "0:57"), (#"[{"role":null,"content":"0:57"}]"#, "0:57"),
    (#"[{"role":"assistant","content":{"type":"text","text":"0:57"}}]"#, "0:57"),
    (#"[{"role":"assistant","content":[null,"0:",{"type":"audio","audio":[1]},{"type":"text","content":"57"}]}]"#, "0:57"),
  ])
  func readsWhatChatProgramsWrite(json: String, expected: String) throws {
    #expect(try text(json) == expected)
  }

  @Test(arguments: ["5", "true", "{}", "[5]", #"{"role":"assistant"}"#, #"[{"content":5}]"#]) func refusesTheRest(json: String)
  {
    #expect(throws: DecodingError.self) { try text(json) }
  }

  @Test(arguments: [
    (#""the chorus \ud83c\udfb5 starts at 0:57 \ud83d""#, "the chorus 🎵 starts at 0:57 \u{FFFD}"),
    (#""\udfb5\ud83c0:57""#, "\u{FFFD}\u{FFFD}0:57"), (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\\ud83d""#, #"\ud83d"#),
    (#""\\\ud83d.""#, "\\\u{FFFD}."), (#""\uD83D\uD83D\uDE00""#, "\u{FFFD}😀"),
  ])
  func halvesOfSurrogatePairsBecomeReplacementCharacters(json: String, expected: String) throws {
    #expect(try text(json) == expected)
  }

  @Test(arguments: [
    (#"{"completion":NaN}"#, "it holds NaN, which is no number of JSON; write null"),
    (#"{"completion":[1, -Infinity]}"#, "it holds -Infinity, which is no number of JSON; write null"),
    (#"{"completion":"NaN, 5""#, "is no JSON object"),
  ])
  func numbersThatAreNoneAreNamed(json: String, message: String) {
    #expect { try JSONLines.decode(Line.self, from: Data(json.utf8)) } throws: { error in
      JSONLines.message(for: error, in: Data(json.utf8)).contains(message)
    }
  }

  private struct Counts: Decodable { var counts: [Int] }

  @Test(arguments: [
    (
      #"{"counts":[1, 1.5]}"#,
      "holds a number with a fraction, or of too many digits, where a whole one is expected: 'counts[1]' is 1.5"
    ),
    (
      #"{"counts":[1e300]}"#,
      "holds a number with a fraction, or of too many digits, where a whole one is expected: 'counts[0]' is 1e+300"
    ),
  ])
  func numbersThatAreNotWholeAreNamed(json: String, message: String) {
    #expect { try JSONLines.decode(Counts.self, from: Data(json.utf8)) } throws: { error in
      JSONLines.message(for: error, in: Data(json.utf8)) == message
    }
  }

  @Test func otherLinesAreNotLost() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "halves-\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: file) }
    let lines = [#"{"completion":"0:57"}"#, #"{"completion":"0:57 \ud83d"}"#, #"{"completion":"0:5"#, #"{"completion":null}"#]
    try Data(lines.joined(separator: "\n").utf8).write(to: file)
    var (texts, refused) = ([String](), [Int?]())
    try JSONLines.read(Line.self, from: file, refuse: { refused.append($0.line) }) { texts.append($1.completion.text) }
    #expect(texts == ["0:57", "0:57 \u{FFFD}", ""] && refused == [3])
  }

  @Test(arguments: [
    ("[\n{\"completion\":\"0:57\"}\n]\n", "begins a JSON array, and one JSON object a line is expected: jq -c '.[]' FILE"),
    ("{\n\"completion\":\"0:57\"\n}\n", "it is not closed on this line, and one JSON object a line is expected; jq -c . FILE"),
    ("[{\"completion\":\"0:57\"}]", "an object in braces expected, not an array"),
  ])
  func otherLayoutsAreNamed(text: String, message: String) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "layout-\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(text.utf8).write(to: file)
    #expect {
      _ = try JSONLines.read(Line.self, from: file) { (_: Line) in }
    } throws: {
      "\($0)".hasPrefix(file.path(percentEncoded: false) + ":1: ") && "\($0)".contains(message)
    }
  }
}
