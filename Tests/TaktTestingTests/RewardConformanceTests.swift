import Options
import Questions
import Rewards
import TaktTesting
import TemporalRewards
import Testing

struct RewardConformanceTests {
  @Test(arguments: RewardCatalog.builtIn.names) func everyBuiltInRewardConforms(name: String) throws {
    let type = try #require(RewardCatalog.builtIn[name])
    let failures = rewardConformanceFailures(type)
    #expect(failures.isEmpty, "\(failures.prefix(5))")
  }

  @Test func optionsOfTheFileAreExamined() throws {
    let type = try #require(RewardCatalog.builtIn["onset-error"])
    let options = OptionValue(
      .map([
        OptionEntry(key: "form", value: OptionValue(.text("hit"))), OptionEntry(key: "scale", value: OptionValue(.number(3))),
      ]))
    #expect(rewardConformanceFailures(type, options: options).isEmpty)
    let wrong = OptionValue(.map([OptionEntry(key: "width", value: OptionValue(.number(3)))]))
    #expect(rewardConformanceFailures(type, options: wrong).map(\.promise).contains("legal options are taken"))
  }

  /// Each fault with the promise that it breaks.
  @Test(arguments: [
    (Faults.range, "scores are finite and inside the range"),
    (.notFinite, "scores are finite and inside the range"),
    (.impure, "a reward is pure"),
    (.judgesMore, "the documentation lists the kinds that are judged"),
    (.judgesNothing, "the documentation lists the kinds that are judged"),
    (.noHelp, "every option is described"),
    (.noSource, "the documentation is complete"),
    (.forgetsOption, "resolved options make the same reward"),
    (.exactIsNotBest, "promise: exact is best"),
    (.notMonotone, "promise: monotone"),
    (.countsDuplicates, "promise: duplication"),
    (.countsPieces, "promise: splitting"),
    (.firstIntervalOnly, "promise: permutation"),
  ]) func everyFaultIsFound(fault: Faults, promise: String) {
    let failures = Faults.$current.withValue(fault) { rewardConformanceFailures(FaultyReward.self) }
    #expect(failures.map(\.promise).contains(promise), "\(failures.prefix(5))")
  }

  @Test func theFaultyRewardWithoutFaultConforms() {
    let failures = Faults.$current.withValue(.none) { rewardConformanceFailures(FaultyReward.self) }
    #expect(failures.isEmpty, "\(failures.prefix(5))")
  }
}

enum Faults {
  @TaskLocal static var current = Faults.none
  case none, range, notFinite, impure, judgesMore, judgesNothing, noHelp, noSource, forgetsOption
  case exactIsNotBest, notMonotone, countsDuplicates, countsPieces, firstIntervalOnly
}
