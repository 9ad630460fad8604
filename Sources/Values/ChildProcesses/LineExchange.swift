package import Foundation
internal import Numbers
internal import Synchronization

/// Lines to a process and lines back, with a bound on silence and length.
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
  /// Held by the one that converses.
  private let turn = Mutex(())

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
  ///   - timeout: seconds of silence that are put up with.
  ///   - longest: bytes that the answer may have.
  package func exchange(_ pieces: [Data], timeout: Double, longest: Int) throws(Failure) -> Data {
    var answer = Data()
    try converse([pieces], timeout: timeout, longest: longest) { line in
      answer = line
      return .last
    }
    return answer
  }

  /// What a line that came means for those that may follow.
  package enum Reception: Sendable {
    /// More lines are waited for, as long as for this one.
    case more
    /// It was the last that is wanted; what is left of the requests is still written.
    case last
    /// Nothing more is wanted, nor written.
    case stop
  }

  /// Sends each request as a line and hands over the lines that come, without their ends, until `take` has enough.
  ///
  /// - Parameters:
  ///   - requests: the pieces of each line.
  ///   - timeout: seconds from the start, or from the end of a line, to the end of the next one.
  ///   - longest: bytes that a line may have.
  ///   - take: is called as lines come, while later requests may still be on their way.
  package func converse(
    _ requests: [[Data]], timeout: Double, longest: Int, take: (Data) -> Reception
  ) throws(Failure) {
    try turn.withLock { _ -> Result<Void, Failure> in
      var sending = Sending(lines: OutgoingLines(requests), deadline: .now + .seconds(timeout))
      var isEnough = requests.isEmpty
      while true {
        let waits = !isEnough
        let (next, event) = ends.withLock { [sending] in Self.next(&$0, sending, waits: waits, longest: longest) }
        sending = next
        switch event {
        case .written: return .success(())
        case .failure(let failure): return .failure(failure)
        case .line(let line):
          switch take(line) {
          case .more: sending.deadline = .now + .seconds(timeout)
          case .last: isEnough = true
          case .stop: return .success(())
          }
        }
      }
    }.get()
  }

  /// What is still to be written, and until when something has to come.
  private struct Sending {
    var lines: OutgoingLines
    var deadline: ContinuousClock.Instant
    /// A process that refuses a line before it has read all of it may end, but not be waited for.
    var isHeard = true
  }

  private enum Event {
    case line(Data)
    /// All is written, and no line is waited for.
    case written
    case failure(Failure)
  }

  private static func next(
    _ ends: inout Ends, _ sending: Sending, waits: Bool, longest: Int
  ) -> (Sending, Event) {
    var sending = sending
    while true {
      if waits, let line = ends.buffer.takeLine() {
        guard line.count <= longest else {
          return (sending, .failure(.long(received: line.count, beginning: line.prefix(200))))
        }
        return (sending, .line(line))
      }
      if !waits, sending.lines.left == 0 || !sending.isHeard { return (sending, .written) }
      guard ends.buffer.count <= longest else {
        return (sending, .failure(.long(received: ends.buffer.count, beginning: ends.buffer.beginning)))
      }
      let left = (sending.deadline - .now) / .milliseconds(1)
      guard left > 0 else {
        let failure = Failure.late(
          unsent: sending.lines.left, received: ends.buffer.count, beginning: ends.buffer.beginning)
        return (sending, .failure(failure))
      }
      let writes = sending.isHeard && sending.lines.left > 0
      var watched = [
        pollfd(fd: ends.answers.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: writes ? ends.requests.descriptor : -1, events: Int16(POLLOUT), revents: 0),
      ]
      guard poll(&watched, 2, Int32(saturating: left.rounded(.up))) > 0 else { continue }
      if watched[1].revents != 0 { sending.isHeard = sending.lines.write(to: ends.requests.descriptor) }
      if watched[0].revents != 0, case .end = ends.buffer.read(from: ends.answers.descriptor) {
        return (sending, .failure(.closed(received: ends.buffer.count, beginning: ends.buffer.beginning)))
      }
    }
  }
}

/// Lines that are written piece by piece.
private struct OutgoingLines {
  private let pieces: [Data]
  private var (piece, offset) = (0, 0)
  /// Bytes that are not written yet.
  private(set) var left: Int

  init(_ lines: [[Data]]) {
    pieces = lines.flatMap { $0 + [Data([0x0A])] }
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
