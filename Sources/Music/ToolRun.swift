import Foundation
import Numbers

/// One run of a command whose output is taken as it comes, bounded in time.
enum ToolRun {
  enum Ending: Equatable {
    /// With status 0.
    case done
    /// The status, or the signal's number, with the last of what it said on standard error.
    case failed(Int32, said: String)
    /// It was ended from here: the time was up, or no more output was wanted.
    case stopped
  }

  /// Bytes of standard error that are kept: the last.
  private static let keptMessages = 4096
  /// Seconds between the request to end and the signal that cannot be refused.
  private static let grace = 2.0

  /// Runs a command until it ends, `take` says that it wants no more, or the time is up; it is then ended, by SIGTERM and after 2 s by
  /// SIGKILL. Nothing of it runs any more on return.
  static func run(
    _ command: String, _ arguments: [String], input: FileHandle, within limit: Double,
    take: (UnsafeRawBufferPointer) -> Bool
  ) throws -> Ending {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: command)
    process.arguments = arguments
    let (output, messages) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = messages
    try process.run()
    try? output.fileHandleForWriting.close()
    try? messages.fileHandleForWriting.close()
    defer { end(process) }
    var said: [UInt8] = []
    let deadline = Date(timeIntervalSinceNow: limit)
    var isWanted = true
    let isOver = read([output, messages], until: deadline) { source, bytes in
      if source == 0 { isWanted = take(bytes) } else { said = Array((said + bytes).suffix(keptMessages)) }
      return isWanted
    }
    guard isOver else { return .stopped }
    while process.isRunning, Date() < deadline { usleep(2000) }
    guard !process.isRunning else { return .stopped }
    if process.terminationReason == .exit, process.terminationStatus == 0 { return .done }
    let text = String(decoding: said, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    return .failed(process.terminationStatus, said: text)
  }

  /// Whether all pipes came to their end before the deadline and before `take` returned `false`.
  private static func read(
    _ pipes: [Pipe], until deadline: Date, take: (_ source: Int, UnsafeRawBufferPointer) -> Bool
  ) -> Bool {
    var waiting = pipes.map { pollfd(fd: $0.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while waiting.contains(where: { $0.fd >= 0 }) {
      let left = deadline.timeIntervalSinceNow
      guard left > 0 else { return false }
      let ready = poll(&waiting, nfds_t(waiting.count), Int32(saturating: min(left, 1) * 1000) + 1)
      if ready < 0, errno != EINTR { return false }
      for index in waiting.indices where ready > 0 && waiting[index].revents != 0 {
        let count = Foundation.read(waiting[index].fd, &buffer, buffer.count)
        if count < 0, errno == EINTR { continue }
        if count <= 0 {
          waiting[index].fd = -1
        } else if !buffer.withUnsafeBytes({ take(index, UnsafeRawBufferPointer(rebasing: $0[..<count])) }) {
          return false
        }
      }
    }
    return true
  }

  private static func end(_ process: Process) {
    guard process.isRunning else { return }
    process.terminate()
    let last = Date(timeIntervalSinceNow: grace)
    while process.isRunning, Date() < last { usleep(2000) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }
}
