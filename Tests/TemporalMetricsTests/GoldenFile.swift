import Foundation
import Testing

/// A JSON value of a golden line.
@dynamicMemberLookup
enum JSON: Sendable, Decodable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([String: JSON])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSON].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSON].self))
    }
  }

  subscript(dynamicMember key: String) -> JSON { self[key] }

  subscript(key: String) -> JSON {
    if case .object(let members) = self { members[key] ?? .null } else { .null }
  }

  subscript(index: Int) -> JSON { array[index] }

  /// A finite number, or one of the three that JSON cannot write and the files spell as strings.
  var number: Double? {
    switch self {
    case .number(let value): value
    case .string("NaN"): .nan
    case .string("Infinity"): .infinity
    case .string("-Infinity"): -.infinity
    default: nil
    }
  }

  var string: String? {
    if case .string(let value) = self { value } else { nil }
  }

  var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The truth value; records a failure where there is none.
  func flag() throws -> Bool {
    let value: Bool? = bool
    return try #require(value as Bool?)
  }

  var array: [JSON] {
    if case .array(let values) = self { values } else { [] }
  }

  var object: [String: JSON] {
    if case .object(let members) = self { members } else { [:] }
  }

  var isNull: Bool {
    if case .null = self { true } else { false }
  }

  var numbers: [Double] { array.compactMap(\.number) }
  var strings: [String] { array.compactMap(\.string) }
}

/// One line of a golden file: what an independent implementation answers for an input.
struct GoldenCase: Sendable, Decodable {
  var id: String?
  var fn: String
  var params: JSON
  var input: JSON
  var expected: JSON
  /// Largest difference allowed; 1e-9 where the line says nothing.
  var tol: Double?

  var tolerance: Double { tol ?? 1e-9 }

  /// Holds where `value` equals the expected number, an expected null standing for `nil` or NaN.
  func check(_ value: Double?, _ expected: JSON, _ what: String, location: SourceLocation = #_sourceLocation) {
    let name = "\(id ?? fn) \(what)"
    guard let target = expected.number, !target.isNaN else {
      let isNothing = expected.isNull || expected.number?.isNaN == true
      #expect(isNothing && value?.isNaN != false, "\(name): \(value ?? .nan) for \(expected)", sourceLocation: location)
      return
    }
    guard let value else {
      Issue.record("\(name): nothing for \(target)", sourceLocation: location)
      return
    }
    #expect(
      abs(value - target) <= tolerance * max(1, abs(target)), "\(name): \(value) for \(target)", sourceLocation: location)
  }
}

enum GoldenFile {
  /// The cases of a file beside the tests.
  static func cases(_ name: String) throws -> [GoldenCase] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
    return try cases(at: folder.appending(path: name))
  }

  /// The cases of a file of the folder that `TAKT_GOLDENS` names; `nil` where the variable is not set.
  static func externalCases(_ name: String) throws -> [GoldenCase]? {
    guard let folder = ProcessInfo.processInfo.environment["TAKT_GOLDENS"] else { return nil }
    return try cases(at: URL(filePath: folder).appending(path: name))
  }

  private static func cases(at url: URL) throws -> [GoldenCase] {
    let decoder = JSONDecoder()
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map {
      try decoder.decode(GoldenCase.self, from: Data($0.utf8))
    }
  }
}
