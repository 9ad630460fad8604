import Foundation

/// Where a text stops being JSON, and what stands there.
struct JSONFault {
  /// Such as `completions[0][3].log_probabilities[2]`; empty for the whole.
  let path: String
  /// Such as *is NaN*.
  let what: String

  var description: String { path.isEmpty ? "the answer \(what)" : "\(path) \(what)" }

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
    case UInt8(ascii: "\""): _ = try string()
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
        steps.append(.key(try string()))
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

  private mutating func string() throws(Found) -> String {
    let start = place + 1
    place = start
    while let byte = next, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw Found(what: "holds the control character \(byte): write it as an escape") }
      place += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    guard place < bytes.count else { throw Found(what: "ends in the middle of a text") }
    place += 1
    return String(decoding: bytes[start..<(place - 1)].prefix(80), as: UTF8.self)
  }

  private mutating func atom() throws(Found) {
    let start = place
    let text = word()
    place = start + text.utf8.count
    if ["true", "false", "null"].contains(text) { return }
    if ["NaN", "Infinity", "-Infinity"].contains(text) {
      throw Found(
        what: "is \(text), which Python's json writes bare and JSON does not have: refuse the call with code non-finite instead"
      )
    }
    let isNumber = text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/) != nil
    guard isNumber else { throw Found(what: text.isEmpty ? "is missing" : "is '\(text)', which is no JSON") }
    if isWhole, Int32(text) == nil { throw Found(what: "is \(text): a whole number from 0 to \(Int32.max) is needed") }
    guard Float(text)?.isFinite == true else { throw Found(what: "is \(text): numbers are in the range of float32") }
  }

  /// Whether the key that this value belongs to holds whole numbers.
  private var isWhole: Bool {
    for case .key(let key) in steps.reversed() { return whole.contains(key) }
    return false
  }

  /// From here to the next mark of JSON, at most 40 characters.
  private func word() -> String {
    let ends = Set("{}[],:\" \t\r\n".utf8)
    let end = bytes[place...].firstIndex { ends.contains($0) } ?? bytes.count
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
