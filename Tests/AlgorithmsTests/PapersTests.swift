import Algorithms
import Foundation
import Testing

/// `docs/papers.md` and the catalogue name the same algorithms, and its files exist.
struct PapersTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test func everyAlgorithmHasItsPaperAndFile() throws {
    let text = try String(contentsOf: Self.root.appending(path: "docs/papers.md"), encoding: .utf8)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| ") }.map { row in
      row.split(separator: "|").map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " `")) }
    }
    let files = rows.filter { $0.count == 3 && $0[2].hasSuffix(".swift") }
    let named = Set(files.filter { !$0[2].contains("/") }.map { $0[0] })
    #expect(named.isSuperset(of: AlgorithmFixture.names))
    for row in files {
      for file in row[2].components(separatedBy: "`, `") {
        let path = Self.root.appending(path: file.hasPrefix("Sources/") ? file : "Sources/Seams/Algorithms/\(file)").path
        #expect(FileManager.default.fileExists(atPath: path), "\(file)")
      }
    }
  }

  /// One page an algorithm, its documentation included.
  @Test func algorithmsStayShort() throws {
    let folder = Self.root.appending(path: "Sources/Seams/Algorithms")
    var seen = 0
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where file.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      guard text.contains(": ComposedAlgorithm {") else { continue }
      seen += 1
      #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 120, "\(file)")
    }
    #expect(seen == AlgorithmFixture.names.count)
  }
}
