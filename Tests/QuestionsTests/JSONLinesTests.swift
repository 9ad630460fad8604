import Foundation
import Questions
import Testing

struct JSONLinesTests {
  private func withFile(_ contents: String, _ body: (URL) throws -> Void) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "lines-\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(contents.utf8).write(to: file)
    try body(file)
  }

  private struct Row: Codable, Equatable {
    var name: String
    var value: Int
  }

  @Test func readsLinesAcrossPieces() throws {
    let rows = (0..<60_000).map { Row(name: "row \($0) ü \"quoted\"", value: $0) }
    try withFile("") { file in
      try JSONLines.write(rows, to: file)
      let size = try file.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
      #expect(size > 2_000_000)
      let found = try JSONLines.read(Row.self, from: file)
      #expect(found == rows)
    }
  }

  @Test func stepsOverBlankLinesAndNeedsNoLastLineBreak() throws {
    try withFile("{\"name\":\"a\",\"value\":1}\r\n\n  \n{\"name\":\"b\",\"value\":2}") { file in
      let rows = try JSONLines.read(Row.self, from: file)
      #expect(rows == [Row(name: "a", value: 1), Row(name: "b", value: 2)])
    }
  }

  @Test func writesTheCanonicalForm() throws {
    try withFile("old") { file in
      try JSONLines.write([Row(name: "a/b", value: 1)], to: file)
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(text == "{\"name\":\"a/b\",\"value\":1}\n")
    }
  }

  @Test(arguments: [
    ("{\"name\":\"a\",\"value\":1}\n\n{\"name\":\"b\"}\n", 3, "'value'"),
    ("{\"name\":\"a\",\"value\":\"x\"}\n", 1, "a number expected at 'value'"),
    ("\n[1]\n", 2, "an object in braces expected"),
    ("{\"name\":1,\"value\":1}\n", 1, "a string expected at 'name'"),
    ("{\"name\":\"a\",\"value\":1,}}\n", 1, "no JSON object"),
    ("{\"name\":\"a\",\"value\":1}\n{\"name\"", 2, "JSON"),
  ])
  func namesFileAndLine(contents: String, line: Int, message: String) throws {
    try withFile(contents) { file in
      do {
        _ = try JSONLines.read(Row.self, from: file)
        Issue.record("accepted \(contents)")
      } catch let failure as JSONLines.Failure {
        #expect(failure.line == line)
        #expect(failure.description.hasPrefix("\(file.path(percentEncoded: false)):\(line): "))
        #expect(failure.message.contains(message), "\(failure)")
      }
    }
  }

  @Test func bytesThatAreNotUTF8AreNamed() throws {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "bytes-\(ProcessInfo.processInfo.processIdentifier).jsonl")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(Array("{\"name\":\"a".utf8) + [0xFF] + Array("\",\"value\":1}\n".utf8)).write(to: file)
    #expect { _ = try JSONLines.read(Row.self, from: file) } throws: { "\($0)".contains(":1: ") && "\($0)".contains("UTF-8") }
  }

  @Test func linesAreCountedWithTheBlankOnes() throws {
    try withFile("\r\n{\"name\":\"a\",\"value\":1}\r\n\n{\"name\":\"b\",\"value\":2}") { file in
      var lines: [Int] = []
      var bytes = 0
      try JSONLines.read(Row.self, from: file, progress: { bytes = $0 }) { _, line in lines.append(line) }
      #expect(lines == [2, 4])
      #expect(bytes == 49)
    }
  }

  @Test func aMissingFileIsNamed() {
    let file = URL(filePath: "/nowhere/at/all.jsonl")
    #expect { _ = try JSONLines.read(Row.self, from: file) } throws: {
      "\($0)".hasPrefix("/nowhere/at/all.jsonl: cannot be read")
    }
    #expect { try JSONLines.write([1], to: file) } throws: { "\($0)".hasPrefix("/nowhere/at/all.jsonl: cannot be written") }
  }
}
