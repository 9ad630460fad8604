import ChildProcesses
import Foundation
import Numbers

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
    let deadline = Date(timeIntervalSinceNow: limit)
    let isOver = read([process.output, process.error], until: deadline) { source, bytes in
      if source == 0 { return take(bytes) }
      said = Array((said + bytes).suffix(keptMessages))
      return true
    }
    guard isOver, let ending = process.ending(within: deadline.timeIntervalSinceNow) else { return .stopped }
    if ending == .exited(code: 0) { return .done }
    return .failed("\(ending)", said: String(decoding: said, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
  }

  /// Whether all pipes came to their end before the deadline and before `take` returned `false`.
  private static func read(
    _ pipes: [PipeEnd?], until deadline: Date, take: (_ source: Int, UnsafeRawBufferPointer) -> Bool
  ) -> Bool {
    var waiting = pipes.map { pollfd(fd: $0?.descriptor ?? -1, events: Int16(POLLIN), revents: 0) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while waiting.contains(where: { $0.fd >= 0 }) {
      let left = deadline.timeIntervalSinceNow
      guard left > 0 else { return false }
      let ready = poll(&waiting, nfds_t(waiting.count), Int32(saturating: min(left, 1) * 1000) + 1)
      if ready < 0, errno != EINTR { return false }
      for index in waiting.indices where ready > 0 && waiting[index].revents != 0 {
        let count = Foundation.read(waiting[index].fd, &buffer, buffer.count)
        if count < 0, errno == EINTR || errno == EAGAIN { continue }
        if count <= 0 {
          waiting[index].fd = -1
        } else if !buffer.withUnsafeBytes({ take(index, UnsafeRawBufferPointer(rebasing: $0[..<count])) }) {
          return false
        }
      }
    }
    return true
  }
}
