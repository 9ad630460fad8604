import Foundation
import Testing

/// The code that the guides show is the code that is compiled.
struct GuideTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")

  @Test func writingAPolicyShowsItsFiles() throws {
    let guide = try String(contentsOf: Self.root.appendingPathComponent("docs/writing-a-policy.md"), encoding: .utf8)
    let sections = guide.components(separatedBy: "<!-- file: ").dropFirst()
    #expect(sections.count == 5)
    for section in sections {
      let path = try #require(section.components(separatedBy: " -->").first)
      let parts = section.components(separatedBy: "```")
      try #require(parts.count >= 3, "\(path) is not followed by a block of code")
      let source = try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
      #expect(parts[1] == "swift\n" + source, "docs/writing-a-policy.md and \(path) differ: copy the file into the guide")
    }
  }
}
