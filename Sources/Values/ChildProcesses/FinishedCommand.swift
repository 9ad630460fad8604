package import Foundation

/// A command that was run to its end, with what it wrote.
package struct FinishedCommand: Sendable {
  /// Why a command was not let run to its end.
  package enum Excess: Sendable, Hashable {
    case time(seconds: Double)
    case output(bytes: Int)
  }

  package let ending: SupervisedProcess.Ending
  /// Standard output; empty where it went elsewhere.
  package let output: Data
  /// Standard error; empty where it went elsewhere.
  package let error: Data
  /// Present where it was ended because of this.
  package let excess: Excess?

  package var isSuccess: Bool { ending == .exited(code: 0) && excess == nil }

  /// Runs `command` until it ends, for at most `timeout` seconds, and reads at most `limit` bytes of each stream; ends it with all that it
  /// has started where it goes beyond.
  package static func run(
    _ command: [String], environment: [String: String]? = nil, folder: String? = nil, timeout: Double, limit: Int = 1 << 24,
    output: SupervisedProcess.Stream = .pipe, error: SupervisedProcess.Stream = .pipe, grace: Double = 1
  ) throws(ProcessError) -> FinishedCommand {
    let deadline = ContinuousClock.now + .seconds(timeout)
    let process = try SupervisedProcess(
      command, environment: environment, folder: folder, output: output, error: error, grace: grace)
    var streams = [Data(), Data()]
    let reading = PipeReading.read([process.output, process.error], until: deadline) { source, bytes in
      streams[source].append(contentsOf: bytes)
      return streams[source].count <= limit
    }
    var excess: Excess? =
      switch reading {
      case .ended: nil
      case .stopped: .output(bytes: limit)
      case .late: .time(seconds: timeout)
      }
    if excess == nil, process.ending(within: max(0, (deadline - .now) / .seconds(1))) == nil {
      excess = .time(seconds: timeout)
    }
    process.end()
    return FinishedCommand(
      ending: process.ending ?? .unknown, output: streams[0], error: streams[1], excess: excess)
  }
}
