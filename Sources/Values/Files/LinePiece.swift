package import Foundation

/// Some whole lines of a file.
@usableFromInline
package struct LinePiece: Sendable {
  private let bytes: [UInt8]
  private let count: Int

  /// What is left of the piece before, and the bytes behind it.
  init(_ rest: Data, _ piece: Data) {
    count = rest.count + piece.count
    let padded = count + JSONTape.padding
    bytes = [UInt8](unsafeUninitializedCapacity: padded) { buffer, filled in
      _ = buffer.initialize(from: rest)
      _ = UnsafeMutableBufferPointer(rebasing: buffer[rest.count...]).initialize(from: piece)
      UnsafeMutableBufferPointer(rebasing: buffer[(rest.count + piece.count)...]).initialize(repeating: 0)
      filled = padded
    }
  }

  /// Calls `body` with the lines that are not blank and their numbers, counted from 1 in this piece, until it says `false`.
  ///
  /// Behind each, ``JSONTape/padding`` bytes are readable. Returns how many lines there are, up to that one.
  @usableFromInline
  package func forEachLine(_ body: (Int, UnsafeBufferPointer<UInt8>) throws -> Bool) rethrows -> Int {
    try bytes.withUnsafeBufferPointer { bytes in
      var number = 0
      var start = 0
      while start < count {
        number += 1
        let end = Self.end(of: bytes, from: start, to: count)
        let line = UnsafeBufferPointer(rebasing: bytes[start..<end])
        if line.contains(where: { !Self.isBlank($0) }), try !body(number, line) { return number }
        start = end + 1
      }
      return number
    }
  }

  private static func end(of bytes: UnsafeBufferPointer<UInt8>, from start: Int, to count: Int) -> Int {
    guard let base = bytes.baseAddress, let found = memchr(base + start, 0x0A, count - start) else { return count }
    return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
  }

  @inline(__always)
  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }
}

/// A file in pieces of whole lines, of which only the one asked for is in memory.
@usableFromInline
package struct LinePieces: ~Copyable {
  private static let pieceLength = 1 << 18

  private let handle: FileHandle
  private var rest = Data()
  private var isAtEnd = false
  /// Bytes that were read.
  @usableFromInline package private(set) var length = 0

  package init(_ handle: FileHandle) {
    self.handle = handle
  }

  /// The next piece; `nil` behind the last one.
  ///
  /// Throws what the file handle does.
  package mutating func next() throws -> LinePiece? {
    while !isAtEnd {
      guard let data = try handle.read(upToCount: Self.pieceLength), !data.isEmpty else { break }
      length += data.count
      guard let end = data.lastIndex(of: 0x0A) else {
        rest += data
        continue
      }
      let piece = LinePiece(rest, data[...end])
      rest = Data(data[(end + 1)...])
      return piece
    }
    isAtEnd = true
    guard !rest.isEmpty else { return nil }
    defer { rest = Data() }
    return LinePiece(rest, Data())
  }
}
