import Foundation
import RunLogs
import Synchronization
import Testing

struct TerminalSinkTests {
  /// A clock that the test moves by hand.
  private final class Clock: Sendable {
    private let time = Mutex(100.0)
    func advance(by seconds: Double) { time.withLock { $0 += seconds } }
    var read: @Sendable () -> Double { { self.time.withLock { $0 } } }
  }

  private static func output(isTerminal: Bool) async throws -> String {
    try await withScratchDirectory { directory in
      let path = directory + "/terminal.txt"
      try Data().write(to: URL(fileURLWithPath: path))
      let clock = Clock()
      let sink = TerminalSink(
        handle: try FileHandle(forWritingTo: URL(fileURLWithPath: path)), isTerminal: isTerminal,
        heldOut: .init(label: "held-out hit@3s", metric: "evaluation/tsg/hit@3s/sampled"), now: clock.read)
      let scores = ["evaluation/tsg/hit@3s/sampled": 0.4321, "evaluation/tsg/hit@3s/greedy": 0.5, "time/evaluate": 2]
      try await sink.record(RunEvent(kind: .started, step: 0, totalSteps: 4, text: "demo, 4 steps"))
      try await sink.record(RunEvent(kind: .evaluation, step: 0, totalSteps: 4, scalars: scores))
      clock.advance(by: 0.5)
      try await sink.record(RunEvent(kind: .step, step: 0, totalSteps: 4, scalars: ["reward/mean": 0.25]))
      clock.advance(by: 3.5)
      try await sink.record(RunEvent(kind: .step, step: 1, totalSteps: 4, scalars: ["reward/mean": 0.75]))
      try await sink.record(RunEvent(kind: .warning, step: 2, totalSteps: 4, text: "careful"))
      try await sink.record(RunEvent(kind: .finished, step: 4, totalSteps: 4))
      try await sink.finish()
      return try text(at: path)
    }
  }

  @Test func plainLinesOutsideATerminal() async throws {
    #expect(
      try await Self.output(isTerminal: false) == """
        demo, 4 steps
        after 0 steps: tsg hit@3s greedy 0.500 · tsg hit@3s sampled 0.432
        step 1/4  25 %  2.0 steps/s  0:02 left  reward 0.250  held-out hit@3s 0.432
        step 2/4  50 %  2.0 s/step  0:04 left  reward 0.500  held-out hit@3s 0.432
        warning at step 2: careful
        finished after 4 steps in 0:04

        """)
  }

  @Test func aRunThatGoesOnHasNoRateBeforeItHasOne() async throws {
    let output = try await withScratchDirectory { directory in
      let path = directory + "/terminal.txt"
      try Data().write(to: URL(fileURLWithPath: path))
      let clock = Clock()
      let sink = TerminalSink(
        handle: try FileHandle(forWritingTo: URL(fileURLWithPath: path)), isTerminal: false, now: clock.read)
      try await sink.record(RunEvent(kind: .step, step: 6, totalSteps: 10))
      clock.advance(by: 2)
      try await sink.record(RunEvent(kind: .step, step: 7, totalSteps: 10))
      return try text(at: path)
    }
    #expect(output == "step 7/10  70 %\nstep 8/10  80 %  2.0 s/step  0:04 left\n")
  }

  @Test func theBarIsRedrawnOnItsLineInATerminal() async throws {
    let output = try await Self.output(isTerminal: true)
    let half = String(repeating: "█", count: 12) + String(repeating: "░", count: 12)
    #expect(output.contains("\rstep 2/4  \(half)  50 %  2.0 s/step  0:04 left  reward 0.500  held-out hit@3s 0.432\u{1B}[K"))
    #expect(output.contains("\u{1B}[K\r\u{1B}[Kwarning at step 2: careful\n"))
    #expect(output.hasSuffix("finished after 4 steps in 0:04\n"))
  }
}
