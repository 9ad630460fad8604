public import Foundation

extension JSONLines {
  /// The value that a line, or another piece of JSON, holds.
  ///
  /// Half of a surrogate pair that is written alone, such as `\\ud83d` where a text was cut in the middle of an emoji, is read as U+FFFD:
  /// Python's and JavaScript's writers leave such halves. Throws what `JSONDecoder` does for anything else that is wrong.
  public static func decode<Value: Decodable>(_ type: Value.Type, from line: Data) throws -> Value {
    do {
      return try JSONDecoder().decode(type, from: line)
    } catch {
      guard let mended = withoutLoneSurrogates(line) else { throw error }
      return try JSONDecoder().decode(type, from: mended)
    }
  }

  /// The one value of a file that is no list of lines.
  ///
  /// - Parameter what: what the file should be, such as *timeline*, for the message.
  /// Throws ``Failure`` where the file cannot be read or holds no such value.
  public static func object<Value: Decodable>(_ type: Value.Type, from file: URL, called what: String) throws -> Value {
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

  /// The text with U+FFFD for each escape of a surrogate without its other half; `nil` where there is none.
  static func withoutLoneSurrogates(_ text: Data) -> Data? {
    var bytes = Array(text)
    var isChanged = false
    var place = 0
    while place < bytes.count {
      guard bytes[place] == UInt8(ascii: "\\") else {
        place += 1
        continue
      }
      guard let unit = escapedUnit(bytes, at: place) else {
        place += 2
        continue
      }
      if (0xD800..<0xDC00).contains(unit), let next = escapedUnit(bytes, at: place + 6), (0xDC00..<0xE000).contains(next) {
        place += 12
        continue
      }
      if (0xD800..<0xE000).contains(unit) {
        bytes.replaceSubrange(place + 2..<place + 6, with: "fffd".utf8)
        isChanged = true
      }
      place += 6
    }
    return isChanged ? Data(bytes) : nil
  }

  /// The number of an escape `\\uXXXX`.
  private static func escapedUnit(_ bytes: [UInt8], at place: Int) -> UInt32? {
    guard place + 6 <= bytes.count, bytes[place] == UInt8(ascii: "\\"), bytes[place + 1] == UInt8(ascii: "u") else {
      return nil
    }
    return UInt32(String(decoding: bytes[place + 2..<place + 6], as: UTF8.self), radix: 16)
  }
}
