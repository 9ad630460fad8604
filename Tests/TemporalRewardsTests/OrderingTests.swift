import Options
import Questions
import Randomness
import Rewards
import TemporalMetrics
import Testing

@Suite("ordering") struct OrderingTests {
  @Test("gives partial credit by each measure")
  func measures() throws {
    let truth = ProbeQuestions.make("order", .order, [.order([0, 1, 2])], items: ["X", "Y", "Z"])
    let expected: [(String, [Double])] = [
      ("pairs", [1, 2.0 / 3, 2.0 / 3, 1.0 / 3, 1.0 / 3, 0]), ("kendall", [1, 1.0 / 3, 1.0 / 3, -1.0 / 3, -1.0 / 3, -1]),
      ("footrule", [1, 0.5, 0.5, 0, 0, 0]), ("longest-run", [1, 0.5, 0.5, 0.5, 0.5, 0]), ("exact", [1, 0, 0, 0, 0, 0]),
    ]
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
    for (measure, scores) in expected {
      let reward = try reward("ordering", ["measure": .text(measure)])
      for (order, score) in zip(orders, scores) {
        #expect(near(reward.score(.order(order), truth), score, 1e-15), "\(measure) \(order)")
      }
    }
  }

  @Test("agrees with the metrics of orders on random ones", arguments: 1...9)
  func metrics(count: Int) throws {
    var stream = RandomStream(seed: UInt64(count))
    let rewards = try ["pairs", "footrule", "longest-run"].map { try reward("ordering", ["measure": .text($0)]) }
    for _ in 0..<20 {
      let truth = Array(0..<count).shuffled(using: &stream)
      let answer = Array(0..<count).shuffled(using: &stream)
      let distance = try #require(OrderDistance(predicted: answer, reference: truth))
      let run = count > 1 ? 1 - Double(distance.ulam) / Double(count - 1) : 1
      let expected = [distance.pairwiseAccuracy, distance.footruleSimilarity, run]
      for (reward, score) in zip(rewards, expected) {
        #expect(near(reward.score(.order(answer), question(.order(truth))), score, 1e-12))
      }
    }
  }

  @Test("reads a letter as its permutation, in lexicographic order or from the option's text")
  func letters() throws {
    let lexicographic = ProbeQuestions.make("gto", .choice, [.choice(5)], items: ["X", "Y", "Z"])
    let scores = try (0..<6).map { try reward("ordering").score(.choice($0), lexicographic) ?? -1 }
    #expect(zip(scores, [0, 1.0 / 3, 1.0 / 3, 2.0 / 3, 2.0 / 3, 1]).allSatisfy { near($0, $1, 1e-15) })

    let written = ProbeQuestions.make(
      "gto", .choice, [.choice(0)], choices: ["Z → Y → X", "X → Y → Z", "Y→Z→X", "all at once"], items: ["X", "Y", "Z"])
    let ordering = try reward("ordering")
    #expect(ordering.score(.choice(1), written) == 0)
    #expect(near(ordering.score(.choice(2), written), 2.0 / 3, 1e-15))
    #expect(ordering.score(.choice(3), written) == 0, "an option that is no order scores the least")
  }

  @Test("abstains where the letters are no orders")
  func plainChoice() throws {
    #expect(
      try reward("ordering").score(.choice(0), ProbeQuestions.make("ltr", .choice, [.choice(0)], choices: ["a", "b"])) == nil)
  }
}
