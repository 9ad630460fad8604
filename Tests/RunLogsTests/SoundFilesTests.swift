import Foundation
import RunLogs
import Testing

struct SoundFilesTests {
  /// A spreadsheet must not run what a log says, and the log must stay what it was when it goes on.
  @Test func textsThatWouldBeFormulasAreGuardedOnce() async throws {
    try await withScratchDirectory { directory in
      let path = directory + "/log.csv"
      let first = try CSVSink(path: path)
      try await first.record(RunEvent(kind: .warning, step: 0, totalSteps: 2, text: "=HYPERLINK(\"http://x\")"))
      try await first.record(RunEvent(kind: .step, step: 0, totalSteps: 2, scalars: ["policy/loss": -0.5, "@odd": 1]))
      try await first.record(RunEvent(kind: .step, step: 1, totalSteps: 2, scalars: ["late": 2]))
      let second = try CSVSink(path: path, resumingAt: 2)
      try await second.record(RunEvent(kind: .step, step: 2, totalSteps: 3, scalars: ["@odd": 3, "z": 4]))
      #expect(
        try text(at: path) == """
          kind,step,total_steps,text,'@odd,policy/loss,late,z
          warning,0,2,"'=HYPERLINK(""http://x"")",,,,
          step,0,2,,1.0,-0.5,,
          step,1,2,,,,2.0,
          step,2,3,,3.0,,,4.0

          """)
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["log.csv"])
    }
  }

  /// A warning of a sink after the evaluation of step 4 must not cut off the checkpoint that follows when the run goes on at 4.
  @Test func aWarningOfASinkStandsWhereItsStepDoes() async throws {
    struct Failing: RunLogSink {
      func record(_ event: RunEvent) async throws { if event.kind == .evaluation { throw CancellationError() } }
      func finish() async throws {}
    }
    try await withScratchDirectory { directory in
      let path = directory + "/log.jsonl"
      let tee = Tee([Failing()], required: [try JSONLinesSink(path: path)])
      try await tee.record(RunEvent(kind: .step, step: 3, totalSteps: 8))
      try await tee.record(RunEvent(kind: .evaluation, step: 4, totalSteps: 8))
      try await tee.record(RunEvent(kind: .checkpoint, step: 4, totalSteps: 8))
      try await tee.sync()
      _ = try JSONLinesSink(path: path, resumingAt: 4)
      #expect(try JSONLinesSink.events(path: path).map(\.kind) == [.step, .evaluation, .warning, .checkpoint])
    }
  }
}
