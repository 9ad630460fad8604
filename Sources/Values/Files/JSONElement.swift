/// A value on the tape of a ``JSONTape``: pointers, good within the call that handed it out.
///
/// What Foundation's decoder takes as this type is given as just that, to the last bit; where the two might differ, there is `nil`.
@usableFromInline
package struct JSONElement {
  @usableFromInline let words: UnsafePointer<UInt64>
  @usableFromInline let texts: UnsafePointer<UInt8>
  @usableFromInline let place: Int
  @usableFromInline let source: UnsafeBufferPointer<UInt8>

  @usableFromInline
  init(words: UnsafePointer<UInt64>, texts: UnsafePointer<UInt8>, place: Int, source: UnsafeBufferPointer<UInt8>) {
    self.words = words
    self.texts = texts
    self.place = place
    self.source = source
  }

  @inlinable var type: UInt8 { UInt8(truncatingIfNeeded: words[place] >> 56) }

  /// The place behind the value.
  @inlinable var end: Int {
    switch type {
    case UInt8(ascii: "{"), UInt8(ascii: "["): Int(words[place] & 0xFFFF_FFFF)
    case UInt8(ascii: "l"), UInt8(ascii: "u"), UInt8(ascii: "d"): place + 2
    default: place + 1
    }
  }

  @inlinable func at(_ place: Int) -> JSONElement { JSONElement(words: words, texts: texts, place: place, source: source) }

  @inlinable package var isNull: Bool { type == UInt8(ascii: "n") }

  @inlinable package var isList: Bool { type == UInt8(ascii: "[") }

  @inlinable package var isObject: Bool { type == UInt8(ascii: "{") }

  @inlinable package var bool: Bool? {
    switch type {
    case UInt8(ascii: "t"): true
    case UInt8(ascii: "f"): false
    default: nil
    }
  }

  /// A whole number without a fraction or an exponent, in 64 bits.
  @inlinable package var int: Int? { type == UInt8(ascii: "l") ? Int(truncatingIfNeeded: words[place + 1]) : nil }

  /// A number.
  ///
  /// Nothing stands on the tape of a `-0`, and of a number too small for 64 bits: 0 is `nil` where the text has either.
  @usableFromInline package var double: Double? {
    switch type {
    case UInt8(ascii: "l"):
      let value = Int64(bitPattern: words[place + 1])
      return value == 0 && sourceHolds("-0") ? nil : Double(value)
    case UInt8(ascii: "u"): return Double(words[place + 1])
    case UInt8(ascii: "d"):
      let value = Double(bitPattern: words[place + 1])
      if abs(value) >= .leastNormalMagnitude { return value }
      return value == 0 && !sourceHolds("e-") && !sourceHolds("E-") ? value : nil
    default: return nil
    }
  }

  private func sourceHolds(_ pair: StaticString) -> Bool {
    let (first, second) = (pair.utf8Start[0], pair.utf8Start[1])
    return source.indices.dropLast().contains { source[$0] == first && source[$0 + 1] == second }
  }

  @inlinable package var key: JSONKey? {
    guard type == UInt8(ascii: "\"") else { return nil }
    return unsafeKey
  }

  /// The bytes of a text.
  @inlinable var unsafeKey: JSONKey {
    let start = texts + Int(words[place] & 0x00FF_FFFF_FFFF_FFFF)
    let count = UnsafeRawPointer(start).loadUnaligned(as: UInt32.self)
    return JSONKey(utf8: UnsafeBufferPointer(start: start + 4, count: Int(count)))
  }

  @inlinable package var string: String? { key?.string }

  /// The values of a list; none where it is no list.
  @inlinable
  package func forEachValue(_ body: (JSONElement) throws -> Void) rethrows {
    guard isList else { return }
    var next = place + 1
    while true {
      let value = at(next)
      if value.type == UInt8(ascii: "]") { return }
      try body(value)
      next = value.end
    }
  }

  /// The members of an object, in the order of the text; none where it is no object.
  @inlinable
  package func forEachMember(_ body: (JSONKey, JSONElement) throws -> Void) rethrows {
    guard isObject else { return }
    var next = place + 1
    while true {
      let name = at(next)
      if name.type == UInt8(ascii: "}") { return }
      let value = at(next + 1)
      try body(name.unsafeKey, value)
      next = value.end
    }
  }

  /// The values of a list, each made by `body`; `nil` where this is no list, or `body` gives none.
  @inlinable
  package func list<Value>(_ body: (JSONElement) -> Value?) -> [Value]? {
    guard isList else { return nil }
    var values: [Value] = []
    // A count beyond 24 bits is cut off on the tape.
    values.reserveCapacity(Int((words[place] >> 32) & 0xFF_FFFF))
    var next = place + 1
    while true {
      let element = at(next)
      if element.type == UInt8(ascii: "]") { return values }
      guard let value = body(element) else { return nil }
      values.append(value)
      next = element.end
    }
  }
}

/// A text on a tape, such as the key of a member.
@usableFromInline
package struct JSONKey {
  @usableFromInline package let utf8: UnsafeBufferPointer<UInt8>

  @usableFromInline
  init(utf8: UnsafeBufferPointer<UInt8>) {
    self.utf8 = utf8
  }

  @inlinable package var string: String { String(decoding: utf8, as: UTF8.self) }

  /// For `switch key { case "id": … }`.
  @inlinable
  package static func ~= (name: StaticString, key: JSONKey) -> Bool {
    guard key.utf8.count == name.utf8CodeUnitCount else { return false }
    let start = name.utf8Start
    for index in 0..<key.utf8.count where key.utf8[index] != start[index] { return false }
    return true
  }
}
