import ChildProcesses
import Foundation

/// One run of a command whose output is taken as it comes, bounded in time.
enum ToolRun {
  enum Ending: Equatable {
    /// With status 0.
    case done
    /// How, in words, with the last of what it said on standard error.
    case failed(String, said: String)
    /// It was ended from here: the time was up, or no more output was wanted.
    case stopped
  }

  /// Bytes of standard error that are kept: the last.
  private static let keptMessages = 4096
  /// Seconds between the request to end and the signal that cannot be refused.
  private static let grace = 2.0

  /// Runs a command until it ends, `take` says that it wants no more, or the time is up.
  ///
  /// It is then ended, by SIGTERM and after 2 s by SIGKILL: the process does not run any more on return.
  static func run(
    _ command: String, _ arguments: [String], input: FileHandle, within limit: Double,
    take: (UnsafeRawBufferPointer) -> Bool
  ) throws(ProcessError) -> Ending {
    let process = try SupervisedProcess(
      [command] + arguments, input: .descriptor(input.fileDescriptor), output: .pipe, error: .pipe, grace: grace)
    defer { process.end() }
    var said: [UInt8] = []
    let deadline = ContinuousClock.now + .seconds(limit)
    let reading = PipeReading.read([process.output, process.error], until: deadline) { source, bytes in
      if source == 0 { return take(bytes) }
      said = Array((said + bytes).suffix(keptMessages))
      return true
    }
    guard reading == .ended, let ending = process.ending(within: max(0, (deadline - .now) / .seconds(1))) else {
      return .stopped
    }
    if ending == .exited(code: 0) { return .done }
    return .failed("\(ending)", said: String(decoding: said, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
  }
}
