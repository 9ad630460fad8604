/// Reads numbers from bytes and knows where it stands; reading past the end throws.
struct ByteCursor {
  let bytes: [UInt8]
  /// Named in errors.
  let path: String
  private(set) var position: Int
  /// Reading stops here; at most `bytes.count`.
  private(set) var end: Int

  init(_ bytes: [UInt8], path: String) {
    self.bytes = bytes
    self.path = path
    position = 0
    end = bytes.count
  }

  var isAtEnd: Bool { position >= end }

  var bytesLeft: Int { max(0, end - position) }

  /// Whether four characters stand at the cursor.
  func stands(_ name: String) -> Bool { bytesLeft >= 4 && bytes[position..<(position + 4)].elementsEqual(name.utf8) }

  /// The first place at or after the cursor where four characters stand.
  func firstIndex(of name: String) -> Int? {
    let name = Array(name.utf8)
    guard bytesLeft >= 4 else { return nil }
    return (position...(end - 4)).first { place in
      bytes[place] == name[0] && bytes[place + 1] == name[1] && bytes[place + 2] == name[2] && bytes[place + 3] == name[3]
    }
  }

  /// Where a chunk ends that could begin at a place: four printable characters, and a length of four bytes that does not lead out of the
  /// file, unless it is a MIDI track, whose length is often wrong.
  func chunkEnd(at place: Int) -> Int? {
    guard place >= position, place <= end - 8, bytes[place..<(place + 4)].allSatisfy({ (0x20...0x7E).contains($0) }) else {
      return nil
    }
    let size = bytes[(place + 4)..<(place + 8)].reduce(0) { $0 << 8 | Int($1) }
    let isTrack = bytes[place..<(place + 4)].elementsEqual("MTrk".utf8)
    return size <= end - place - 8 || isTrack ? min(place + 8 + size, end) : nil
  }

  func error(_ message: String, at offset: Int? = nil) -> MusicError {
    MusicError(.malformed, path: path, offset: offset ?? position, message)
  }

  mutating func byte(of what: String) throws(MusicError) -> UInt8 {
    guard position < end else { throw error("ends inside \(what)") }
    position += 1
    return bytes[position - 1]
  }

  mutating func slice(_ count: Int, of what: String) throws(MusicError) -> ArraySlice<UInt8> {
    guard count >= 0, count <= end - position else {
      throw error("ends inside \(what): \(count) bytes are announced, \(end - position) are left")
    }
    position += count
    return bytes[(position - count)..<position]
  }

  mutating func bigEndian(_ count: Int, of what: String) throws(MusicError) -> Int {
    try slice(count, of: what).reduce(0) { $0 << 8 | Int($1) }
  }

  /// A signed number of four bytes.
  mutating func littleEndian32(of what: String) throws(MusicError) -> Int {
    let bits = try slice(4, of: what).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return Int(Int32(bitPattern: bits))
  }

  /// The next `count` bytes as a cursor of their own with the same offsets; this one moves past them.
  mutating func part(_ count: Int, of what: String) throws(MusicError) -> ByteCursor {
    var part = self
    _ = try slice(count, of: what)
    part.end = position
    return part
  }

  mutating func move(to offset: Int, for what: String) throws(MusicError) {
    guard (0...end).contains(offset) else {
      throw error("\(what) lies at byte \(offset), outside the \(end) bytes of the file")
    }
    position = offset
  }
}
