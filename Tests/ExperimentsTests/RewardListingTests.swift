import Foundation
import Options
import Rewards
import TemporalRewards
import Testing

@testable import CommandTexts

@Suite("takt rewards") struct RewardListingTests {
  @Test("lists every reward with its options")
  func list() throws {
    let list = try Catalogues().rewards()
    for name in RewardCatalog.builtIn.names { #expect(list.contains("\n  \(name) ")) }
    for family in RewardFamily.allCases { #expect(list.contains("\(family.rawValue)\n")) }
    #expect(list.contains("options: form laplace, scale 15\n"))
  }

  @Test("shows formula, options, range and a plot of each", arguments: RewardCatalog.builtIn.names)
  func manual(name: String) throws {
    let manual = try Catalogues().rewards(name)
    let type = try #require(RewardCatalog.builtIn[name])
    #expect(manual.contains(type.documentation.formula) && manual.contains("Range: "))
    var options = OptionReader()
    _ = type.init(options: &options)
    for option in options.descriptions { #expect(manual.contains("  \(option.key) "), "\(option.key)") }
    let plot = try #require(manual.components(after: "With its defaults"))
    #expect(plot.contains("█") && plot.contains("│"), "\(plot)")
    #expect(!plot.contains("?") && !plot.contains("does not apply"), "\(plot)")
  }

  @Test("the curve of an instant is symmetric, highest in the middle and falls to either side")
  func curve() throws {
    let manual = try Catalogues().rewards("onset-error")
    let rows = manual.split(separator: "\n").filter { $0.contains("│") }.map { $0.drop { $0 != "│" }.dropFirst() }
    #expect(rows.count == 8)
    #expect(rows[0].trimmed == "█", "61 columns, one of which reaches the top")
    for row in rows { #expect(row.trimmed == String(row.trimmed.reversed())) }
    #expect(manual.contains("−60 s") && manual.contains("+60 s"))
  }

  @Test("a name that is not known is refused with those that are")
  func unknown() {
    #expect { try Catalogues().rewards("onset-eror") } throws: { "\($0)".contains("known: onset-error") }
  }
}

extension String {
  fileprivate func components(after mark: String) -> Substring? { range(of: mark).map { self[$0.upperBound...] } }
}

extension Substring {
  fileprivate var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
