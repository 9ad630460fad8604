import Options
import Questions
import Rewards
import TemporalRewards
import Testing

@Suite("Every entry of the catalogue") struct CatalogTests {
  static let names = RewardCatalog.builtIn.names

  @Test("keeps the properties of a reward with its defaults", arguments: names)
  func properties(name: String) throws {
    let found = violations(of: try reward(name))
    #expect(found.isEmpty, "\(found.prefix(3).joined(separator: "; "))")
  }

  @Test("says what it is", arguments: names)
  func documentation(name: String) throws {
    let documentation = type(of: try reward(name)).documentation
    #expect(documentation.summary.hasSuffix("."))
    #expect(!documentation.formula.isEmpty && !documentation.degenerateCases.isEmpty && !documentation.source.isEmpty)
    #expect(!documentation.kinds.isEmpty)
  }

  @Test("refuses an option that it does not know, naming those it does", arguments: names)
  func strayOption(name: String) throws {
    let found = try issues(name, ["no-such-option": .number(1)])
    #expect(found.count == 1 && found[0].contains("no-such-option"))
  }

  @Test("refuses a number outside its range and a word outside its list", arguments: names)
  func badOptions(name: String) throws {
    var reader = OptionReader()
    _ = RewardCatalog.builtIn[name]?.init(options: &reader)
    for option in reader.descriptions where option.allowed != "text" {
      let found = try issues(name, [option.key: .text("no such value")])
      #expect(found.count == 1 && found[0].contains(option.key), "\(option.key): \(found)")
    }
  }

  @Test("describes each of its options", arguments: names)
  func optionHelp(name: String) throws {
    var reader = OptionReader()
    _ = RewardCatalog.builtIn[name]?.init(options: &reader)
    for option in reader.descriptions { #expect(!option.help.isEmpty, "\(option.key)") }
  }

  @Test(
    "keeps the properties with other options",
    arguments: [
      ("onset-error", ["form": OptionValue.Content.text("gaussian")]), ("onset-error", ["form": .text("linear")]),
      ("onset-error", ["form": .text("hit"), "scale": .number(3)]), ("interval-iou", ["references": .text("best-of")]),
      ("soft-f1", ["form": .text("min")]), ("soft-f1", ["form": .text("product")]), ("soft-f1", ["edge": .text("constant")]),
      ("soft-f1", ["edge": .text("nearest"), "form": .text("min")]), ("soft-f1", ["sigma": .number(2), "bin": .number(0.1)]),
      ("ordering", ["measure": .text("kendall")]), ("ordering", ["measure": .text("footrule")]),
      ("ordering", ["measure": .text("longest-run")]), ("ordering", ["measure": .text("exact")]),
      ("unreadable", ["charge-refusals": .flag(false)]), ("out-of-track", ["tolerance": .number(1)]),
    ])
  func variants(name: String, options: [String: OptionValue.Content]) throws {
    let found = violations(of: try reward(name, options))
    #expect(found.isEmpty, "\(found.prefix(3).joined(separator: "; "))")
  }
}
