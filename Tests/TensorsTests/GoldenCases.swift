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

  /// The cases of one function, at least one, of the copies beside the tests.
  ///
  /// With `others`, also those of the files of the same name, or with a suffix such as `_2`, in the folder that `TAKT_GOLDENS` names; what
  /// the tests of the algorithms check in double precision needs no second look there.
  static func cases(of function: String, file name: String = "rl_steps.jsonl", others: Bool = false) throws -> [GoldenCase] {
    let own = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden/\(name)")
    let files = [own] + (others ? Self.others(of: name) : [])
    let cases = try files.flatMap(read).filter { $0.fn == function }
    try #require(!cases.isEmpty, "no golden case of \(function)")
    return cases
  }

  private static func others(of name: String) -> [URL] {
    guard let folder = ProcessInfo.processInfo.environment["TAKT_GOLDENS"] else { return [] }
    let stem = name.replacingOccurrences(of: ".jsonl", with: "")
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
      .filter { $0 == name || ($0.hasPrefix(stem + "_") && $0.hasSuffix(".jsonl")) }
      .map { URL(fileURLWithPath: folder).appendingPathComponent($0) }
  }

  private static func read(_ file: URL) throws -> [GoldenCase] {
    try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { !$0.allSatisfy(\.isWhitespace) }
      .map { try JSONDecoder().decode(GoldenCase.self, from: Data($0.utf8)) }
  }

  /// Fails for a field other than these: a figure that the test does not look at must not pass.
  func knows(
    params: Set<String>, input: Set<String>, expected: Set<String>, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for (names, known) in [(self.params.keys, params), (self.input.keys, input), (self.expected.keys, expected)] {
      for name in names where !known.contains(name) {
        Issue.record("\(fn), \(source): this test does not know the field \(name)", sourceLocation: sourceLocation)
      }
    }
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
