import Foundation
import Options
import Rewards
import TemporalRewards
import Testing

@Suite("rewards/README.md") struct GuideTests {
  static func guide() throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    // A link to this folder leads to the same guide.
    let file = root.resolvingSymlinksInPath().appendingPathComponent("rewards/README.md")
    return try String(contentsOf: file, encoding: .utf8)
  }

  @Test("lists every reward with its formula and the defaults of its options", arguments: RewardCatalog.builtIn.names)
  func lists(name: String) throws {
    let type = try #require(RewardCatalog.builtIn[name])
    let line = try #require(try Self.guide().split(separator: "\n").first { $0.hasPrefix("| `\(name)` |") })
    let text = line.replacingOccurrences(of: "\\|", with: "|")
    #expect(text.contains(type.documentation.formula))
    for form in type.documentation.forms { #expect(text.contains("`\(form.option)` \(form.name): \(form.formula)"), "\(form)") }
    #expect(text.contains(type.documentation.summary))
    var reader = OptionReader()
    _ = type.init(options: &reader)
    for option in reader.descriptions { #expect(text.contains("`\(option.key)` \(option.fallback)"), "\(option.key)") }
  }
}
