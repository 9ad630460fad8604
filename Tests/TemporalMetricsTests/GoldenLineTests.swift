import Foundation
import GoldenLines
import Testing

/// A golden test cannot pass by accident.
struct GoldenLineTests {
  private func line() throws -> GoldenLine {
    try GoldenLine(
      #"{"fn": "f", "params": {"window": 0.1, "beta": 2}, "input": {"x": [1, 2], "y": [[1, "a"]]}, "expected": {"f": 41.486371072112725}}"#
    )
  }

  @Test func whatATestDoesNotReadIsSaid() throws {
    let line = try line()
    #expect(
      line.unread == ["params.beta", "params.window", "input.x.0", "input.x.1", "input.y.0.0", "input.y.0.1", "expected.f"])
    _ = (line.params.window.number, line.input.x[0].number, line.input.y.matrix)
    line.check(41.486371072112725, line.expected.f, "f")
    #expect(line.unread == ["params.beta", "input.x.1", "input.y.0.1"])
    _ = line.params.beta.string
    #expect(line.unread.first == "params.beta", "a number that was asked for as text was not read")
  }

  @Test func numbersAreReadToTheLastBit() throws {
    #expect(try line().expected.f.number == 41.486371072112725)
  }

  @Test func anUnknownFieldIsRefused() {
    #expect(throws: (any Error).self) { try GoldenLine(#"{"fn": "f", "dimension": 2}"#) }
    #expect(throws: (any Error).self) { try GoldenLine(#"{"params": {}}"#) }
  }

  /// An expected error excuses parameters that were never reached, and only where the test read it.
  @Test func anErrorThatWasReadExcusesTheRest() throws {
    let line = try GoldenLine(#"{"fn": "f", "params": {"k": 1}, "input": {}, "expected": {"a": {"error": "ValueError"}}}"#)
    #expect(line.unread == ["params.k", "expected.a.error"])
    _ = line.expected.a.error.string
    #expect(line.unread.isEmpty)
  }

  @Test func filesOfAStemMayHaveANumber() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["steps.jsonl", "steps_2.jsonl", "steps_annotations.jsonl", "steps.json"] {
      try #"{"fn": "f", "id": "\#(name)"}"#.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    #expect(try GoldenFolder(path: folder.path).lines("steps").map(\.id) == ["steps.jsonl", "steps_2.jsonl"])
  }
}
