internal import CJSONTape

/// A JSON parser whose memory is used again: simdjson, strictly by RFC 8259, no deeper than 500.
@usableFromInline
package struct JSONTape: ~Copyable {
  /// Bytes behind a text that must be readable.
  @usableFromInline package static let padding = takt_json_padding

  private let tape: OpaquePointer

  @usableFromInline package init() {
    guard let tape = takt_json_tape_create() else { fatalError("there is no memory for a JSON parser") }
    self.tape = tape
  }

  deinit { takt_json_tape_destroy(tape) }

  /// What `body` makes of the value that the text holds; `nil` where it is no JSON.
  ///
  /// Text with halves of surrogate pairs, or with a number beyond 64 bits, counts as none. ``padding`` bytes behind `text` must be readable;
  /// the element is good within `body` alone.
  @inlinable
  package func read<Result>(
    _ text: UnsafeBufferPointer<UInt8>, _ body: (JSONElement) throws -> Result?
  ) rethrows -> Result? {
    guard let element = element(text) else { return nil }
    return try body(element)
  }

  @usableFromInline
  func element(_ text: UnsafeBufferPointer<UInt8>) -> JSONElement? {
    guard let start = text.baseAddress, takt_json_tape_parse(tape, start, text.count) else { return nil }
    return JSONElement(words: takt_json_tape_words(tape), texts: takt_json_tape_texts(tape), place: 1, source: text)
  }
}
