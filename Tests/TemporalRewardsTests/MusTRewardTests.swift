import GoldenLines
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

  @Test("r_TSG equals its formula", arguments: try GoldenLine.cases("must.r_tsg"))
  func source(line: GoldenLine) throws {
    let spec = try Self.spec(["reward": .text("onset-error"), "scale": .number(try #require(line.params.scale.number))])
    line.params.out_of_range.expect(-0.5)
    line.params.bad_format.expect(-1)
    let truth = question(
      .instant(try #require(line.input.reference.number)), duration: try #require(line.input.duration.number))
    let predicted = line.input.predicted.number
    let reading =
      (try line.input.format_ok.flag() ? predicted : nil).map {
        Reading(outcome: .answered, answer: .instant($0), isStrict: true)
      }
      ?? .unreadable(.noAnswer)
    let judgement = spec.judge(reading, in: Response(text: "", tokenCount: 1, isTruncated: false), to: truth)
    let expected = try #require(line.expected.reward.number)
    #expect(near(judgement.total, expected, 1e-15))
    line.finish()
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
