import Foundation
import Options
import RunLogs
import Synchronization
import Testing
import Training

/// Alarms inside the loop: what they say is logged, stops the run where that was asked for, and is the same after a resume.
struct AlarmLoopTests {
  /// Its entropy falls from 1 to 0.01 at step 6, its drift passes 1 at step 9.
  struct Stage: TrainingStage {
    var done = 0
    mutating func step(_ index: Int) -> [String: Double] {
      done = index + 1
      return ["policy/entropy": index < 6 ? 1 : 0.01, "policy/drift_mean": index == 9 ? 2 : 0]
    }
    func state() -> [String: [UInt8]] { ["done": [UInt8(done)]] }
    mutating func restore(_ state: [String: [UInt8]]) { done = Int(state["done"]?.first ?? 0) }
    var warnings: [String] { ["look out"] }
  }

  private static func alarms(stop: Bool) throws -> Alarms {
    let section = OptionValue(.map([OptionEntry(key: "span", value: OptionValue(.number(2)))]))
    var options = OptionReader(
      OptionValue(
        .map([
          OptionEntry(key: "stop", value: OptionValue(.flag(stop))), OptionEntry(key: "entropy-collapse", value: section),
        ])))
    let alarms = Alarms(options: &options)
    try options.finish()
    return alarms
  }

  private static func run(
    stop: Bool, folder: String, from checkpoint: Checkpoint? = nil, until limit: Int = .max
  ) async throws -> (ending: StageLoop.Ending, events: [RunEvent]) {
    let log = MemorySink()
    let steps = Counter()
    let loop = StageLoop(
      cadence: .init(steps: 12, evaluateEvery: 0, checkpointEvery: 100), log: log, checkpoints: CheckpointFolder(path: folder),
      alarms: try alarms(stop: stop), shouldStop: { steps.next() >= limit })
    var stage = Stage()
    let ending = try await loop.run(&stage, from: checkpoint) { _, _ in [:] }
    return (ending, await log.events)
  }

  private final class Counter: Sendable {
    private let count = Mutex(0)
    func next() -> Int {
      count.withLock { count in
        defer { count += 1 }
        return count
      }
    }
  }

  private static func folder() -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)").path
  }

  @Test func warningsFollowTheStepThatCausedThem() async throws {
    let folder = Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (ending, events) = try await Self.run(stop: false, folder: folder)
    #expect(ending == .finished)
    let warnings = events.filter { $0.kind == .warning }
    #expect(warnings.map(\.step) == [0, 9, 9])
    #expect(warnings[0].text == "look out")
    // Means of span 2 after step 6: 0.505, 0.2575, 0.134, 0.072 at step 9, the first below a tenth.
    #expect(warnings[1].text.hasPrefix("entropy-collapse:") && warnings[2].text.hasPrefix("drift:"))
    let after = try #require(events.firstIndex { $0 == warnings[1] })
    #expect(events[after - 1].kind == .step && events[after - 1].step == 9)
  }

  @Test func anAlarmStopsTheRunAndTheRunGoesOn() async throws {
    let folder = Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (ending, events) = try await Self.run(stop: true, folder: folder)
    guard case .alarmed(let next, let warning) = ending else {
      Issue.record("\(ending)")
      return
    }
    #expect(next == 10 && warning.hasPrefix("entropy-collapse:"))
    let checkpoint = try #require(try CheckpointFolder(path: folder).newest()).checkpoint
    #expect(checkpoint.stepsDone == 10)
    let (rest, later) = try await Self.run(stop: true, folder: folder, from: checkpoint)
    #expect(rest == .finished)
    let quiet = Self.folder()
    defer { try? FileManager.default.removeItem(atPath: quiet) }
    let whole = try await Self.run(stop: false, folder: quiet).events
    #expect(JSONLinesSink.comparable(events + later) == JSONLinesSink.comparable(whole))
  }

  /// Stopped anywhere and gone on with, the log has the bytes of a run that was never interrupted.
  @Test func aResumedRunHasTheSameLog() async throws {
    let whole = Self.folder()
    defer { try? FileManager.default.removeItem(atPath: whole) }
    let expected = try await Self.run(stop: false, folder: whole).events
    for cut in 1..<12 {
      let folder = Self.folder()
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let (ending, events) = try await Self.run(stop: false, folder: folder, until: cut)
      #expect(ending == .stopped(next: cut))
      let checkpoint = try #require(try CheckpointFolder(path: folder).newest()).checkpoint
      let rest = try await Self.run(stop: false, folder: folder, from: checkpoint).events
      #expect(JSONLinesSink.comparable(events + rest) == JSONLinesSink.comparable(expected), "cut at \(cut)")
    }
  }
}
