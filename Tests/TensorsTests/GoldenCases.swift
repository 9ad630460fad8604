import Foundation
import Testing

/// A case computed by another implementation: one line of `Golden/rl_steps.jsonl`.
struct GoldenCase: Decodable, Sendable, CustomTestStringConvertible {
  let fn: String
  let params: [String: JSONValue]
  let input: [String: JSONValue]
  let expected: [String: JSONValue]
  let source: String

  var testDescription: String { "\(fn), \(source)" }

  /// The cases of one function, at least one.
  static func cases(of function: String, file name: String = "rl_steps.jsonl") throws -> [GoldenCase] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden/\(name)")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    let cases = try lines.map { try JSONDecoder().decode(GoldenCase.self, from: Data($0.utf8)) }.filter { $0.fn == function }
    try #require(!cases.isEmpty, "no golden case of \(function)")
    return cases
  }
}

/// A JSON value: text, or nested lists of numbers.
enum JSONValue: Decodable, Sendable {
  case number(Double)
  case list([JSONValue])
  case text(String)
  case other

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let list = try? container.decode([JSONValue].self) {
      self = .list(list)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else {
      self = .other
    }
  }

  var text: String? {
    guard case .text(let text) = self else { return nil }
    return text
  }

  /// The items of a list.
  var items: [JSONValue] {
    guard case .list(let items) = self else { return [] }
    return items
  }

  /// Every number, in order.
  var numbers: [Double] {
    switch self {
    case .number(let number): [number]
    case .list(let items): items.flatMap(\.numbers)
    case .text, .other: []
    }
  }

  var floats: [Float] { numbers.map { Float($0) } }

  /// The sizes of regularly nested lists.
  var shape: [Int] {
    guard case .list(let items) = self else { return [] }
    return [items.count] + (items.first?.shape ?? [])
  }
}
