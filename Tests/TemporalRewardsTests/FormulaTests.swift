import Foundation
import Options
import Rewards
import TemporalRewards
import Testing

/// What documentation says of formulas can be read without a guess.
struct FormulaTests {
  @Test(arguments: RewardCatalog.builtIn.names) func formsAreTheCasesOfTheirOption(name: String) throws {
    let type = try #require(RewardCatalog.builtIn[name])
    var reader = OptionReader()
    _ = type.init(options: &reader)
    for (option, forms) in Dictionary(grouping: type.documentation.forms, by: \.option) {
      let allowed = try #require(reader.descriptions.first { $0.key == option }).allowed
      #expect(forms.map(\.name) == allowed.components(separatedBy: " | "))
      #expect(Set(forms.map(\.formula)).count == forms.count, "two forms of \(option) read alike")
    }
    for option in reader.descriptions where ["form", "measure", "variant", "combine"].contains(option.key) {
      #expect(type.documentation.forms.contains { $0.option == option.key }, "\(option.key) chooses between formulas")
    }
  }

  /// A dot with blanks around it once stood between alternatives.
  @Test(arguments: RewardCatalog.builtIn.names) func theDotMultiplies(name: String) throws {
    let documentation = try #require(RewardCatalog.builtIn[name]).documentation
    for line in [documentation.formula] + documentation.forms.map(\.formula) {
      #expect(!line.contains(" · ") && !line.contains("\n"), "\(line)")
    }
  }
}
