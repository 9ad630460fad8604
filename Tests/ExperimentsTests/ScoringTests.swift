import Foundation
import Questions
import Testing

@testable import Judging

@Suite("takt answers score") struct ScoringTests {
  static let questions = """
    {"id":"q1","task":"tsg","answers":["1:00"],"duration":100}

    {"id":"q2","task":"mtr","answers":["0:10-0:20"],"duration":100}
    {"id":"q3","task":"tsg","answers":["0:30"],"duration":100}

    """

  static let rewards = """
    rewards:
      - {reward: onset-error, scale: 15, label: nearness}
      - {reward: interval-iou, label: overlap}
      - {reward: unreadable, weight: -1}

    """

  /// A folder with the three files, and the lines that were written when `body` is done.
  static func folder(
    _ completions: String, questions: String = questions, rewards: String = rewards, _ body: (Scoring, URL) throws -> Void
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "scoring-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in [("q.jsonl", questions), ("c.jsonl", completions), ("r.yaml", rewards)] {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
    try body(try Scoring(questions: path("q.jsonl", folder), rewards: path("r.yaml", folder)), folder)
  }

  static func path(_ name: String, _ folder: URL) -> String { folder.appending(path: name).path(percentEncoded: false) }

  static func score(_ scoring: Scoring, _ folder: URL) throws -> String {
    try scoring.score(completions: path("c.jsonl", folder), to: path("s.jsonl", folder))
  }

  static func lines(_ folder: URL, of name: String = "s.jsonl") throws -> [[String: Any]] {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8).split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test("gives each completion its reward, its components, its outcome and its answer")
  func scores() throws {
    let completions = """
      {"id":"q3","completion":"0:30 or 1:30"}
      {"id":"q1","completion":"<answer>1:00</answer>"}
      {"id":"q2","text":"from 0:10 to 0:15"}

      """
    try Self.folder(completions) { scoring, folder in
      let summary = try Self.score(scoring, folder)
      let lines = try Self.lines(folder)
      #expect(lines.map { $0["id"] as? String } == ["q3", "q1", "q2"], "the order of the completions")
      #expect(lines.map { $0["reward"] as? Double } == [-1, 1, 0.5])
      #expect(lines.map { $0["outcome"] as? String } == ["hedged", "answered", "answered"])
      #expect(lines.map { $0["reason"] != nil } == [true, false, false])
      #expect(lines.map { $0["answer"] as? String } == [nil, "1:00", "0:10-0:15"])
      let components = try #require(lines[1]["components"] as? [String: Any])
      #expect(components["nearness"] as? Double == 1 && components["unreadable"] as? Double == 0)
      #expect(components["overlap"] is NSNull)
      #expect(summary.contains("reward  0.1667 over 3"))
      #expect(summary.contains("66.7 %  answered") && summary.contains("33.3 %  hedged"))
    }
  }

  @Test(
    "names file and line of what is wrong, and keeps what was scored before it under another name",
    arguments: [
      ("{\"id\":\"q1\",\"completion\":\"1:00\"}\n\n{\"id\":\"q9\",\"completion\":\"x\"}\n", "c.jsonl:3: the id 'q9'", 1),
      (
        "{\"id\":\"q1\",\"completion\":\"1:00\"}\n{\"id\":\"q1\",\"completion\":\"x\"}\n",
        "c.jsonl:2: the id 'q1' stands on line 1 already", 1
      ),
      ("{\"id\":\"q1\",\"completion\":\"1:00\"}\n{\"completion\":\"x\"}\n", "c.jsonl:2: the key 'id' is missing", 1),
      ("{\"id\":\"q1\"}\n", "c.jsonl:1: the key 'completion' is missing", 0),
      ("{\"id\":\"q1\",\"completion\":7}\n", "c.jsonl:1: a string expected at 'completion', not the number 7", 0),
      ("[\n{\"id\":\"q1\",\"completion\":\"1:00\"}\n]\n", "c.jsonl:1: begins a JSON array", 0),
      ("{\"id\":\"q1\",\"completion\":\"1:00\"}\n{\"id\":\"q3\",\"comp", "c.jsonl:2: is no JSON object", 1),
      (
        "{\"id\":\"q1\",\"completion\":\"1:00\"}\n{\"id\":\"q3\",\"completion\":\"x\"}\n",
        "q.jsonl:3: the question 'q2' has no completion", 2
      ),
      ("", "q.jsonl:1: the question 'q1' has no completion", 0),
    ])
  func faults(completions: String, message: String, written: Int) throws {
    try Self.folder(completions) { scoring, folder in
      #expect { try Self.score(scoring, folder) } throws: { "\($0)".contains(message) }
      let lines = try Self.lines(folder, of: "s.jsonl.partial")
      #expect(lines.count == written)
      #expect(!FileManager.default.fileExists(atPath: Self.path("s.jsonl", folder)), "a part does not look whole")
    }
  }

