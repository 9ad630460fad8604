package import Foundation
import Timelines

extension JSONLines {
  /// The value that a line, or another piece of JSON, holds.
  ///
  /// Half of a surrogate pair that is written alone, such as `\\ud83d` where a text was cut in the middle of an emoji, is read as U+FFFD:
  /// Python's and JavaScript's writers leave such halves. A question may leave out what one of `forms` says of its task. Throws what `JSONDecoder` does for anything else that is wrong.
  package static func decode<Value: Decodable>(
    _ type: Value.Type, from line: Data, forms: QuestionForms = QuestionForms()
  ) throws -> Value {
    let decoder = JSONDecoder()
    decoder.userInfo = forms.userInfo
    do {
      return try decoder.decode(type, from: line)
    } catch {
      guard let mended = LoneSurrogates.replaced(in: line) else { throw error }
      return try decoder.decode(type, from: Data(mended))
    }
  }

  /// The one value of a file that is no list of lines.
  ///
  /// - Parameter what: what the file should be, such as *timeline*, for the message.
  /// Throws ``Failure`` where the file cannot be read or holds no such value.
  package static func object<Value: Decodable>(_ type: Value.Type, from file: URL, called what: String) throws -> Value {
    let path = file.path(percentEncoded: false)
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(file: path, line: nil, message: "cannot be read; check that it exists and is a readable file")
    }
    do {
      return try decode(type, from: data)
    } catch let refusal as Refusal {
      throw Failure(file: path, line: nil, message: refusal.description)
    } catch {
      throw Failure(file: path, line: nil, message: "is no \(what): \(message(for: error, in: data))")
    }
  }
}
