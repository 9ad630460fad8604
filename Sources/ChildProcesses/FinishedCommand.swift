public import Foundation
internal import Numbers

/// A command that was run to its end, with what it wrote.
public struct FinishedCommand: Sendable {
  /// Why a command was not let run to its end.
  public enum Excess: Sendable, Hashable {
    case time(seconds: Double)
    case output(bytes: Int)
  }

  public let ending: SupervisedProcess.Ending
  /// Standard output; empty where it went elsewhere.
  public let output: Data
  /// Standard error; empty where it went elsewhere.
  public let error: Data
  /// Present where it was ended because of this.
  public let excess: Excess?

  public var isSuccess: Bool { ending == .exited(code: 0) && excess == nil }

  /// Runs `command` until it ends, for at most `timeout` seconds, and reads at most `limit` bytes of each stream; ends it with all that it
  /// has started where it goes beyond.
  public static func run(
    _ command: [String], environment: [String: String]? = nil, folder: String? = nil, timeout: Double, limit: Int = 1 << 24,
    output: SupervisedProcess.Stream = .pipe, error: SupervisedProcess.Stream = .pipe, grace: Double = 1
  ) throws(ProcessError) -> FinishedCommand {
    let deadline = ContinuousClock.now + .seconds(timeout)
    let process = try SupervisedProcess(
      command, environment: environment, folder: folder, output: output, error: error, grace: grace)
    var streams = [process.output, process.error].map { PipeReading(end: $0) }
    var excess: Excess?
    while excess == nil, streams.contains(where: { !$0.isAtEnd }) {
      let left = (deadline - .now) / .milliseconds(1)
      guard left > 0 else {
        excess = .time(seconds: timeout)
        break
      }
      var watched = streams.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
      poll(&watched, 2, Int32(saturating: left.rounded(.up)))
      for index in streams.indices where watched[index].revents != 0 {
        streams[index].read()
        if streams[index].bytes.count > limit { excess = .output(bytes: limit) }
      }
    }
    if excess == nil, process.ending(within: max(0, (deadline - .now) / .seconds(1))) == nil {
      excess = .time(seconds: timeout)
    }
    process.end()
    return FinishedCommand(
      ending: process.ending ?? .unknown, output: streams[0].bytes, error: streams[1].bytes, excess: excess)
  }
}

/// What came through a pipe so far.
private struct PipeReading {
  let end: PipeEnd?
  var bytes = Data()
  var isAtEnd: Bool

  init(end: PipeEnd?) {
    self.end = end
    isAtEnd = end == nil
  }

  /// What `poll` is to look at; it passes over −1.
  var descriptor: Int32 { isAtEnd ? -1 : end?.descriptor ?? -1 }

  mutating func read() {
    let length = 1 << 16
    var count = 0
    let piece = [UInt8](unsafeUninitializedCapacity: length) { buffer, filled in
      count = Foundation.read(descriptor, buffer.baseAddress, length)
      filled = max(0, count)
    }
    bytes.append(contentsOf: piece)
    if count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR) { isAtEnd = true }
  }
}
