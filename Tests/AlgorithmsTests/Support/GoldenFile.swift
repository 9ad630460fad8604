import Foundation
import Testing

/// A line of a golden file.
protocol GoldenLine: Sendable {
  var file: String { get }
  var line: Int { get }
  var record: JSON { get }
  /// Keys at the top that say what the line is, not what is computed.
  static var labels: Set<String> { get }
}

extension GoldenLine {
  /// Fails for every field that no test has read: a figure that is not looked at must not pass.
  func settle(sourceLocation: SourceLocation = #_sourceLocation) {
    for key in record.keys where !Self.labels.contains(key) {
      for path in record[key].unread {
        Issue.record("line \(line) of \(file): this test does not know the field \(path)", sourceLocation: sourceLocation)
      }
    }
  }

  /// Fails for a word that the test does not know.
  func unknown(_ value: JSON, sourceLocation: SourceLocation = #_sourceLocation) {
    Issue.record(
      "line \(line) of \(file): this test does not know \(value.path) '\(value.text)'", sourceLocation: sourceLocation)
  }
}

/// One line of `rl_steps.jsonl`: what a toolkit's own code computed.
struct GoldenStep: GoldenLine, CustomTestStringConvertible {
  let file: String
  let line: Int
  let record: JSON
  static let labels: Set = ["fn", "source"]

  var function: String { record["fn"].text }
  var params: JSON { record["params"] }
  var input: JSON { record["input"] }
  var expected: JSON { record["expected"] }

  var testDescription: String { "\(function), line \(line) of \(file)" }
}

/// One line of `profile_misses.jsonl`: what a toolkit computed where a named profile once gave another figure.
struct ProfileCase: GoldenLine, CustomTestStringConvertible {
  let file: String
  let line: Int
  let record: JSON
  static let labels: Set = ["tag"]

  var tag: String { record["tag"].text }
  var operation: String { record["case"]["op"].text }
  var input: JSON { record["case"] }
  var expected: JSON { record["expected"] }

  var testDescription: String { "\(tag), line \(line) of \(file)" }
}

/// The golden files beside the tests, and those of the same names, or with a suffix such as `_2`, in the folder that `TAKT_GOLDENS` names.
enum GoldenFile {
  static let own = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Golden")
    .path
  static let folders: [String] = [own] + [ProcessInfo.processInfo.environment["TAKT_GOLDENS"]].compactMap { $0 }

  /// Places of lines that are not JSON.
  static let unreadable: [String] = ["rl_steps", "profile_misses", "profile_defaults"].flatMap(lines)
    .filter { $0.record == nil }.map { "line \($0.line) of \($0.file)" }

  static let steps: [GoldenStep] = lines(of: "rl_steps").compactMap { line in
    line.record.map { GoldenStep(file: line.file, line: line.line, record: $0) }
  }

  static let profileCases: [ProfileCase] = lines(of: "profile_misses").compactMap { line in
    line.record.map { ProfileCase(file: line.file, line: line.line, record: $0) }
  }

  static let defaults: [ProfileDefault] = lines(of: "profile_defaults").compactMap { line in
    line.record.map { ProfileDefault(file: line.file, line: line.line, record: $0) }
  }

  static func steps(_ functions: String...) -> [GoldenStep] { steps.filter { functions.contains($0.function) } }

  /// `rl_upstream.json` of each folder.
  static let upstream: [JSON] = folders.compactMap { folder in
    FileManager.default.contents(atPath: "\(folder)/rl_upstream.json").flatMap { try? JSON(decoding: $0) }
  }

  private static func lines(of name: String) -> [(file: String, line: Int, record: JSON?)] {
    folders.flatMap { folder -> [(file: String, line: Int, record: JSON?)] in
      let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted().filter { file in
        file == "\(name).jsonl" || (file.hasPrefix("\(name)_") && file.hasSuffix(".jsonl"))
      }
      return files.flatMap { file -> [(file: String, line: Int, record: JSON?)] in
        let text = (try? String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)) ?? ""
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
          line.allSatisfy(\.isWhitespace)
            ? nil : (file: "\(folder)/\(file)", line: index + 1, record: try? JSON(decoding: Data(line.utf8)))
        }
      }
    }
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
