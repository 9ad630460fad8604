import Foundation
import RunIndex
import Testing

struct RunIndexTests {
  private static func temporaryFile() -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent("takt-index-\(UUID().uuidString).sqlite").path
  }

  private static let records = [
    RunRecord(folder: "runs/a", facts: ["algorithm": .text("grpo"), "reward/mean": .number(0.75), "seed": .number(1)]),
    RunRecord(folder: "runs/b", facts: ["algorithm": .text("ppo"), "reward/mean": .number(0.5), "seed": .number(2)]),
    RunRecord(folder: "runs/c", facts: ["algorithm": .text("dr-grpo"), "seed": .number(3), "odd name": .text("it's \"so\"")]),
    RunRecord(folder: "runs/d", facts: ["algorithm": .text("grpo"), "reward/mean": .number(.nan), "seed": .number(-4e-5)]),
  ]

  private static func filled() throws -> RunIndex {
    let index = try RunIndex(path: temporaryFile())
    for record in records { try index.record(record) }
    return index
  }

  @Test(arguments: [
    ("algorithm = grpo", "ad"), ("algorithm != grpo", "bc"), ("reward/mean > 0.5", "a"), ("reward/mean >= 0.5", "ab"),
    ("algorithm = grpo and reward/mean > 0.5", "a"), ("algorithm = grpo or seed = 3", "acd"),
    ("not algorithm = grpo", "bc"), ("not (algorithm = grpo or seed = 2)", "c"), ("not reward/mean > 0.6", "bcd"),
    ("seed < 0", "d"), ("seed = -4e-5", "d"), ("seed=1 or seed=2 and algorithm=grpo", "a"),
    ("\"odd name\" = 'it''s \"so\"'", "c"), ("folder = 'runs/b'", "b"), ("algorithm > grpo", "b"),
    ("NOT seed <= 2 AND seed<9", "c"),
  ]) func conditionsSelect(_ condition: String, folders: String) throws {
    let found = try Self.filled().runs(where: RunCondition(condition))
    #expect(found.map { String($0.folder.suffix(1)) }.joined() == folders)
  }

  @Test func foldersAloneAreThoseOfTheRuns() throws {
    let index = try Self.filled()
    #expect(try index.folders() == index.runs().map(\.folder))
    #expect(try index.folders(where: RunCondition("algorithm = grpo")) == ["runs/a", "runs/d"])
  }

  @Test func valuesNeverBecomeSQL() throws {
    let index = try Self.filled()
    let found = try index.runs(where: RunCondition("algorithm = \"x' OR 1=1; DROP TABLE run; --\""))
    #expect(found.isEmpty)
    #expect(try index.runs().count == 4)
  }

  @Test(arguments: [
    ("", 1, "is empty"), ("algorithm", 10, "is expected after 'algorithm', not the end"), ("algorithm == x", 12, "not '='"),
    ("a = 1 b = 2", 7, "'and' or 'or' is missing before 'b'"), ("(a = 1", 7, "')' is missing"), ("a = 'x", 5, "not closed"),
    ("and = 1", 1, "a name is expected"), ("a ! 1", 3, "'!' stands alone"), ("a = or", 5, "is expected after ="),
  ]) func whatCannotBeReadIsPointedAt(_ condition: String, position: Int, message: String) {
    #expect {
      try RunCondition(condition)
    } throws: { error in
      let text = "\(error)"
      return text.contains("character \(position): ") && text.contains(message)
    }
  }

  @Test func deepNestingIsRefusedNotCrashed() {
    let text = String(repeating: "(", count: 100_000) + "a = 1"
    #expect { try RunCondition(text) } throws: { "\($0)".contains("nested more than 200 deep") }
  }

  @Test func aNameThatNoRunHasIsSaid() throws {
    #expect {
      try Self.filled().runs(where: RunCondition("seed = 1 and reward = 2"))
    } throws: { error in
      "\(error)".contains("character 14: no run has a 'reward'; known are such as reward/mean")
    }
  }

  @Test func aRunReplacesItselfAndComesBackAsItWas() throws {
    let index = try Self.filled()
    try index.record(RunRecord(folder: "runs/a", facts: ["status": .text("finished"), "x/y": .number(1e-300)]))
    let runs = try index.runs()
    #expect(runs.map(\.folder) == ["runs/a", "runs/b", "runs/c", "runs/d"])
    #expect(runs[0].facts == ["status": .text("finished"), "x/y": .number(1e-300)])
    #expect(runs[3].facts["reward/mean"] == .text("nan"))
    try index.replace(with: [Self.records[1]])
    #expect(try index.runs() == [Self.records[1]])
  }

  @Test func severalWritersLoseNothing() async throws {
    let path = Self.temporaryFile()
    _ = try RunIndex(path: path)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          let index = try RunIndex(path: path)
          for run in 0..<25 {
            try index.record(RunRecord(folder: "runs/\(writer)-\(run)", facts: ["writer": .number(Double(writer))]))
          }
        }
      }
      try await group.waitForAll()
    }
    let runs = try RunIndex(path: path).runs()
    #expect(runs.count == 100)
    #expect(runs.filter { $0.facts["writer"] == .number(2) }.count == 25)
  }

  @Test func aFileThatIsNoIndexIsRefusedWithTheRemedy() throws {
    let path = Self.temporaryFile()
    try Data(repeating: 0x41, count: 5000).write(to: URL(fileURLWithPath: path))
    #expect { try RunIndex(path: path) } throws: { "\($0)".contains("takt runs rebuild") }
  }

  @Test func anUnknownNameSuggestsWhatPeopleAskFor() throws {
    var facts: [String: RunRecord.Fact] = [
      "algorithm": .text("grpo"), "reward/mean": .number(1), "end/tsg/hit@3s/greedy": .number(1), "status": .text("finished"),
      "seed": .number(1), "training.learning-rate.peak": .number(1),
    ]
    for number in 0..<30 { facts["alarms.alarm-\(number).share"] = .number(1) }
    let index = try RunIndex(path: Self.temporaryFile())
    try index.record(RunRecord(folder: "runs/a", facts: facts))
    func words(_ condition: String) -> String {
      do {
        _ = try index.runs(where: RunCondition(condition))
        return ""
      } catch { return "\(error)" }
    }
    #expect(words("foo > 1").contains("known are such as algorithm, reward/mean, end/tsg/hit@3s/greedy, status, seed, "))
    #expect(!words("foo > 1").contains("alarm"))
    #expect(words("algoritm = grpo").contains("known are such as algorithm\n"))
    #expect(words("learning > 1").contains("known are such as training.learning-rate.peak\n"))
  }
}
