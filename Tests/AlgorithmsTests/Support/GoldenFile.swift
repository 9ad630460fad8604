import Foundation
import Testing

/// A value of a golden file.
struct JSON: @unchecked Sendable {
  // JSONSerialization's values are immutable.
  let value: Any?

  subscript(key: String) -> JSON { JSON(value: (value as? [String: Any])?[key]) }

  var isNull: Bool { value == nil || value is NSNull }
  var double: Double { (value as? NSNumber)?.doubleValue ?? .nan }
  var optional: Double? { isNull ? nil : double }
  var int: Int { (value as? NSNumber)?.intValue ?? .min }
  var bool: Bool { (value as? NSNumber)?.boolValue ?? false }
  var text: String { value as? String ?? "" }
  var list: [JSON] { (value as? [Any] ?? []).map { JSON(value: $0) } }
  var doubles: [Double] { list.map(\.double) }
  var ints: [Int] { list.map(\.int) }
  var optionals: [Double?] { list.map(\.optional) }
  var matrix: [[Double]] { list.map(\.doubles) }
  var keys: [String] { ((value as? [String: Any]) ?? [:]).keys.sorted() }
}

/// One line of `rl_steps.jsonl`: what a toolkit's own code computed.
struct GoldenStep: Sendable, CustomTestStringConvertible {
  let file: String
  let line: Int
  let function: String
  let params: JSON
  let input: JSON
  let expected: JSON

  var testDescription: String { "\(function), line \(line) of \(file)" }
}

enum GoldenFile {
  /// The copies beside the tests, and the folder that `TAKT_GOLDENS` names where that holds files of the same names.
  static let folders: [String] =
    [URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Golden").path]
    + [ProcessInfo.processInfo.environment["TAKT_GOLDENS"]].compactMap { $0 }

  static let steps: [GoldenStep] = folders.flatMap { folder -> [GoldenStep] in
    let path = "\(folder)/rl_steps.jsonl"
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").enumerated().map { index, line in
      let json = JSON(value: try? JSONSerialization.jsonObject(with: Data(line.utf8)))
      return GoldenStep(
        file: path, line: index + 1, function: json["fn"].text, params: json["params"], input: json["input"],
        expected: json["expected"])
    }
  }

  static func steps(_ functions: String...) -> [GoldenStep] { steps.filter { functions.contains($0.function) } }

  /// `rl_upstream.json` of each folder.
  static let upstream: [JSON] = folders.compactMap { folder in
    FileManager.default.contents(atPath: "\(folder)/rl_upstream.json")
      .map { JSON(value: try? JSONSerialization.jsonObject(with: $0)) }
  }
}

/// |a − b| ≤ tolerance · max(1, |b|), for each pair.
func expectClose(
  _ actual: [Double], _ expected: [Double], _ tolerance: Double = 1e-9, _ note: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(actual.count == expected.count, "\(note)", sourceLocation: sourceLocation)
  for (index, (a, b)) in zip(actual, expected).enumerated() where !((a - b).magnitude <= tolerance * max(1, b.magnitude)) {
    Issue.record("\(note) [\(index)]: \(a) against \(b)", sourceLocation: sourceLocation)
  }
}

func expectClose(
  _ actual: Double, _ expected: Double, _ tolerance: Double = 1e-9, _ note: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  expectClose([actual], [expected], tolerance, note, sourceLocation: sourceLocation)
}
