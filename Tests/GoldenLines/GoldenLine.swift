import Foundation
public import Testing

/// One line of a golden file: what an independent implementation answers for an input.
///
/// `{"fn", "params", "input", "expected", "id"?, "source"?, "tol"?}`. A test that checks a line calls `finish`, which fails where a
/// parameter, an input or an expected value was never read: a line that a test understands only in part must not pass.
public struct GoldenLine: Sendable, CustomTestStringConvertible {
  public let fn: String
  /// The line's own id, or its file and number.
  public let id: String
  public let source: String?
  public let params: GoldenValue
  public let input: GoldenValue
  public let expected: GoldenValue
  /// Largest difference allowed, relative above 1; 1e-9 where the line says nothing.
  public let tolerance: Double

  /// A line from its text.
  public init(_ text: some StringProtocol, file: String = "line", number: Int = 1) throws {
    try self.init(try JSONDecoder().decode(JSON.self, from: Data(text.utf8)), file: file, number: number)
  }

  init(_ json: JSON, file: String, number: Int) throws {
    guard case .object(let members) = json, case .string(let fn)? = members["fn"] else {
      throw UnreadableLine(file: file, number: number, reason: "no object with \"fn\"")
    }
    let known: Set = ["fn", "id", "params", "input", "expected", "source", "tol", "note"]
    if let other = members.keys.sorted().first(where: { !known.contains($0) }) {
      throw UnreadableLine(file: file, number: number, reason: "the field \"\(other)\" is known to no test")
    }
    func value(_ key: String) -> GoldenValue { GoldenValue(json: members[key] ?? .null, path: key, reads: Reads()) }
    self.fn = fn
    if case .string(let id)? = members["id"] { self.id = id } else { id = "\(file):\(number)" }
    if case .string(let source)? = members["source"] { self.source = source } else { source = nil }
    (params, input, expected) = (value("params"), value("input"), value("expected"))
    tolerance = members["tol"]?.number ?? 1e-9
  }

  public var testDescription: String { "\(fn) \(id)" }

  /// Holds where `value` equals the expected number, an expected null standing for `nil` or NaN.
  public func check(_ value: Double?, _ expected: GoldenValue, _ what: String, location: SourceLocation = #_sourceLocation) {
    let name = "\(fn) \(id), \(what)"
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
      value == target || abs(value - target) <= tolerance * max(1, abs(target)), "\(name): \(value) for \(target)",
      sourceLocation: location)
  }

  /// Holds where the lists are of one length and equal number by number.
  public func check(_ values: [Double], _ expected: GoldenValue, _ what: String, location: SourceLocation = #_sourceLocation) {
    let targets = expected.array
    #expect(values.count == targets.count, "\(fn) \(id), \(what): length", sourceLocation: location)
    for (index, (value, target)) in zip(values, targets).enumerated() {
      check(value, target, "\(what) [\(index)]", location: location)
    }
  }

  /// The paths of what no test has read so far and must.
  public var unread: [String] {
    let parts = expected.readError ? [expected] : [params, input, expected]
    return parts.flatMap(\.unread).filter { !$0.hasSuffix(".note") }
  }

  /// Fails where something of the line was not read.
  ///
  /// Where an error was expected and seen, the parameters and inputs behind it need not have been reached.
  public func finish(location: SourceLocation = #_sourceLocation) {
    let unread = self.unread
    let more = unread.count > 5 ? " and \(unread.count - 5) more" : ""
    #expect(
      unread.isEmpty, "\(fn) \(id): the test does not use \(unread.prefix(5).joined(separator: ", "))\(more)",
      sourceLocation: location)
  }
}

struct UnreadableLine: Error, CustomStringConvertible {
  var file: String
  var number: Int
  var reason: String

  var description: String { "\(file), line \(number): \(reason)" }
}
