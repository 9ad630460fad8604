import Comparisons
import Experiments
import Foundation
import RunLogs
import Synchronization
import Training

/// Runs experiments with their progress on standard error.
struct TerminalRun {
  let quiet: Bool
  let interruption: Interruption

  init(quiet: Bool) {
    self.quiet = quiet
    interruption = Interruption {
      StandardStreams.say("\nstopping after this step; once more ends at once\n")
    }
  }

  func train(_ experiment: ExperimentFile, folder: String, allowsAnotherBuild: Bool = false) async throws -> StageLoop.Ending {
    if !quiet {
      Self.note("\(experiment.name): \(experiment.summary.isEmpty ? experiment.stageName : experiment.summary)")
    }
    let heldOut = experiment.shownMetric
    let sinks: [any RunLogSink] =
      quiet ? [] : [TerminalSink(handle: .standardError, heldOut: .init(label: "validation", metric: heldOut))]
    let remark: (@Sendable (String) -> Void)? = quiet ? nil : { @Sendable text in Self.note(text) }
    let directory = RunDirectory(path: folder)
    let run = ExperimentRun(
      file: experiment, directory: directory, progress: quiet ? .silent : progress, sinks: sinks,
      index: RunRegistration(), notice: { Self.note("warning: \($0)") },
      remark: remark, allowsAnotherBuild: allowsAnotherBuild,
      shouldStop: { [interruption] in interruption.isRequested })
    let ending = try await run.run()
    switch ending {
    case .finished:
      try directory.completeSummary(plugins: experiment.plugins)
      if !quiet { Self.note("finished: \(folder)") }
    case .stopped(let next): Self.note("stopped before step \(next); run the same command to go on: \(folder)")
    case .alarmed(let next, _):
      Self.note("an alarm stopped the run before step \(next); run the same command to go on: \(folder)")
    }
    return ending
  }

  /// One line that is written over while work goes on; nothing where standard error is no terminal.
  var progress: WorkProgress { Self.plainProgress }

  /// Width of the terminal; 100 where standard output is none.
  static var columns: Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
    return Int(size.ws_col)
  }

  static var plainProgress: WorkProgress {
    let isTerminal = isatty(STDERR_FILENO) == 1
    return WorkProgress { title, done, total in
      guard isTerminal else { return }
      let end = done >= total ? "\u{1B}[K\r" : ""
      StandardStreams.say("\r\u{1B}[K\(title) \(done)/\(total)\(end)")
    }
  }

  private static func note(_ text: String) {
    StandardStreams.say(text + "\n")
  }
}
