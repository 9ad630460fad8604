import Foundation
import Questions
import RewardAudit
import Testing
import Timelines

@Suite("Questions of an audit")
struct AuditQuestionsTests {
  static func questions(_ text: String, label: String = "chorus") throws -> AuditQuestions {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).jsonl")
    try text.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    return try AuditQuestions(file: file, label: label)
  }

  static let track = """
    {"track_id": "a", "duration": 100, "segments": [[0, 10, "intro"], [60, 80, "Chorus"], [10, 30, "chorus_a"], [30, 60, "verse 1"]]}
    """

  @Test("A track asks for its segments, the first of them and the order of its sections")
  func tracks() throws {
    let read = try Self.questions(
      Self.track + "\n\n{\"track_id\": \"b\", \"duration\": 50, \"segments\": [[0, 50, \"verse\"]]}\n")
    #expect(read.skippedTracks == 1)
    #expect(read.questions.map(\.kind) == [.intervals, .instant, .order])
    #expect(read.questions[0].references == [.intervals([Interval(10, 30), Interval(60, 80)])])
    #expect(read.questions[1].references == [.instant(10)])
    #expect(read.questions[2].items == ["chorus", "chorus-a", "intro", "verse-1"])
    #expect(read.questions[2].references == [.order([2, 1, 3, 0])])
    #expect(read.questions.allSatisfy { $0.duration == 100 && $0.trackID == "a" })
  }

  @Test("Questions are read as they are")
  func questions() throws {
    let line = """
      {"id":"q1","track_id":"t","task":"tsg","question":"When?","kind":"instant","answers":["0:57"],"duration":222}
      """
    #expect(try Self.questions(line).questions.map(\.references) == [[.instant(57)]])
  }

  @Test(
    "What is wrong is named",
    arguments: [
      ("", "holds no question"),
      ("{\"track_id\": \"a\", \"duration\": 0, \"segments\": []}", "longer than 0 s"),
      ("\n{\"track_id\": \"a\", \"duration\": 9, \"segments\": [[3, 2, \"chorus\"]]}", ":2: track a has the segment 3.0–2.0 s"),
      (
        #"{"id":"q1","task":"mtr","answers":["1:40-1:50"],"duration":90}"#,
        ":1: question 'q1' has the reference 1:50, past the end of the track at 1:30"
      ),
      (
        "\n" + #"{"id":"q1","task":"tsg","answers":["1:40"],"duration":90}"#,
        ":2: question 'q1' has the reference 1:40, past the end of the track at 1:30"
      ),
      (
        #"{"id":"q1","task":"tsg","answers":["0:57"],"duration":1000000000}"#,
        ":1: the duration 1000000000.0 s: a track is longer"
      ),
      ("{\"track_id\": \"a\", \"duration\": 1e300, \"segments\": []}", ":1: the duration 1e+300 s: a track is longer"),
      ("{\"track_id\": \"a\", \"duration\": 9, \"segments\": [[3, \"x\", \"chorus\"]]}", ":1: "),
      ("{\"track_id\": \"a\", \"duration\": 9, \"segments\": [[0, 2, \"verse\"]]}", "labels are verse"),
      ("{\"id\":\"q\",\"track_id\":\"t\",\"task\":\"tsg\",\"question\":\"\",\"answers\":[\"0:57\"]}", "has no 'duration'"),
    ])
  func faults(text: String, message: String) {
    let error = #expect(throws: (any Error).self) { try Self.questions(text) }
    #expect(error.map { "\($0)".contains(message) } == true, "\(error.map { "\($0)" } ?? "")")
  }

  @Test("An id that occurs twice is refused")
  func duplicate() {
    #expect { try Self.questions(Self.track + "\n\n" + Self.track) } throws: {
      "\($0)".contains(":3: the id 'a/mtr/chorus' is that of line 1 already")
    }
  }
}
