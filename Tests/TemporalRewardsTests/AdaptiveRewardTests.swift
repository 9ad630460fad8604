import Options
import Questions
import Randomness
import Rewards
import TemporalRewards
import Testing

@Suite("Widths that change") struct AdaptiveRewardTests {
  static let truth = question(.instant(100), duration: 400)

  static func adaptive(_ name: String, _ options: [String: OptionValue.Content] = [:]) throws -> any TemporalReward
    & AdaptiveReward
  {
    try #require(try reward(name, options) as? any TemporalReward & AdaptiveReward)
  }

  static func answer(_ time: Double) -> Reading { Reading(outcome: .answered, answer: .instant(time), isStrict: true) }

  /// Errors |z|, z normal with the given standard deviation (Box and Muller).
  static func errors(_ count: Int, deviation: Double) -> [Double] {
    var stream = RandomStream(seed: 5)
    return (0..<count).map { _ in
      let radius = (-2 * naturalLogarithm(1 - Double.random(in: 0..<1, using: &stream))).squareRoot()
      return abs(deviation * radius * cosine(2 * .pi * Double.random(in: 0..<1, using: &stream)))
    }
  }

  static func standardDeviation(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
  }

  @Test("the quantile converges to that of the errors", arguments: [30.0, 15, 5, 2])
  func quantile(deviation: Double) throws {
    var reward = try Self.adaptive("adaptive-onset-error")
    for error in Self.errors(4000, deviation: deviation) { reward.observe(Self.answer(100 + error), to: Self.truth) }
    let median = 0.6745 * deviation
    #expect(abs((reward.state["quantile"] ?? 0) - median) < 0.15 * median)
  }

  @Test("rewards spread as they would at the best fixed width, whatever the error", arguments: [30.0, 15, 5, 2])
  func spread(deviation: Double) throws {
    var reward = try Self.adaptive("adaptive-onset-error")
    let errors = Self.errors(4000, deviation: deviation)
    for error in errors { reward.observe(Self.answer(100 + error), to: Self.truth) }
    func spread(_ reward: any TemporalReward) -> Double {
      Self.standardDeviation(errors.map { reward.score(.instant(100 + $0), Self.truth) ?? 0 })
    }
    let best =
      try stride(from: 0.5, through: 40, by: 0.5).map {
        spread(try TemporalRewardsTests.reward("onset-error", ["scale": .number($0)]))
      }.max() ?? 1
    #expect(spread(reward) >= 0.95 * best)
  }

  @Test("its width stays inside its bounds, and what holds no time moves nothing")
  func bounds() throws {
    var reward = try Self.adaptive("adaptive-onset-error", ["narrowest": .number(2), "widest": .number(20)])
    #expect(reward.state["width"] == 20)
    for _ in 0..<5000 { reward.observe(Self.answer(100), to: Self.truth) }
    #expect(reward.state["width"] == 2)
    let quantile = reward.state["quantile"]
    reward.observe(.unreadable(.blank), to: Self.truth)
    #expect(reward.state["quantile"] == quantile && reward.state["width"] == 2)
    for _ in 0..<5000 { reward.observe(Self.answer(0), to: Self.truth) }
    #expect(reward.state["width"] == 20)
    #expect(try issues("adaptive-onset-error", ["narrowest": .number(31)]).count == 1)
  }

  @Test("a state given back scores as before", arguments: ["adaptive-onset-error", "scheduled-onset-error"])
  func state(name: String) throws {
    var reward = try Self.adaptive(name)
    reward.begin(step: 37, of: 100)
    for error in Self.errors(300, deviation: 9) { reward.observe(Self.answer(100 + error), to: Self.truth) }
    var restored = try Self.adaptive(name)
    restored.state = reward.state
    #expect(restored.state == reward.state)
    #expect(restored.score(.instant(93), Self.truth) == reward.score(.instant(93), Self.truth))
  }

  @Test(
    "the mean at a fixed width is kept beside it, step by step", arguments: ["adaptive-onset-error", "scheduled-onset-error"])
  func fixedWidth(name: String) throws {
    var reward = try Self.adaptive(name, ["fixed": .number(10)])
    reward.begin(step: 80, of: 100)
    for time in [100.0, 110, 80] { reward.observe(Self.answer(time), to: Self.truth) }
    reward.observe(.unreadable(.blank), to: Self.truth)
    let expected = (1 + naturalExponential(-1) + naturalExponential(-2)) / 4
    #expect(near(reward.state["fixed"], expected, 1e-12), "whatever the width is")
    #expect(reward.state["fixed-answers"] == 4)
    reward.begin(step: 81, of: 100)
    reward.observe(Self.answer(100), to: Self.truth)
    #expect(reward.state["fixed"] == 1)
    #expect(try issues(name, ["fixed": .number(0)]).count == 1)
  }

  @Test("a schedule runs geometrically from its first width to its last")
  func schedule() throws {
    var reward = try Self.adaptive("scheduled-onset-error", ["first": .number(16), "last": .number(4), "until": .number(0.5)])
    let widths = [0, 25, 50, 99].map { step -> Double in
      reward.begin(step: step, of: 100)
      return reward.state["width"] ?? 0
    }
    #expect(zip(widths, [16, 8, 4, 4]).allSatisfy { near($0, $1, 1e-12) })
    #expect(near(reward.score(.instant(104), Self.truth), naturalExponential(-1), 1e-12))
  }
}
