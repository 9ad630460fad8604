import Ablations
import Experiments
import Foundation
import Numbers
import RunLogs
import Synchronization

/// The progress of a grid on standard error: a block that is written over in a terminal, a line for each run that ends elsewhere.
final class AblationDisplay: Sendable {
  private struct State {
    var start: Double?
    /// Work that was done before this process began.
    var before = 0.0
    var lines = 0
    var notes = 0
    var done = -1
  }

  private let isQuiet: Bool
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let state = Mutex(State())

  init(isQuiet: Bool) {
    self.isQuiet = isQuiet
  }

  func show(_ status: AblationStatus) {
    guard !isQuiet else { return }
    let now = RunClock.uptime()
    let text = state.withLock { state -> String in
      if state.start == nil {
        state.start = now
        state.before = status.work
      }
      let notes = status.notes.dropFirst(state.notes).map { "\($0)\n" }.joined()
      state.notes = status.notes.count
      let elapsed = now - (state.start ?? now)
      let head = Self.head(status, elapsed: elapsed, worked: status.work - state.before)
      let ended = status.done + status.failed.count
      if !isTerminal {
        defer { state.done = ended }
        return notes + (ended == state.done ? "" : head + "\n")
      }
      let block = [head] + status.running.map { "  \(Self.line($0))" }
      let back = state.lines > 0 ? "\u{1B}[\(state.lines)A" : ""
      let cleared = back + "\r\u{1B}[J"
      state.lines = block.count
      return cleared + notes + block.joined(separator: "\n") + "\n"
    }
    StandardStreams.say(text)
  }

  func finish() {
    state.withLock { $0.lines = 0 }
  }

  private static func head(_ status: AblationStatus, elapsed: Double, worked: Double) -> String {
    var parts = ["\(status.done)/\(status.total) runs done", "\(status.running.count) running", "\(status.left) left"]
    if !status.failed.isEmpty { parts.append("\(status.failed.count) failed") }
    let remaining = Double(status.total) - status.work
    if worked > 0.05, remaining > 0 { parts.append("about \(RunProgress.clock(elapsed / worked * remaining)) to go") }
    return parts.joined(separator: " · ")
  }

  private static func line(_ run: AblationStatus.Running) -> String {
    guard let progress = run.progress else { return "\(run.name)  preparing" }
    let bar = String(repeating: "█", count: Int(saturating: run.share * 16))
    let reward = progress.reward.map { String(format: "  reward %.3f", $0) } ?? ""
    let step = progress.done >= progress.total ? "scoring" : "step \(progress.done)/\(progress.total)"
    return "\(run.name)  \(bar.padding(toLength: 16, withPad: "░", startingAt: 0))  \(step)\(reward)"
  }
}
