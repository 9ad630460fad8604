package import Files
import Foundation

/// A value that is read off a parser's tape, many times as fast as by Foundation's decoder.
///
/// What is not quite usual is left to that decoder, which takes it or says what is wrong with it: so one place knows all forms and
/// faults, and this one need not.
package protocol TapeReadable: Decodable, Sendable {
  /// The value that the decoder would give; throws where it is not sure of it.
  init(tape element: JSONElement, forms: QuestionForms) throws
}

/// Reads values one after another with one parser.
package struct TapeReader: ~Copyable {
  private let tape = JSONTape()
  private let forms: QuestionForms

  package init(forms: QuestionForms = QuestionForms()) {
    self.forms = forms
  }

  /// As ``JSONLines/decode(_:from:forms:)``; ``JSONTape/padding`` bytes behind `line` must be readable.
  package func decode<Value: TapeReadable>(_ type: Value.Type, from line: UnsafeBufferPointer<UInt8>) throws -> Value {
    if let value = tape.read(line, { try? Value(tape: $0, forms: forms) }) { return value }
    return try JSONLines.decode(type, from: Data(buffer: line), forms: forms)
  }

  /// The same, with the fault in words.
  func result<Value: TapeReadable>(
    _ type: Value.Type, from line: UnsafeBufferPointer<UInt8>
  ) -> Result<Value, JSONLines.Refusal> {
    do {
      return .success(try decode(type, from: line))
    } catch let refusal as JSONLines.Refusal {
      return .failure(refusal)
    } catch {
      return .failure(.init(JSONLines.message(for: error, in: Data(buffer: line))))
    }
  }
}
