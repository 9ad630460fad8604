import Files
import Foundation
import RunLogs
import Testing

struct CSVSinkTests {
  private static let events = [
    RunEvent(kind: .started, step: 0, totalSteps: 3, text: "a \"quoted\", long\nname"),
    RunEvent(kind: .step, step: 0, totalSteps: 3, scalars: ["reward/mean": 0.1, "policy/loss": 2]),
    RunEvent(kind: .evaluation, step: 1, totalSteps: 3, scalars: ["evaluation/mtr/iou/greedy": 0.5]),
    RunEvent(kind: .step, step: 1, totalSteps: 3, scalars: ["reward/mean": 0.2, "policy/loss": 1]),
  ]

  @Test func lateColumnsComeAtTheRightAndEarlierRowsAreFilled() async throws {
    try await withScratchDirectory { directory in
      let path = directory + "/log.csv"
      let sink = try CSVSink(path: path)
      for event in Self.events { try await sink.record(event) }
      #expect(
        try text(at: path) == """
          kind,step,total_steps,text,policy/loss,reward/mean,evaluation/mtr/iou/greedy
          started,0,3,"a ""quoted"", long
          name",,,
          step,0,3,,2.0,0.1,
          evaluation,1,3,,,,0.5
          step,1,3,,1.0,0.2,

          """)
    }
  }

  @Test func resumingGivesTheBytesOfARunWithoutABreak() async throws {
    try await withScratchDirectory { directory in
      let whole = try CSVSink(path: directory + "/whole.csv")
      for event in Self.events { try await whole.record(event) }
      let broken = directory + "/broken.csv"
      let first = try CSVSink(path: broken)
      for event in Self.events { try await first.record(event) }
      try await first.record(RunEvent(kind: .step, step: 2, totalSteps: 3, scalars: ["reward/mean": 9]))
      let torn = try text(at: broken).dropLast(5)
      try Data(torn.utf8).write(to: URL(fileURLWithPath: broken))
      let second = try CSVSink(path: broken, resumingAt: 1)
      try await second.record(Self.events[3])
      #expect(try text(at: broken) == text(at: directory + "/whole.csv"))
    }
  }

  @Test func aFileThatIsNoLogIsRefused() async throws {
    try await withScratchDirectory { directory in
      let path = directory + "/log.csv"
      try Data("a,b\n1,2\n".utf8).write(to: URL(fileURLWithPath: path))
      let error = #expect(throws: FileError.self) { try CSVSink(path: path, resumingAt: 1) }
      #expect(error?.code == .damaged)
      try Data("kind,step,total_steps,text\nstep,x,3,\n".utf8).write(to: URL(fileURLWithPath: path))
      #expect(throws: FileError.self) { try CSVSink(path: path, resumingAt: 1) }
      #expect(try text(at: path) == "kind,step,total_steps,text\nstep,x,3,\n")
    }
  }
}
