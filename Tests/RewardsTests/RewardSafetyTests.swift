import Options
import Questions
import Rewards
import TemporalRewards
import Testing

@Suite("Unreadable < wrong < right") struct RewardSafetyTests {
  static let penalty = RewardSpecTests.entry("unreadable", [("weight", .number(-1))])

  static func content(_ name: String) throws -> Bool {
    let type = try #require(RewardCatalog.builtIn[name])
    return type.documentation.family != .shaping
  }

  @Test("holds for every reward of the catalogue beside the penalty of MusT", arguments: RewardCatalog.builtIn.names)
  func withPenalty(name: String) throws {
    guard try Self.content(name) else { return }
    #expect(RewardSpecTests.read([RewardSpecTests.entry(name), Self.penalty]).1 == [])
  }

  @Test(
    "fails for every reward alone, which pays an unreadable answer what it pays a wrong one",
    arguments: RewardCatalog.builtIn.names)
  func alone(name: String) throws {
    let (_, issues) = RewardSpecTests.read([RewardSpecTests.entry(name)])
    let expected = try Self.content(name) ? "add {reward: unreadable" : "wrong"
    #expect(issues.count == 1 && issues[0].contains(expected), "\(issues)")
  }

  @Test("names the pair of answers that breaks it")
  func pair() {
    let product = RewardSpecTests.entry("soft-f1", [("form", .text("product"))])
    let (_, issues) = RewardSpecTests.read([product, Self.penalty])
    #expect(issues.count == 1)
    #expect(issues[0].contains("a wrong answer is not paid less than the right one"))
    #expect(issues[0].contains("0.0–180.0 s earns"), "the whole track beats the exact answer: \(issues)")
  }

  @Test("breaks where form weighs more than content, or the penalty less than another one")
  func weights() {
    let choice = RewardSpecTests.entry("choice")
    let format = RewardSpecTests.entry("strict-format", [("weight", .number(1.5))])
    #expect(RewardSpecTests.read([choice, format, Self.penalty]).1.first?.contains("smaller weight for form") == true)
    let onset = RewardSpecTests.entry("onset-error")
    let outside = RewardSpecTests.entry("out-of-track", [("weight", .number(-2))])
    #expect(RewardSpecTests.read([onset, outside, Self.penalty]).1.first?.contains("make its weight larger") == true)
    let lenient = RewardSpecTests.entry(
      "unreadable", [("weight", .number(-3)), ("charge-refusals", .flag(false))])
    #expect(RewardSpecTests.read([onset, outside, lenient]).1.first?.contains("a refusal is paid more") == true)
  }

  @Test("is asked of each task by itself")
  func tasks() {
    let onset = RewardSpecTests.entry("onset-error")
    let only = RewardSpecTests.entry(
      "unreadable", [("weight", .number(-1)), ("tasks", .list([OptionValue(.text("tsg"))]))])
    #expect(RewardSpecTests.read([onset, only]).1.first?.contains("any other task") == true)
  }

  @Test("may be broken on purpose, with a warning")
  func allowed() {
    let rewards = OptionEntry(key: "rewards", value: OptionValue(.list([RewardSpecTests.entry("interval-iou")])))
    let flag = OptionEntry(key: "allow-unsafe", value: OptionValue(.flag(true)))
    var reader = OptionReader(OptionValue(.map([rewards, flag])))
    let spec = RewardSpec(options: &reader, catalog: .builtIn)
    #expect(reader.closed().isEmpty)
    #expect(spec.warnings.count == 1)
    #expect(spec.warnings == [spec.weakness])
  }

  @Test("holds with a baseline subtracted", arguments: ["onset-error", "interval-iou", "choice", "ordering"])
  func baseline(name: String) {
    let entry = RewardSpecTests.entry(name, [("baseline", .map([]))])
    #expect(RewardSpecTests.read([entry, Self.penalty]).1 == [])
  }
}
