package import Foundation
import Timelines

extension JSONLines {
  /// What is wrong with a value that could not be decoded, in words.
  package static func message(for error: any Error, in line: Data) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    switch error {
    case .keyNotFound(let key, let context): return "the key '\(key.stringValue)' is missing\(place(context))"
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      return "\(name(of: type)) expected\(place(context))\(seen(at: context.codingPath, in: line))"
    case .dataCorrupted(let context):
      // Foundation gives no other sign on Linux.
      let isWholeLine =
        context.underlyingError != nil || context.debugDescription.hasPrefix("The given data was not valid JSON")
      guard isWholeLine else { return context.debugDescription + place(context) }
      return layout(of: line) ?? oddNumber(in: line) ?? "is no JSON object: \(fault(of: line))"
    @unknown default: return "\(error)"
    }
  }

  /// What a type is called in JSON.
  private static func name(of type: any Any.Type) -> String {
    switch type {
    case is String.Type: "a string"
    case is Double.Type, is Int.Type: "a number"
    case is Bool.Type: "true or false"
    case is [Any].Type: "an array"
    case is [String: Any].Type: "an object in braces"
    default: "\(type)"
    }
  }

  /// Why a line is no JSON.
  private static func fault(of line: Data) -> String {
    guard String(validating: line, as: UTF8.self) != nil else {
      return "it holds bytes that are not UTF-8; write the file in UTF-8"
    }
    do {
      _ = try JSONSerialization.jsonObject(with: line)
    } catch {
      if let detail = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String { return detail }
    }
    let end = String(decoding: line.suffix(24), as: UTF8.self)
    return "it ends with “\(end)”; check quotes, braces, escapes and that the line was not cut off"
  }

  /// Which number is none of JSON's, or may not be the whole one that is wanted; `nil` where that is not what is wrong.
  private static func oddNumber(in line: Data) -> String? {
    guard let value = try? JSONSerialization.jsonObject(with: line) else {
      // Python's json writes these.
      guard let found = String(decoding: line, as: UTF8.self).firstMatch(of: /[:\[,]\s*(-?(?:NaN|Infinity))\s*[,\]}]/) else {
        return nil
      }
      return "is no JSON object: it holds \(found.output.1), which is no number of JSON; write null, or leave the key out"
    }
    // Foundation does not say on Linux which number it could not take for a whole one.
    let odd = oddNumbers(of: value, at: "")
    guard !odd.isEmpty else { return nil }
    return "holds a number with a fraction, or of too many digits, where a whole one is expected: "
      + odd.prefix(3).joined(separator: " or ") + (odd.count > 3 ? " or another of \(odd.count)" : "")
  }

  /// The numbers of a value that are not whole or beyond 64 bits, as `'a.b[2]' is 1.5`.
  private static func oddNumbers(of value: Any, at place: String) -> [String] {
    switch value {
    case let number as NSNumber:
      let isOdd =
        !isTruthValue(number) && !(number.doubleValue == number.doubleValue.rounded() && abs(number.doubleValue) < 0x1p63)
      return isOdd ? ["'\(place)' is \(number)"] : []
    case let list as [Any]: return list.indices.flatMap { oddNumbers(of: list[$0], at: "\(place)[\($0)]") }
    case let object as [String: Any]:
      return object.keys.sorted().flatMap { oddNumbers(of: object[$0] as Any, at: place.isEmpty ? $0 : "\(place).\($0)") }
    default: return []
    }
  }

  /// Where a file is JSON, but not a line each, how to make it so.
  private static func layout(of line: Data) -> String? {
    let text = line.filter { !isBlank($0) }
    guard text == Data("[".utf8) || text == Data("[{".utf8) || text == Data("{".utf8) else { return nil }
    return text.first == UInt8(ascii: "[")
      ? "begins a JSON array, and one JSON object a line is expected: jq -c '.[]' FILE writes it so"
      : "is no JSON object: it is not closed on this line, and one JSON object a line is expected; jq -c . FILE writes it so"
  }

  /// `a.b[2].c`, quoted.
  private static func place(_ context: DecodingError.Context) -> String {
    var path = ""
    for key in context.codingPath {
      if let index = key.intValue {
        path += "[\(index)]"
      } else {
        path += (path.isEmpty ? "" : ".") + key.stringValue
      }
    }
    return path.isEmpty ? "" : " at '\(path)'"
  }

  /// The value at a place, for a message; empty where it cannot be found.
  private static func seen(at path: [any CodingKey], in line: Data) -> String {
    guard var value = try? JSONSerialization.jsonObject(with: line, options: .fragmentsAllowed) else { return "" }
    for key in path {
      if let index = key.intValue, let list = value as? [Any], list.indices.contains(index) {
        value = list[index]
      } else if let object = value as? [String: Any], let inner = object[key.stringValue] {
        value = inner
      } else {
        return ""
      }
    }
    switch value {
    case is NSNull: return ", not null"
    case let text as String: return ", not the text '\(text.shown)'"
    case let number as NSNumber:
      let isBool = isTruthValue(number)
      return isBool ? ", not \(number.boolValue)" : ", not the number \(number)"
    case is [Any]: return ", not an array"
    default: return ", not an object in braces"
    }
  }

  /// Whether a number of `JSONSerialization` was written `true` or `false`.
  private static func isTruthValue(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}
