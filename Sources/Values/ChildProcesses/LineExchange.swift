package import Foundation
internal import Numbers
internal import Synchronization

/// Lines to a process and lines back, one for one, with a bound on time and length.
///
/// Writing and reading go on at the same time, so neither side can block the other, and the deadline is over both: a process that does
/// not read, one that writes without ever ending a line and one that says nothing are the same.
package final class LineExchange: Sendable {
  /// Why there is no answer.
  package enum Failure: Error, Sendable {
    /// `unsent` bytes of the line were not read; `received` bytes without a line end came, beginning with `beginning`.
    case late(unsent: Int, received: Int, beginning: Data)
    /// More bytes than allowed came without a whole answer.
    case long(received: Int, beginning: Data)
    /// The process has closed its end; `received` bytes without a line end came before, beginning with `beginning`.
    case closed(received: Int, beginning: Data)
  }

  private struct Ends {
    let requests: PipeEnd
    let answers: PipeEnd
    var buffer = LineBuffer()
  }
  private let ends: Mutex<Ends>

  /// Writes to `requests`, the process's standard input, and reads from `answers`, its standard output.
  package init(requests: PipeEnd, answers: PipeEnd) {
    ends = Mutex(Ends(requests: requests, answers: answers))
  }

  deinit { ends.withLock { $0.buffer.clear() } }

  /// Closes the process's standard input.
  package func close() { ends.withLock { $0.requests.close() } }

  /// Sends the pieces as one line and returns the line that answers it, both without their ends.
  ///
  /// - Parameters:
  ///   - timeout: seconds that the whole exchange may take.
  ///   - longest: bytes that the answer may have.
  package func exchange(_ pieces: [Data], timeout: Double, longest: Int) throws(Failure) -> Data {
    try ends.withLock { ends -> Result<Data, Failure> in
      Self.exchange(pieces, &ends, deadline: .now + .seconds(timeout), longest: longest)
    }.get()
  }

  private static func exchange(
    _ pieces: [Data], _ ends: inout Ends, deadline: ContinuousClock.Instant, longest: Int
  ) -> Result<Data, Failure> {
    var outgoing = OutgoingLine(pieces)
    // A process that refuses a line before it has read all of it may end, but not be waited for.
    var isHeard = true
    while true {
      if outgoing.left == 0 || !isHeard, let line = ends.buffer.takeLine() {
        guard line.count <= longest else {
          return .failure(.long(received: line.count, beginning: line.prefix(200)))
        }
        return .success(line)
      }
      guard ends.buffer.count <= longest else {
        return .failure(.long(received: ends.buffer.count, beginning: ends.buffer.beginning))
      }
      let left = (deadline - .now) / .milliseconds(1)
      guard left > 0 else {
        return .failure(.late(unsent: outgoing.left, received: ends.buffer.count, beginning: ends.buffer.beginning))
      }
      let writes = isHeard && outgoing.left > 0
      var watched = [
        pollfd(fd: ends.answers.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: writes ? ends.requests.descriptor : -1, events: Int16(POLLOUT), revents: 0),
      ]
      guard poll(&watched, 2, Int32(saturating: left.rounded(.up))) > 0 else { continue }
      if watched[1].revents != 0 { isHeard = outgoing.write(to: ends.requests.descriptor) }
      if watched[0].revents != 0, case .end = ends.buffer.read(from: ends.answers.descriptor) {
        return .failure(.closed(received: ends.buffer.count, beginning: ends.buffer.beginning))
      }
    }
  }
}

/// A line that is written piece by piece.
private struct OutgoingLine {
  private let pieces: [Data]
  private var (piece, offset) = (0, 0)
  /// Bytes that are not written yet.
  private(set) var left: Int

  init(_ pieces: [Data]) {
    self.pieces = pieces + [Data([0x0A])]
    left = self.pieces.reduce(0) { $0 + $1.count }
  }

  /// Writes what the pipe takes; `false` where nobody reads it any more.
  mutating func write(to descriptor: Int32) -> Bool {
    while piece < pieces.count {
      let written = pieces[piece].withUnsafeBytes { bytes in
        let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
        return rest.isEmpty ? 0 : Foundation.write(descriptor, rest.baseAddress, rest.count)
      }
      guard written >= 0 else { return errno == EAGAIN || errno == EINTR }
      (offset, left) = (offset + written, left - written)
      guard offset == pieces[piece].count else { return true }
      (piece, offset) = (piece + 1, 0)
    }
    return true
  }
}
