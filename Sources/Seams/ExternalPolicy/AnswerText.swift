import Foundation
import Timelines

/// A line that answers a call, as JSON.
struct AnswerText {
  let line: Data
  /// The version of the messages that is spoken.
  var version = 1

  /// Decodes the line; `Complaint` says in words what is wrong with it.
  func decoded<Value: Decodable>(_ type: Value.Type) throws(Complaint) -> Value {
    if let count = Self.values(in: line) {
      throw Complaint("the answer holds \(count) values, more than \(InputLimit.policyValues)")
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    decoder.userInfo[.policyMessages] = version
    do {
      return try decoder.decode(type, from: line)
    } catch {
      if let fault = JSONFault(in: line, whole: ["id", "protocol", "policy", "tokens", "text_offsets"]) {
        throw Complaint(fault.description)
      }
      // JSON otherwise: half of a character is the one thing that only the decoder refuses.
      if let mended = LoneSurrogates.replaced(in: line), let value = try? decoder.decode(type, from: Data(mended)) {
        return value
      }
      throw Complaint(error)
    }
  }

  /// How many values a line holds where they are more than a decoder has room for: it takes some fifty bytes for each of them, so a line of
  /// small ones becomes twenty-five times as large.
  private static func values(in line: Data) -> Int? {
    guard line.count / 2 >= InputLimit.policyValues else { return nil }
    let count = line.withUnsafeBytes { bytes in
      var (count, place, isText) = (1, 0, false)
      while place < bytes.count {
        switch bytes[place] {
        case UInt8(ascii: "\""): isText.toggle()
        case UInt8(ascii: "\\"): place += 1
        case UInt8(ascii: ",") where !isText: count += 1
        default: break
        }
        place += 1
      }
      return count
    }
    return count > InputLimit.policyValues ? count : nil
  }

  /// What is wrong with an answer.
  struct Complaint: Error {
    let text: String

    init(_ text: String) { self.text = text }

    init(_ error: any Error) {
      switch error as? DecodingError {
      case .keyNotFound(let key, let context):
        let place = Self.path(context.codingPath)
        text = "\(place) has no '\(Self.snake(key.stringValue))'"
      case .valueNotFound(_, let context): text = "\(Self.path(context.codingPath)) is null"
      case .typeMismatch(let type, let context):
        text = "\(Self.path(context.codingPath)) is not \(Self.words(for: type))"
      case .dataCorrupted(let context) where !context.codingPath.isEmpty:
        text = "\(Self.path(context.codingPath)): \(context.debugDescription)"
      case .dataCorrupted(let context): text = context.debugDescription
      default: text = "\(error)"
      }
    }

    private static func words(for type: any Any.Type) -> String {
      switch type {
      case is String.Type: "a text"
      case is Bool.Type: "true or false"
      case is any BinaryInteger.Type: "a whole number"
      case is any BinaryFloatingPoint.Type: "a number"
      case is [String: Any].Type: "an object"
      default: "\(type)".hasPrefix("Array") ? "a list" : "a \(type)"
      }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
      guard !keys.isEmpty else { return "the answer" }
      return keys.reduce("") { text, key in
        if let index = key.intValue { return "\(text)[\(index)]" }
        return text.isEmpty ? snake(key.stringValue) : "\(text).\(snake(key.stringValue))"
      }
    }

    private static func snake(_ key: String) -> String {
      key.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
    }
  }
}
