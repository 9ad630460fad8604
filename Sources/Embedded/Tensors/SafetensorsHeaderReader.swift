/// Reads the JSON header of a safetensors file: an object of tensor descriptions and text metadata.
struct SafetensorsHeaderReader {
  struct Description {
    let name: String
    let type: String
    let shape: [Int]
    let offsets: Range<Int>
  }

  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The tensors in the order of the header, and the metadata.
  mutating func read() throws(SafetensorsError) -> ([Description], [String: String]) {
    var descriptions: [Description] = []
    var metadata: [String: String] = [:]
    var names: Set<String> = []
    try readObject { (reader, name) throws(SafetensorsError) in
      guard names.insert(name).inserted else {
        throw SafetensorsError(.badHeader, "the header names \"\(name)\" twice")
      }
      if name == Safetensors.metadataKey {
        metadata = reader.acceptsNull() ? [:] : try reader.readTexts()
      } else {
        descriptions.append(try reader.readDescription(named: name))
      }
    }
    skipSpace()
    guard position == bytes.count else { throw failure("the end of the header") }
    return (descriptions, metadata)
  }

  private mutating func readDescription(named name: String) throws(SafetensorsError) -> Description {
    var type: String?
    var shape: [Int]?
    var offsets: [Int]?
    try readObject { (reader, key) throws(SafetensorsError) in
      switch key {
      case "dtype": type = try reader.readString()
      case "shape": shape = try reader.readNumbers()
      case "data_offsets": offsets = try reader.readNumbers()
      // The format's own reader passes over fields that it does not know.
      default: try reader.skipValue(depth: 0)
      }
    }
    guard let type, let shape, let offsets, offsets.count == 2, offsets[0] <= offsets[1] else {
      throw SafetensorsError(.badHeader, "tensor \"\(name)\" needs a dtype, a shape and two ascending data_offsets")
    }
    return Description(name: name, type: type, shape: shape, offsets: offsets[0]..<offsets[1])
  }

  private mutating func readTexts() throws(SafetensorsError) -> [String: String] {
    var texts: [String: String] = [:]
    try readObject { (reader, key) throws(SafetensorsError) in
      guard texts.updateValue(try reader.readString(), forKey: key) == nil else {
        throw SafetensorsError(.badHeader, "the metadata names \"\(key)\" twice")
      }
    }
    return texts
  }

  private mutating func acceptsNull() -> Bool { acceptsWord("null") }

  private mutating func acceptsWord(_ word: String) -> Bool {
    skipSpace()
    guard bytes[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }

  private static let deepestValue = 100

  private mutating func skipValue(depth: Int) throws(SafetensorsError) {
    guard depth < Self.deepestValue else { throw failure("values that are nested at most \(Self.deepestValue) deep") }
    skipSpace()
    guard position < bytes.count else { throw failure("a value") }
    switch bytes[position] {
    case UInt8(ascii: "{"): try readObject { (reader, _) throws(SafetensorsError) in try reader.skipValue(depth: depth + 1) }
    case UInt8(ascii: "["):
      try expect("[")
      if accepts("]") { return }
      repeat { try skipValue(depth: depth + 1) } while accepts(",")
      try expect("]")
    case UInt8(ascii: "\""): _ = try readString()
    default:
      if acceptsWord("null") || acceptsWord("true") || acceptsWord("false") { return }
      let start = position
      while position < bytes.count, "+-.0123456789eE".utf8.contains(bytes[position]) { position += 1 }
      guard Double(String(decoding: bytes[start..<position], as: UTF8.self)) != nil else { throw failure("a value") }
    }
  }

  private mutating func readObject(
    _ readValue: (inout SafetensorsHeaderReader, String) throws(SafetensorsError) -> Void
  ) throws(SafetensorsError) {
    try expect("{")
    if accepts("}") { return }
    repeat {
      let key = try readString()
      try expect(":")
      try readValue(&self, key)
    } while accepts(",")
    try expect("}")
  }

  private mutating func readNumbers() throws(SafetensorsError) -> [Int] {
    try expect("[")
    var numbers: [Int] = []
    if accepts("]") { return numbers }
    repeat {
      skipSpace()
      let start = position
      while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) { position += 1 }
      guard let number = Int(String(decoding: bytes[start..<position], as: UTF8.self)) else { throw failure("a whole number") }
      numbers.append(number)
    } while accepts(",")
    try expect("]")
    return numbers
  }

  private mutating func readString() throws(SafetensorsError) -> String {
    try expect("\"")
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") {
        guard let string = String(validating: text, as: UTF8.self) else { throw failure("text in UTF-8") }
        return string
      }
      if byte < 0x20 { throw failure("no control character in a string") }
      if byte == UInt8(ascii: "\\") { text += try readEscape() } else { text.append(byte) }
    }
    throw failure("the end of a string")
  }

  private mutating func readEscape() throws(SafetensorsError) -> [UInt8] {
    guard position < bytes.count else { throw failure("an escape") }
    position += 1
    switch bytes[position - 1] {
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "u"): return try readUnicode()
    case let other where other == UInt8(ascii: "\"") || other == UInt8(ascii: "\\") || other == UInt8(ascii: "/"):
      return [other]
    default: throw failure("an escape")
    }
  }

  /// Four hexadecimal digits, or a surrogate pair of twice four.
  private mutating func readUnicode() throws(SafetensorsError) -> [UInt8] {
    var code = try readHexadecimal()
    if (0xD800..<0xDC00).contains(code) {
      guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u") else {
        throw failure("the second half of a surrogate pair")
      }
      position += 2
      let low = try readHexadecimal()
      guard (0xDC00..<0xE000).contains(low) else { throw failure("the second half of a surrogate pair") }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw failure("a character") }
    return Array(String(Character(scalar)).utf8)
  }

  private mutating func readHexadecimal() throws(SafetensorsError) -> UInt32 {
    guard position + 4 <= bytes.count,
      let code = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
    else { throw failure("four hexadecimal digits") }
    position += 4
    return code
  }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
  }

  private mutating func accepts(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(SafetensorsError) {
    guard accepts(character) else { throw failure("\"\(character)\"") }
  }

  private func failure(_ expected: String) -> SafetensorsError {
    SafetensorsError(.badHeader, "byte \(position) of the header: expected \(expected); this is no intact safetensors file")
  }
}
