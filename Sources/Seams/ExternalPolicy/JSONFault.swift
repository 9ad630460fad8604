import Foundation

/// Where a text stops being JSON, and what stands there.
struct JSONFault {
  /// Such as `completions[0][3].log_probabilities[2]`; empty for the whole.
  let path: String
  /// Such as *is NaN*.
  let what: String

  var description: String {
    guard path.count > 160 else { return path.isEmpty ? "the answer \(what)" : "\(path) \(what)" }
    return "\(path.prefix(80))…\(path.suffix(60)) \(what)"
  }

  /// `nil` where the whole text is JSON and its numbers can be held: whole ones of 32 bits under the keys `whole`, and any that a `Float`
  /// holds.
  init?(in text: Data, whole: Set<String> = []) {
    let found = text.withUnsafeBytes { bytes -> JSONFault? in
      var walk = JSONWalk(bytes: bytes, whole: whole)
      return walk.fault()
    }
    guard let found else { return nil }
    self = found
  }

  fileprivate init(path: String, what: String) {
    (self.path, self.what) = (path, what)
  }
}

/// Goes through a text value by value and remembers where it is.
private struct JSONWalk {
  let bytes: UnsafeRawBufferPointer
  let whole: Set<String>
  private var place = 0
  private var steps: [Step] = []

  private enum Step {
    case key(String)
    case index(Int)
  }

  private struct Found: Error {
    let what: String
  }

  private static let deepest = 200

  init(bytes: UnsafeRawBufferPointer, whole: Set<String>) {
    (self.bytes, self.whole) = (bytes, whole)
  }

  mutating func fault() -> JSONFault? {
    do throws(Found) {
      try value()
      skipSpace()
      guard place == bytes.count else {
        steps = []
        throw Found(what: "is followed by '\(word())': one object a line")
      }
      return nil
    } catch {
      return JSONFault(path: path, what: error.what)
    }
  }

  private var path: String {
    steps.reduce("") { text, step in
      switch step {
      case .key(let key): text.isEmpty ? key : "\(text).\(key)"
      case .index(let index): "\(text)[\(index)]"
      }
    }
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || (0x09...0x0D).contains(byte) { place += 1 }
  }

  private mutating func value() throws(Found) {
    skipSpace()
    guard steps.count < Self.deepest else { throw Found(what: "is nested deeper than \(Self.deepest) levels") }
    switch next {
    case UInt8(ascii: "{"): try list(to: UInt8(ascii: "}"), hasKeys: true)
    case UInt8(ascii: "["): try list(to: UInt8(ascii: "]"), hasKeys: false)
    case UInt8(ascii: "\""): _ = try text()
    case nil: throw Found(what: "ends in the middle: an answer is one line (no indent), flushed as a whole")
    default: try atom()
    }
  }

  private mutating func list(to end: UInt8, hasKeys: Bool) throws(Found) {
    place += 1
    skipSpace()
    if next == end {
      place += 1
      return
    }
    var index = 0
    while true {
      skipSpace()
      if hasKeys {
        guard next == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
        steps.append(.key(String(decoding: bytes[try text()].prefix(80), as: UTF8.self)))
        skipSpace()
        guard next == UInt8(ascii: ":") else { throw unexpected("a colon") }
        place += 1
      } else {
        steps.append(.index(index))
      }
      try value()
      steps.removeLast()
      index += 1
      skipSpace()
      guard let byte = next, byte == end || byte == UInt8(ascii: ",") else { throw unexpected("a comma or the end") }
      place += 1
      if byte == end { return }
    }
  }

  /// Where a text stands, without its quotes.
  private mutating func text() throws(Found) -> Range<Int> {
    let start = place + 1
    place = start
    while let byte = next, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw Found(what: "holds the control character \(byte): write it as an escape") }
      place += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    guard place < bytes.count else { throw Found(what: "ends in the middle of a text") }
    place += 1
    return start..<(place - 1)
  }

  private mutating func atom() throws(Found) {
    let start = place
    if let end = numberEnd {
      place = end
      return try number(in: bytes[start..<end])
    }
    let text = word()
    place = start + text.utf8.count
    if ["true", "false", "null"].contains(text) { return }
    if ["NaN", "Infinity", "-Infinity"].contains(text) {
      throw Found(
        what: "is \(text), which Python's json writes bare and JSON does not have: refuse the call with code non-finite instead"
      )
    }
    throw Found(what: text.isEmpty ? "is missing" : "is '\(text)', which is no JSON")
  }

  private func number(in digits: Slice<UnsafeRawBufferPointer>) throws(Found) {
    // Short ones without an exponent are in the range.
    guard isWhole || digits.count > 30 || digits.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }) else { return }
    let text = String(decoding: digits, as: UTF8.self)
    let shown = text.count > 40 ? "\(text.prefix(40))…" : text
    if isWhole, Int32(text) == nil { throw Found(what: "is \(shown): a whole number from 0 to \(Int32.max) is needed") }
    guard Float(text)?.isFinite == true else { throw Found(what: "is \(shown): numbers are in the range of float32") }
  }

  /// Where the number ends that stands here; `nil` where none does.
  private var numberEnd: Int? {
    var end = place
    func has(_ mark: Character) -> Bool { end < bytes.count && bytes[end] == mark.asciiValue }
    func digits() -> Int {
      let start = end
      while end < bytes.count, (0x30...0x39).contains(bytes[end]) { end += 1 }
      return end - start
    }
    if has("-") { end += 1 }
    if has("0") { end += 1 } else if digits() == 0 { return nil }
    if has(".") {
      end += 1
      if digits() == 0 { return nil }
    }
    if has("e") || has("E") {
      end += 1
      if has("-") || has("+") { end += 1 }
      if digits() == 0 { return nil }
    }
    return end == bytes.count || Self.isMark(bytes[end]) ? end : nil
  }

  /// Whether the key that this value belongs to holds whole numbers.
  private var isWhole: Bool {
    for case .key(let key) in steps.reversed() { return whole.contains(key) }
    return false
  }

  /// Whether a word or number ends before this byte.
  private static func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","), UInt8(ascii: ":"),
      UInt8(ascii: "\""), 0x20, 0x09...0x0D:
      true
    default: false
    }
  }

  /// From here to the next mark of JSON, at most 40 characters.
  private func word() -> String {
    let end = bytes[place...].firstIndex(where: Self.isMark) ?? bytes.count
    let length = min(40, end - place)
    return String(decoding: bytes[place..<(place + length)], as: UTF8.self)
  }

  private func unexpected(_ wanted: String) -> Found {
    guard let byte = next else {
      return Found(what: "ends in the middle: an answer is one line (no indent), flushed as a whole")
    }
    return Found(what: "has '\(String(decoding: [byte], as: UTF8.self))' where \(wanted) should be")
  }
}
