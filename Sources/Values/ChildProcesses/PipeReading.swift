internal import Foundation
internal import Numbers

/// How reading from pipes went.
package enum PipeReading: Sendable, Hashable {
  /// All came to their end.
  case ended
  /// `take` wanted no more.
  case stopped
  /// The time was up.
  case late

  /// Takes what comes through pipes, as it comes, until all are at their end, `take` returns `false`, or the time is up.
  ///
  /// `take` gets the place of the pipe in the list and the bytes, which are gone when it returns. A pipe that is `nil` is at its end.
  package static func read(
    _ pipes: [PipeEnd?], until deadline: ContinuousClock.Instant, take: (_ source: Int, UnsafeRawBufferPointer) -> Bool
  ) -> PipeReading {
    // `poll` passes over −1.
    var waiting = pipes.map { pollfd(fd: $0?.descriptor ?? -1, events: Int16(POLLIN), revents: 0) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while waiting.contains(where: { $0.fd >= 0 }) {
      let left = (deadline - .now) / .milliseconds(1)
      guard left > 0 else { return .late }
      let ready = poll(&waiting, nfds_t(waiting.count), Int32(saturating: min(left, 1e6).rounded(.up)))
      for index in waiting.indices where ready > 0 && waiting[index].revents != 0 {
        let count = Foundation.read(waiting[index].fd, &buffer, buffer.count)
        if count < 0, errno == EINTR || errno == EAGAIN { continue }
        if count <= 0 {
          waiting[index].fd = -1
        } else if !buffer.withUnsafeBytes({ take(index, UnsafeRawBufferPointer(rebasing: $0[..<count])) }) {
          return .stopped
        }
      }
    }
    return .ended
  }
}
