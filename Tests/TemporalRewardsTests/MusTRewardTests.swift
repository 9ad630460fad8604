import Options
import Questions
import Rewards
import TemporalRewards
import Testing
import Timelines

/// MusT's own rewards as compositions.
@Suite("MusT's rewards") struct MusTRewardTests {
  static func spec(_ first: [String: OptionValue.Content]) throws -> RewardSpec {
    var reader = OptionReader(
      map([
        "rewards": .list([
          map(first), map(["reward": .text("out-of-track"), "weight": .number(-0.5)]),
          map(["reward": .text("unreadable"), "weight": .number(-1)]),
        ])
      ]))
    let spec = RewardSpec(options: &reader, catalog: .builtIn)
    try reader.finish()
    return spec
  }

  @Test("r_TSG equals its formula", arguments: try Golden.cases("must.r_tsg"))
  func source(line: Golden.Case) throws {
    let spec = try Self.spec(["reward": .text("onset-error"), "scale": .number(15)])
    let truth = question(.instant(try #require(line.input.number("reference"))), duration: line.input.number("duration") ?? 0)
    let reading =
      line.input.number("predicted").map { Reading(outcome: .answered, answer: .instant($0), isStrict: true) }
      ?? .unreadable(.noAnswer)
    let judgement = spec.judge(reading, in: Response(text: "", tokenCount: 1, isTruncated: false), to: truth)
    #expect(near(judgement.total, line.expected.number("reward"), 1e-15))
  }

  @Test("r_MTR charges time outside the track 0.5 and a bad format 1")
  func mood() throws {
    let spec = try Self.spec(["reward": .text("soft-f1"), "sigma": .number(15)])
    let truth = question(intervals((57, 72)), duration: 97)
    let response = Response(text: "", tokenCount: 1, isTruncated: false)
    let outside = Reading(outcome: .answered, answer: intervals((57, 72), (98, 99)), isStrict: true)
    #expect(spec.judge(outside, in: response, to: truth) == Judgement(total: 0.5, components: [1, 1, 0]))
    #expect(spec.judge(.unreadable(.badClock), in: response, to: truth) == Judgement(total: -1, components: [0, 0, 1]))
    #expect(spec.judge(.unreadable(.badClock), in: response, to: question(.text("a"))).total == nil)
  }
}
