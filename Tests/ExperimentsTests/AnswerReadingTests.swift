import Foundation
import Testing

@testable import Judging

@Suite("takt answers read") struct AnswerReadingTests {
  static func read(_ contents: String) throws -> [[String: Any]] {
    let file = FileManager.default.temporaryDirectory.appending(path: "answers-\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(contents.utf8).write(to: file)
    var objects: [[String: Any]] = []
    try AnswerReading(path: file.path(percentEncoded: false)).run { line in
      objects.append(try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]))
    }
    return objects
  }

  @Test("gives each line its outcome, its kind and what was read")
  func kinds() throws {
    let found = try Self.read(
      """
      {"id":"a","text":"0:57","task":"TSG"}
      {"id":"b","text":"0:57–1:12, then 2:10–2:25","task":"mtr","duration":97}
      {"id":"c","text":"(C)","task":"LTR","choices":"ABCD"}
      {"id":"d","text":"2 -> 1 -> 3","task":"GTO-order","items":["1","2","3"]}
      {"id":"e","text":"none","task":"intervals"}
      {"id":"f","text":"1:12-0:57","task":"MTR"}
      {"id":"g","text":"The drums enter.","task":"TAD","scheme":"x"}
      {"id":"h","text":"F","task":"GTO"}
      """)
    #expect(found.map { $0["id"] as? String } == ["a", "b", "c", "d", "e", "f", "g", "h"])
    #expect(
      found.map { $0["outcome"] as? String } == [
        "answered", "answered", "answered", "answered", "empty", "reversed", "answered", "answered",
      ])
    #expect(
      found.map { $0["kind"] as? String } == [
        "instant", "intervals", "choice", "order", "intervals", "intervals", "text", "choice",
      ])
    #expect(found.map { $0["strict"] as? Bool } == [true, false, false, false, true, false, true, true])
    #expect(found[0]["seconds"] as? Double == 57)
    #expect(found[1]["intervals"] as? [[Double]] == [[57, 72], [130, 145]], "a time beyond the track is an answer")
    #expect(found[2]["choice"] as? String == "C")
    #expect(found[3]["order"] as? [String] == ["2", "1", "3"])
    #expect(found.map { $0["reason"] != nil } == [false, false, false, false, false, true, false, false])
    #expect(found[6]["text"] as? String == "The drums enter.")
  }

  @Test("takes a completion by the name that other files give it, and leaves an id a number")
  func completions() throws {
    let found = try Self.read(
      """
      {"id":7,"completion":"0:57","task":"TSG"}
      {"id":"7","completion":[{"role":"assistant","content":"0:58"}],"text":"0:01","task":"TSG"}
      """)
    #expect(found.map { $0["seconds"] as? Double } == [57, 58])
    #expect(found[0]["id"] as? Int == 7 && found[1]["id"] as? String == "7")
  }

  @Test(
    "names file and line of what is wrong",
    arguments: [
      ("{\"id\":\"a\",\"text\":\"0:57\",\"task\":\"XYZ\"}", ":1: the task 'XYZ' is not known; write one of TSG"),
      ("\n\n{\"id\":\"a\",\"text\":\"0:57\",\"task\":\"GTO-order\"}", ":3: the task 'GTO-order' asks for an order"),
      ("{\"id\":\"a\",\"text\":\"0:57\",\"task\":\"MTR\",\"items\":[\"X\"]}", ":1: the task 'MTR' puts no items in order"),
      ("{\"id\":\"a\",\"text\":\"A\",\"task\":\"LTR\",\"choices\":\"\"}", ":1: there are 0 choices"),
      ("{\"id\":\"a\",\"task\":\"TSG\"}", ":1: the key 'completion' is missing"),
      ("{\"id\":[7],\"text\":\"0:57\",\"task\":\"TSG\"}", ":1: a string expected at 'id', not an array"),
      ("{\"id\":\"\",\"text\":\"0:57\",\"task\":\"TSG\"}", ":1: the id '' is empty; give each a name of its own at 'id'"),
      ("[1]", ":1: an object in braces expected"),
    ])
  func faults(contents: String, message: String) {
    #expect { try Self.read(contents) } throws: { "\($0)".contains(message) }
  }
}