  @Test("a file of an earlier run stays as it was until all is scored, and nothing is left beside it")
  func whole() throws {
    let lines = #"{"id":"q1","completion":"1:00"}"# + "\n" + #"{"id":"q2","completion":"0:10"}"# + "\n"
    let last = #"{"id":"q3","completion":"0:30"}"# + "\n"
    try Self.folder(lines) { scoring, folder in
      try Data("earlier".utf8).write(to: folder.appending(path: "s.jsonl"))
      #expect {
        try Self.score(scoring, folder)
      } throws: {
        "\($0)".contains("the others are scored in") && "\($0)".contains("s.jsonl.partial: --skip-bad leaves them out")
      }
      #expect(try String(contentsOf: folder.appending(path: "s.jsonl"), encoding: .utf8) == "earlier")
      try Data((lines + last).utf8).write(to: folder.appending(path: "c.jsonl"))
      _ = try Self.score(scoring, folder)
      #expect(try Self.lines(folder).count == 3)
      #expect(!FileManager.default.fileExists(atPath: Self.path("s.jsonl.partial", folder)))
      let path = Self.path("c.jsonl", folder)
      try Data((lines + last).utf8).write(to: folder.appending(path: "c.jsonl.partial"))
      #expect {
        try scoring.score(completions: Self.path("c.jsonl.partial", folder), to: path)
      } throws: {
        "\($0)".contains("is a file that is read")
      }
    }
  }

  @Test("leaves out what is wrong where it is told to, says it and counts it", arguments: [1, 4])
  func skipping(threads: Int) throws {
    let completions = """
      {"id":"q1","completion":"1:00"}
      not JSON
      {"id":"q1","completion":"0:59"}
      {"id":"q9","completion":"0:59"}
      {"id":"q3","completion":7}
      {"id":"q2","completion":"0:10-0:20"}

      """
    try Self.folder(completions) { scoring, folder in
      let summary = try scoring.score(
        completions: Self.path("c.jsonl", folder), to: Self.path("s.jsonl", folder), skipsBad: true, threads: threads)
      #expect(try Self.lines(folder).map { $0["id"] as? String } == ["q1", "q2"])
      #expect(summary.hasPrefix("skipped 5:\n"), "\(summary)")
      for said in [
        "c.jsonl:2: is no JSON object", "c.jsonl:3: the id 'q1' stands on line 1 already",
        "c.jsonl:4: the id 'q9' is that of no question", "c.jsonl:5: a string expected",
        "q.jsonl:4: the question 'q3' has no completion",
      ] {
        #expect(summary.contains(said), "\(said): \(summary)")
      }
      #expect(summary.contains("reward  1.0000 over 2") && summary.contains("100.0 %  answered"))
    }
    try Self.folder("x\n") { scoring, folder in
      #expect {
        try scoring.score(
          completions: Self.path("c.jsonl", folder), to: Self.path("s.jsonl", folder), skipsBad: true, threads: threads)
      } throws: {
        "\($0)".contains("answers no question")
      }
    }
  }

  @Test("an id that is a number stays one, a text stays a text")
  func numbers() throws {
    let questions = #"{"id":7,"task":"tsg","answers":["1:00"]}"# + "\n" + #"{"id":"8","task":"tsg","answers":["1:00"]}"# + "\n"
    // A blank is left to Foundation's decoder, which has to say the same.
    for blank in ["", #", "steps": null, "odd": "\ud83d""#] {
      let completions = #"{"id":7,"completion":"1:00"\#(blank)}"# + "\n" + #"{"id":"8","completion":"1:00"\#(blank)}"# + "\n"
      try Self.folder(completions, questions: questions) { scoring, folder in
        _ = try Self.score(scoring, folder)
        let text = try String(contentsOf: folder.appending(path: "s.jsonl"), encoding: .utf8)
        #expect(text.contains(#""id":7,"#) && text.contains(#""id":"8","#), "\(text)")
      }
    }
  }

  @Test("a completion that is null is blank, messages are their text, half an emoji is a replacement character")
  func chatCompletions() throws {
    let completions = #"""
      {"id":"q3","completion":null}
      {"id":"q1","completion":[{"role":"assistant","content":"1:00"}]}
      {"id":"q2","text":"0:10-0:15 \ud83d"}
      """#
    try Self.folder(completions) { scoring, folder in
      _ = try Self.score(scoring, folder)
      let lines = try Self.lines(folder)
      #expect(lines.map { $0["outcome"] as? String } == ["blank", "answered", "answered"])
      #expect(lines.map { $0["reward"] as? Double } == [-1, 1, 0.5])
    }
  }

  @Test("says which tasks no reward judges")
  func unjudged() throws {
    let own = #"{"id":"own","task":"grounding","kind":"instant","answers":["0:01"]}"#
    let rewards = Self.rewards.replacing("label: nearness", with: "label: nearness, tasks: [tsg]")
    try Self.folder("", questions: Self.questions + own) { scoring, _ in #expect(scoring.warnings == []) }
    try Self.folder("", questions: Self.questions + own, rewards: rewards) { scoring, _ in
      #expect(
        scoring.warnings == [
          "no reward judges the questions of the task 'grounding', which earn null: see the rewards' 'tasks', or name the task "
            + "as they do"
        ])
    }
  }

  @Test("refuses questions with one id, and to write over a file that is read")
  func refusals() throws {
    #expect {
      try Self.folder("", questions: Self.questions + "{\"id\":\"q1\",\"task\":\"tsg\",\"answers\":[\"0:01\"]}") { _, _ in }
    } throws: {
      "\($0)".contains("q.jsonl:5: the id 'q1' stands on line 1 already")
    }
    try Self.folder("{\"id\":\"q1\",\"completion\":\"1:00\"}") { scoring, folder in
      let path = Self.path("c.jsonl", folder)
      #expect { try scoring.score(completions: path, to: path) } throws: { "\($0)".contains("is a file that is read") }
      let kept = try Data(contentsOf: folder.appending(path: "c.jsonl"))
      #expect(kept.count == 31)
    }
  }

  @Test("takes null for nothing said, and the texts of chat messages")
  func chats() throws {
    let completions = """
      {"id":"q1","completion":null}
      {"id":"q2","completion":[{"role":"tool","content":"0:00"},{"role":"assistant","content":[{"type":"text","text":"0:10-0:20"}]}]}
      {"id":"q3","completion":[{"role":"assistant","content":"0:30"}]}

      """
    try Self.folder(completions) { scoring, folder in
      _ = try Self.score(scoring, folder)
      #expect(try Self.lines(folder).map { $0["reward"] as? Double } == [-1, 1, 1])
      #expect(try Self.lines(folder)[0]["outcome"] as? String == "blank")
    }
  }

  @Test("gives rewards of length and of a schedule their tokens and steps, and says what they lack")
  func needs() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "scoring-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ name: String, _ text: String) throws { try Data(text.utf8).write(to: folder.appending(path: name)) }
    try write("q.jsonl", Self.questions)
    try write(
      "r.yaml",
      """
      rewards:
        - {reward: scheduled-onset-error, first: 20, last: 5, label: schedule}
        - {reward: adaptive-onset-error, rate: 0.5, weight: 0, label: adaptive}
        - {reward: completion-length, free: 2, limit: 4, weight: -1, label: length}
        - {reward: unreadable, weight: -1}
      """)
    /// Read exactly, which `JSONSerialization` does not.
    struct Line: Decodable {
      var components: [String: Double?]
    }
    func components(_ completions: String) throws -> (lines: [[String: Double?]], summary: String) {
      try write("c.jsonl", completions)
      let summary = try Self.score(
        Scoring(questions: Self.path("q.jsonl", folder), rewards: Self.path("r.yaml", folder)), folder)
      return (try JSONLines.read(Line.self, from: folder.appending(path: "s.jsonl")).map(\.components), summary)
    }
    let bare = try components(
      #"{"id":"q1","completion":"0:50"}"# + "\n" + #"{"id":"q2","completion":"0:10"}"# + "\n"
        + #"{"id":"q3","completion":"0:20"}"#)
    #expect(bare.lines.allSatisfy { $0["length"] == .some(nil) })
    #expect(bare.lines.map { $0["schedule"] ?? nil } == [exp(-0.5), nil, exp(-0.5)])
    #expect(bare.summary.contains("schedule follows a schedule") && bare.summary.contains("length counts tokens"))
    let known = try components(
      #"{"id":"q1","completion":"0:50","step":0,"steps":2,"token_count":3}"# + "\n"
        + #"{"id":"q2","completion":"0:10-0:20","step":0,"steps":2,"token_count":1,"truncated":true}"# + "\n"
        + #"{"id":"q3","completion":"0:20","step":1,"steps":2,"token_count":9}"#)
    #expect(known.lines.map { $0["length"] ?? nil } == [0.5, 1, 1])
    #expect(known.lines.map { $0["schedule"] ?? nil } == [exp(-0.5), nil, exp(-1)])
    let (first, later) = (known.lines[0]["adaptive"] ?? nil, known.lines[2]["adaptive"] ?? nil)
    #expect(try #require(later) < #require(first), "the step before was observed")
    #expect(!known.summary.contains("note:"))
    let ofTwoRuns = try components(
      #"{"id":"q1","completion":"0:50","step":1,"steps":2,"token_count":1}"# + "\n"
        + #"{"id":"q2","completion":"0:10","step":0,"steps":2,"token_count":1}"# + "\n"
        + #"{"id":"q3","completion":"0:20","step":0,"steps":1,"token_count":1}"#)
    #expect(ofTwoRuns.lines.map { $0["schedule"] ?? nil } == [exp(-1), nil, exp(-0.5)])
    #expect(ofTwoRuns.summary.contains("note: steps go back in"))
    let changed = try components(
      #"{"id":"q1","completion":"0:50","step":1,"steps":1000000000}"# + "\n"
        + #"{"id":"q3","completion":"0:20","step":1,"steps":2}"# + "\n" + #"{"id":"q2","completion":"0:20"}"#)
    #expect(try #require(changed.lines[1]["schedule"] ?? nil) == exp(-1), "the number of steps of its own line")
    #expect(changed.summary.contains("judged as at that step") && !changed.summary.contains("go back"))
    for wrong in [
      #""step":1"#, #""steps":1"#, #""step":-1,"steps":2"#, #""step":0,"steps":9223372036854775807"#, #""token_count":-1"#,
      #""step":11,"steps":10"#,
    ] {
      let error = #expect(throws: JSONLines.Failure.self) { try components(#"{"id":"q1","completion":"0:50",\#(wrong)}"#) }
      #expect(error?.line == 1)
    }
  }

  /// Over several pieces of the files, with rewards that stay as they are and with one that adapts.
  @Test(
    "gives the same bytes on any number of threads", arguments: ["interval-iou, label: b", "adaptive-onset-error, label: b"])
  func threads(reward: String) throws {
    let count = 9000
    func text(_ index: Int) -> String { "<think>\(index)</think>It is at \(index % 7):\(10 + index % 40)." }
    let questions = (0..<count).map { #"{"id":"q\#($0)","task":"tsg","answers":["\#($0 % 9):30"],"duration":500}"# + "\n" }
      .joined()
    let completions = (0..<count).map {
      #"{"id":"q\#($0)","completion":"\#(text($0))","token_count":\#($0),"step":\#($0 / 100),"steps":90}"# + "\n"
    }.joined()
    #expect(questions.utf8.count > 500_000 && completions.utf8.count > 500_000)
    let rewards =
      "rewards:\n  - {reward: onset-error, label: a}\n  - {reward: \(reward)}\n  - {reward: unreadable, weight: -1}\n"
    try Self.folder(completions, questions: questions, rewards: rewards) { scoring, folder in
      let results = try [1, 2, 5].map { threads in
        let summary = try scoring.score(
          completions: Self.path("c.jsonl", folder), to: Self.path("s.jsonl", folder), threads: threads)
        return summary + (try String(contentsOf: folder.appending(path: "s.jsonl"), encoding: .utf8))
      }
      #expect(results[1] == results[0] && results[2] == results[0])
      #expect(results[0].split(separator: "\n").count { $0.hasPrefix("{") } == count)
    }
    try Self.folder(completions + completions.prefix(100), questions: questions, rewards: rewards) { scoring, folder in
      let faults = [1, 5].map { threads in
        #expect(throws: JSONLines.Failure.self) {
          try scoring.score(completions: Self.path("c.jsonl", folder), to: Self.path("s.jsonl", folder), threads: threads)
        }?.message
      }
      #expect(faults[0] == faults[1] && faults[0]?.contains("'q0' stands on line 1 already") == true)
      let kept = try Self.lines(folder, of: "s.jsonl.partial").count
      #expect(kept == count)
    }
  }
}
