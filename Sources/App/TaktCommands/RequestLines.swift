import Foundation

/// Lines of standard input for a service: bounded, read in linear time, and given up on request while none is there.
struct RequestLines {
  enum Next {
    case line(Data)
    /// A line beyond the limit, whose bytes are gone.
    case tooLong
    case end
    case stopped
  }

  private let limit: Int
  private let shouldStop: () -> Bool
  private var pending: [UInt8] = []
  /// Where the next line starts in `pending`.
  private var start = 0
  /// How much of `pending` holds no line end.
  private var searched = 0
  private var isSkipping = false
  private var isAtEnd = false

  /// Milliseconds between looks at `shouldStop` while no line comes.
  private static let patience: Int32 = 100
  private static let pieceLength = 1 << 20

  init(limit: Int, shouldStop: @escaping () -> Bool) {
    self.limit = limit
    self.shouldStop = shouldStop
  }

  /// The next line without its end; what stands behind the last line end is a line too.
  mutating func next() throws -> Next {
    while true {
      if shouldStop() { return .stopped }
      if let line = takeLine() { return line }
      if isAtEnd { return .end }
      try fill()
    }
  }

  private mutating func takeLine() -> Next? {
    if let end = pending[max(start, searched)...].firstIndex(of: 0x0A) { return take(upTo: end, goingOnAt: end + 1) }
    searched = pending.count
    if pending.count - start > limit {
      isSkipping = true
      start = pending.count
    }
    guard isAtEnd, pending.count > start || isSkipping else { return nil }
    return take(upTo: pending.count, goingOnAt: pending.count)
  }

  private mutating func take(upTo end: Int, goingOnAt next: Int) -> Next {
    defer {
      start = next
      isSkipping = false
    }
    return isSkipping || end - start > limit ? .tooLong : .line(Data(pending[start..<end]))
  }

  private mutating func fill() throws {
    var source = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    let ready = poll(&source, 1, Self.patience)
    guard ready != 0 else { return }
    if ready < 0 {
      guard errno == EINTR else { throw ReadFailure(code: errno) }
      return
    }
    var piece = [UInt8](repeating: 0, count: Self.pieceLength)
    let count = read(STDIN_FILENO, &piece, piece.count)
    if count < 0, errno != EINTR, errno != EAGAIN { throw ReadFailure(code: errno) }
    if count == 0 { isAtEnd = true }
    guard count > 0 else { return }
    // What was taken goes once a piece, not once a line.
    pending.removeFirst(start)
    searched = max(0, searched - start)
    start = 0
    pending += piece[..<count]
  }

  struct ReadFailure: Error, CustomStringConvertible {
    let code: Int32
    var description: String { "standard input cannot be read: \(String(cString: strerror(code)))" }
  }
}
