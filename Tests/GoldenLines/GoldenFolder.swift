import Foundation

/// A folder of golden files: a test target's own, and the one that `TAKT_GOLDENS` names.
///
/// A file belongs to the tests of a stem where it is `stem.jsonl` or `stem_<number>.jsonl`, such as `rl_steps_2.jsonl`; any other file is
/// left alone, and a folder may hold any of them or none.
public struct GoldenFolder: Sendable {
  public let path: String

  public init(path: String) { self.path = path }

  /// The folder `Golden` beside the calling test.
  public static func own(_ file: String = #filePath) -> GoldenFolder {
    GoldenFolder(path: URL(filePath: file).deletingLastPathComponent().appending(path: "Golden").path)
  }

  /// The folder that `TAKT_GOLDENS` names, if it is set.
  public static var external: GoldenFolder? {
    ProcessInfo.processInfo.environment["TAKT_GOLDENS"].map(GoldenFolder.init(path:))
  }

  /// The calling test's own folder and the external one.
  public static func all(_ file: String = #filePath) -> [GoldenFolder] { [own(file)] + [external].compactMap { $0 } }

  /// The names of the files of a stem, sorted.
  public func files(_ stem: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).filter { name in
      guard name.hasPrefix(stem), name.hasSuffix(".jsonl") else { return false }
      let suffix = name.dropFirst(stem.count).dropLast(".jsonl".count)
      return suffix.isEmpty || suffix.wholeMatch(of: /_[0-9]+/) != nil
    }.sorted()
  }

  /// The text of each line that is not blank, with its number.
  public func text(of file: String) throws -> [(number: Int, line: Substring)] {
    let text = try String(contentsOfFile: "\(path)/\(file)", encoding: .utf8)
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .filter { !$1.allSatisfy(\.isWhitespace) }.map { ($0 + 1, $1) }
  }

  /// The lines of every file of a stem.
  public func lines(_ stem: String) throws -> [GoldenLine] {
    try files(stem).flatMap { file in
      try text(of: file).map { number, line in try GoldenLine(line, file: file, number: number) }
    }
  }
}
