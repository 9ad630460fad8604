import MaskOracle
import Options
import Questions
import Randomness
import Rewards
import TemporalMetrics
import Testing
import Timelines

/// Identities between rewards and by-hand values, on seeded random answers.
@Suite("Rewards of intervals") struct IntervalRewardTests {
  static let duration = 180.0

  static func randomPairs(_ count: Int) -> [([Interval], [Interval])] {
    var stream = RandomStream(seed: 11)
    return (0..<count).map { index in
      (
        ProbeAnswers.randomIntervals(count: 1 + index % 4, duration: duration, stream: &stream),
        ProbeAnswers.randomIntervals(count: 1 + index % 3, duration: duration, stream: &stream)
      )
    }
  }

  @Test("F1 is 2·IoU/(1 + IoU)")
  func f1() throws {
    let (f1, iou) = (try reward("interval-f1"), try reward("interval-iou"))
    for (answer, truth) in Self.randomPairs(200) {
      let score = iou.score(.intervals(answer), question(.intervals(truth))) ?? -1
      #expect(near(f1.score(.intervals(answer), question(.intervals(truth))), 2 * score / (1 + score), 1e-12))
    }
  }

  @Test("the closed form of soft-F1 equals smoothing bin by bin")
  func softF1() throws {
    for edge in SmoothedMask.Edges.allCases {
      for (form, score) in [("dice", SmoothedMask.squaredDice), ("min", SmoothedMask.minimumF1)] {
        let reward = try reward("soft-f1", ["form": .text(form), "edge": .text(edge.rawValue)])
        for (answer, truth) in Self.randomPairs(60) {
          let one = SmoothedMask(answer, duration: Self.duration, edges: edge)
          let other = SmoothedMask(truth, duration: Self.duration, edges: edge)
          #expect(near(reward.score(.intervals(answer), question(.intervals(truth))), score(one)(other), 1e-10))
        }
      }
    }
  }

  @Test("one interval has its values by hand")
  func spans() throws {
    let truth = question(intervals((20, 30)), duration: 60)
    let expected: [(String, [String: OptionValue.Content], Double)] = [
      ("interval-giou", [:], 0.5 * (1 + 0 - 10.0 / 30)), ("interval-diou", [:], 0.5 * (1 - 400.0 / 900)),
      ("boundary-error", ["form": .text("linear"), "scale": .number(40)], 0.5),
      ("boundary-error", ["form": .text("linear"), "scale": .number(40), "combine": .text("product")], 0.25),
      ("wasserstein", [:], 0.1353352832366127), ("duration-ratio", [:], 1), ("count-error", [:], 1),
    ]
    for (name, options, score) in expected {
      #expect(near(try reward(name, options).score(intervals((40, 50)), truth), score, 1e-12), "\(name)")
    }
  }

  @Test("Wasserstein distance of nested sets is the mean gap of their quantiles")
  func transport() throws {
    let truth = question(intervals((0, 10), (20, 30)), duration: 60)
    // Quantiles: the first half of 10–20 goes to 0–10, the second to 20–30; 10–20 at u is 10 + 10u, the truth 20u or 10 + 20u.
    #expect(near(try reward("wasserstein").score(intervals((10, 20)), truth), naturalExponential(-7.5 / 20), 1e-12))
  }

  @Test("rewards of one interval abstain where several are to be found, and pay nothing for several")
  func severalIntervals() throws {
    for name in ["interval-giou", "interval-diou", "weighted-iou", "boundary-error"] {
      let reward = try reward(name)
      #expect(reward.score(intervals((1, 2)), question(intervals((1, 2), (5, 6)))) == nil, "\(name)")
      #expect(reward.score(intervals((1, 2), (5, 6)), question(intervals((1, 2)))) == 0, "\(name)")
      #expect(reward.score(intervals((1, 2)), question(intervals((1, 2)), intervals((5, 6)))) == 1, "\(name): alternatives")
    }
  }

  @Test("a repeated interval costs a matched reward and never pays")
  func repeats() throws {
    let truth = question(intervals((20, 30)))
    #expect(near(try reward("matched-f1").score(intervals((20, 30), (20, 30)), truth), 2.0 / 3, 1e-12))
    #expect(near(try reward("event-f").score(intervals((20, 30), (20, 30)), truth), 2.0 / 3, 1e-12))
    #expect(near(try reward("onset-f").score(intervals((20, 20), (20, 20)), truth), 2.0 / 3, 1e-12))
  }

  @Test("matched F1 counts a pair at each threshold that it reaches")
  func thresholds() throws {
    let truth = question(intervals((0, 10), (20, 30)))
    let answer = intervals((0, 10), (20, 26), (50, 60))
    #expect(near(try reward("matched-f1").score(answer, truth), (0.8 + 0.8 + 0.4) / 3, 1e-12), "the second pair's IoU is 0.6")
    #expect(try issues("matched-f1", ["thresholds": .list([])]).count == 1)
  }

  @Test("boundaries are right within the tolerance, ends included, and one to one")
  func boundaries() throws {
    let truth = question(intervals((20, 30), (50, 60)))
    #expect(try reward("boundary-f").score(intervals((23, 27), (47, 63)), truth) == 1)
    #expect(near(try reward("boundary-f").score(intervals((20, 21)), truth), 2 * 0.5 * 0.25 / 0.75, 1e-12))
    #expect(
      near(try reward("boundary-f").score(intervals((20, 30), (4e4, 5e4)), truth), 0.5, 1e-12),
      "late times still count as answered")
  }

  @Test("answer-count charges a comb and not a legal answer")
  func comb() throws {
    let penalty = try reward("answer-count")
    let truth = question(intervals((20, 30)))
    let scores = [1, 4, 5, 8, 18].map { count in
      penalty.score(.intervals((0..<count).map { Interval(Double($0) * 10, Double($0) * 10 + 5) }), truth)
    }
    #expect(scores == [0, 0, 0.25, 1, 1])
  }
}
