internal import Foundation

/// What was read from a pipe, cut into lines; each byte is looked at once, however long the line.
struct LineBuffer {
  enum Piece {
    case bytes
    /// Nothing is there yet.
    case nothing
    /// The other end is closed, or cannot be read.
    case end
  }

  private var bytes: UnsafeMutableRawPointer?
  private var capacity = 0
  private(set) var count = 0
  /// Where the first line ends; `nil` while it is not whole.
  private(set) var lineEnd: Int?

  private static let least = 1 << 16
  private static let most = 1 << 20

  /// Frees what is left; the buffer is empty and usable after it.
  mutating func clear() {
    free(bytes)
    self = LineBuffer()
  }

  /// The first bytes, for a message.
  var beginning: Data { bytes.map { Data(bytes: $0, count: min(count, 200)) } ?? Data() }

  /// Reads once, up to a megabyte.
  mutating func read(from descriptor: Int32) -> Piece {
    if capacity - count < Self.least {
      let larger = max(2 * capacity, 2 * Self.least)
      guard let moved = realloc(bytes, larger) else { return .end }
      (bytes, capacity) = (moved, larger)
    }
    guard let bytes else { return .end }
    let got = Foundation.read(descriptor, bytes + count, min(capacity - count, Self.most))
    if got < 0 { return errno == EAGAIN || errno == EINTR ? .nothing : .end }
    if got == 0 { return .end }
    if lineEnd == nil, let found = memchr(bytes + count, 0x0A, got) {
      lineEnd = UnsafeRawPointer(found) - UnsafeRawPointer(bytes)
    }
    count += got
    return .bytes
  }

  /// The first line, without its end, where it is whole.
  mutating func takeLine() -> Data? {
    guard let end = lineEnd, let whole = bytes else { return nil }
    let left = count - end - 1
    (bytes, capacity, count, lineEnd) = (nil, 0, 0, nil)
    if left > 0, let rest = malloc(max(left, Self.least)) {
      memcpy(rest, whole + end + 1, left)
      (bytes, capacity, count) = (rest, max(left, Self.least), left)
      if let found = memchr(rest, 0x0A, left) { lineEnd = UnsafeRawPointer(found) - UnsafeRawPointer(rest) }
    }
    return Data(bytesNoCopy: whole, count: end, deallocator: .free)
  }
}
