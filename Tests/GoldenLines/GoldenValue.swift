import Synchronization
public import Testing

/// A JSON value of a golden line, which remembers what a test read of it: what no test reads, no test can get wrong.
@dynamicMemberLookup
public struct GoldenValue: Sendable, CustomStringConvertible {
  let json: JSON
  let path: String
  let reads: Reads

  public subscript(dynamicMember key: String) -> GoldenValue { self[key] }

  public subscript(key: String) -> GoldenValue {
    guard case .object(let members) = json else { return child(.null, key) }
    return child(members[key] ?? .null, key)
  }

  public subscript(index: Int) -> GoldenValue {
    guard case .array(let values) = json, values.indices.contains(index) else { return child(.null, "\(index)") }
    return child(values[index], "\(index)")
  }

  private func child(_ json: JSON, _ key: String) -> GoldenValue {
    GoldenValue(json: json, path: "\(path).\(key)", reads: reads)
  }

  /// A finite number, or one of the three that JSON cannot write and the files spell as strings.
  public var number: Double? {
    if isNull { return nil }
    guard let value = json.number else { return nil }
    reads.insert(path)
    return value
  }

  public var string: String? {
    if isNull { return nil }
    guard case .string(let value) = json else { return nil }
    reads.insert(path)
    return value
  }

  public var bool: Bool? {
    if isNull { return nil }
    guard case .bool(let value) = json else { return nil }
    reads.insert(path)
    return value
  }

  /// The truth value; fails where there is none.
  public func flag() throws -> Bool {
    let value: Bool? = bool
    return try #require(value as Bool?)
  }

  /// A null was read by this; anything else was only asked what it is.
  public var isNull: Bool {
    guard case .null = json else { return false }
    reads.insert(path)
    return true
  }

  public var array: [GoldenValue] {
    if isNull { return [] }
    guard case .array(let values) = json else { return [] }
    if values.isEmpty { reads.insert(path) }
    return values.enumerated().map { child($1, "\($0)") }
  }

  public var object: [String: GoldenValue] {
    if isNull { return [:] }
    guard case .object(let members) = json else { return [:] }
    if members.isEmpty { reads.insert(path) }
    return Dictionary(uniqueKeysWithValues: members.map { ($0, child($1, $0)) })
  }

  /// The numbers of a list; what is not a number stays unread, and the line fails for it.
  public var numbers: [Double] { array.compactMap(\.number) }
  public var strings: [String] { array.compactMap(\.string) }
  public var bools: [Bool] { array.compactMap(\.bool) }
  /// The numbers of a list, `nil` where the list has null.
  public var optionalNumbers: [Double?] { array.map(\.number) }
  /// Rows of numbers.
  public var matrix: [[Double]] { array.map(\.numbers) }

  public var description: String { json.description }

  /// The leaves below here that nobody read, as paths.
  var unread: [String] {
    if case .object(let members) = json, members.isEmpty { return [] }
    return json.leaves(path).filter { !reads.contains($0) }
  }

  /// Whether an error was expected here, under whatever key, and a test read it.
  var readError: Bool { json.leaves(path).contains { $0.hasSuffix(".error") && reads.contains($0) } }

  /// Fails where the value is not one of those that the test computes for: a description of a variant, or a constant of the other side.
  public func expect(_ values: GoldenConstant..., location: SourceLocation = #_sourceLocation) {
    let holds = values.contains { value in
      switch value {
      case .text(let text): string == text
      case .number(let known): number == known
      case .flag(let known): bool == known
      case .absent: isNull
      }
    }
    #expect(holds, "\(path) is \(self): no test computes that", sourceLocation: location)
  }
}

/// The paths that were read of one line.
final class Reads: Sendable {
  private let paths = Mutex<Set<String>>([])

  func insert(_ path: String) { _ = paths.withLock { $0.insert(path) } }
  func contains(_ path: String) -> Bool { paths.withLock { $0.contains(path) } }
}

/// What stands in the file, numbers to the last bit: JSONDecoder reads them exactly, JSONSerialization on Linux does not.
enum JSON: Sendable, Decodable, CustomStringConvertible {
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

  var number: Double? {
    switch self {
    case .number(let value): value
    case .string("NaN"): .nan
    case .string("Infinity"), .string("inf"): .infinity
    case .string("-Infinity"), .string("-inf"): -.infinity
    default: nil
    }
  }

  var description: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let value): "\(value)"
    case .string(let value): "\"\(value)\""
    case .array(let values): "[\(values.map(\.description).joined(separator: ", "))]"
    case .object(let members): "{\(members.sorted { $0.key < $1.key }.map { "\($0): \($1)" }.joined(separator: ", "))}"
    }
  }

  /// Paths of the scalars and empty containers at and below `path`.
  func leaves(_ path: String) -> [String] {
    switch self {
    case .array(let values) where !values.isEmpty: values.enumerated().flatMap { $1.leaves("\(path).\($0)") }
    case .object(let members) where !members.isEmpty: members.flatMap { $1.leaves("\(path).\($0)") }.sorted()
    default: [path]
    }
  }
}

/// What a parameter must be for a test to apply.
public enum GoldenConstant: Sendable, ExpressibleByStringLiteral, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral
{
  case text(String)
  case number(Double)
  case flag(Bool)
  case absent

  public init(stringLiteral value: String) { self = .text(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
  public init(booleanLiteral value: Bool) { self = .flag(value) }
}
