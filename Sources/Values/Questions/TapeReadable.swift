public import Files
import Foundation

/// A value that is read off a parser's tape, many times as fast as by Foundation's decoder.
///
/// What is not quite usual is left to that decoder, which takes it or says what is wrong with it: so one place knows all forms and
/// faults, and this one need not.
@usableFromInline
package protocol TapeReadable: Decodable, Sendable {
  /// The value that the decoder would give; throws where it is not sure of it.
  init(tape element: JSONElement, forms: QuestionForms) throws
}

/// Reads values one after another with one parser.
@usableFromInline
package final class TapeReader {
  @usableFromInline let tape = JSONTape()
  @usableFromInline let forms: QuestionForms

  @usableFromInline package init(forms: QuestionForms = QuestionForms()) {
    self.forms = forms
  }

  /// As ``JSONLines/decode(_:from:forms:)``; ``JSONTape/padding`` bytes behind `line` must be readable.
  @inlinable
  package func decode<Value: TapeReadable>(_ type: Value.Type, from line: UnsafeBufferPointer<UInt8>) throws -> Value {
    if let value = tape.read(line, { try? Value(tape: $0, forms: forms) }) { return value }
    return try decoded(type, from: line)
  }

  /// By Foundation's decoder.
  @usableFromInline
  func decoded<Value: TapeReadable>(_ type: Value.Type, from line: UnsafeBufferPointer<UInt8>) throws -> Value {
    try JSONLines.decode(type, from: Data(buffer: line), forms: forms)
  }

  @usableFromInline
  static func refusal(_ error: any Error, of line: UnsafeBufferPointer<UInt8>) -> JSONLines.Refusal {
    error as? JSONLines.Refusal ?? JSONLines.Refusal(JSONLines.message(for: error, in: Data(buffer: line)))
  }

  /// The same of bytes behind which nothing may be read.
  @inlinable
  package func decode<Value: TapeReadable>(_ type: Value.Type, copying line: some Sequence<UInt8>) throws -> Value {
    var bytes = Array(line)
    let count = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: JSONTape.padding))
    return try bytes.withUnsafeBufferPointer { try decode(type, from: UnsafeBufferPointer(rebasing: $0[..<count])) }
  }

  /// The same, with the fault in words.
  @inlinable
  package func result<Value: TapeReadable>(
    _ type: Value.Type, from line: UnsafeBufferPointer<UInt8>
  ) -> Result<Value, JSONLines.Refusal> {
    do {
      return .success(try decode(type, from: line))
    } catch {
      return .failure(Self.refusal(error, of: line))
    }
  }
}
