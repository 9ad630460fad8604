import Algorithms
import Testing

struct AdvantageEstimatorTests {
  @Test func bestOfGroupCreditsTheLead() {
    let batch = EstimatorBatch(rewards: [0.2, 0.9, 0.5, 0.9, 0.1, 0.4], groupSize: 3)
    #expect(BestOfGroupAdvantage(isScaled: false).firsts(batch) == [0, 0.9 - 0.5, 0, 0.9 - 0.4, 0, 0])
    let shared = EstimatorBatch(rewards: [1, 1, 0], groupSize: 3)
    #expect(BestOfGroupAdvantage().firsts(shared) == [0, 0, 0])
  }

  @Test func meanScaledFollowsTheLogOfSuccess() {
    // One success of four: (1 − ¼)/¼ = 3 for it, −1 for the others.
    #expect(MeanScaledAdvantage().firsts(EstimatorBatch(rewards: [1, 0, 0, 0], groupSize: 4)) == [3, -1, -1, -1])
    #expect(MeanScaledAdvantage().firsts(EstimatorBatch(rewards: [0, 0, 1, -1], groupSize: 2)) == [0, 0, 0, 0])
  }

  @Test func greedyBaselineWithoutGreedyReward() {
    var batch = EstimatorBatch(rewards: [1, 0.5, 0.25, 0.75], groupSize: 2)
    batch.greedyRewards = [0.5, nil]
    #expect(GreedyBaselineAdvantage().firsts(batch) == [0.5, 0, 0, 0])
  }

  @Test func shapingComesBeforeTheStatistics() {
    let inputs = [
      EstimatorInput(reward: 1, length: 10), EstimatorInput(reward: 1, length: 4), EstimatorInput(reward: nil, length: 10),
    ]
    let shaped = ShapedRewards(
      GroupRelativeAdvantage(scale: .none), overlong: OverlongPunishment(limit: 10, buffer: 5, factor: 0.5), range: 0...0.9)
    // 1 − 0.5 and min(1, 0.9).
    expectClose(shaped.firsts(EstimatorBatch(groups: [inputs])), [0.5 - 0.7, 0.9 - 0.7, 0], 1e-15)
  }

  /// −β·k1 of each token reaches PPO's advantages where it happens.
  @Test func penaltyIsARewardOfItsToken() {
    let input = EstimatorInput(
      reward: 1, values: [0, 0, 0], behavior: [-1, -1, -1], reference: [-1, -1.5, -1])
    let penalty = KLPenalty(coefficient: 0.25, placement: .reward, term: ReferenceKL(estimator: .k1))
    let estimator = ShapedRewards(GeneralizedAdvantage(discount: 1, lambda: 1), penalty: penalty)
    expectClose(estimator.estimates(for: EstimatorBatch(groups: [[input]]))[0][0].advantages, [0.875, 0.875, 1], 1e-15)
    let whole = ShapedRewards(GroupRelativeAdvantage(scale: .none), penalty: penalty)
    let other = EstimatorInput(reward: 0.5, behavior: [-1], reference: [-1])
    expectClose(whole.firsts(EstimatorBatch(groups: [[input, other]])), [0.1875, -0.1875], 1e-15)
  }

  @Test func whiteningLeavesMeanZeroAndDeviationOne() {
    var waves = Waves()
    let numbers = (0..<100).map { _ in 3 * waves.next() + 5 }
    for guarding in [Whitening.Guard.added(0), .inRoot(0), .floor(0)] {
      for deviation in RewardStatistics.Deviation.allCases {
        let white = RewardStatistics(
          Whitening(deviation: deviation, guarding: guarding).whitened(numbers), deviation: deviation)
        expectClose(white.mean, 0, 1e-14)
        expectClose(white.deviation, 1, 1e-14)
      }
    }
    #expect(Whitening.standard.whitened([0.7, 0.7, 0.7]) == [0, 0, 0])
    #expect(Whitening.standard.whitened([0.7]) == [0])
    #expect(Whitening.standard.whitened([Double]()).isEmpty)
  }

  @Test func unrewardedCompletionsStayOutOfTheWhitening() {
    let batch = EstimatorBatch(rewards: [1, nil, 0, 1, nil, 0], groupSize: 3)
    let credits = ReturnAdvantage(discount: 1, whitening: Whitening(guarding: .added(0))).firsts(batch)
    let half = 0.5 / (1.0 / 3).squareRoot()
    expectClose(credits, [half, 0, -half, half, 0, -half], 1e-15)
  }

  @Test func explainedVariance() throws {
    var perfect = ExplainedVariance()
    var mean = ExplainedVariance()
    for target in [1.0, 2, 4, 9] {
      perfect.add(target: target, prediction: target)
      mean.add(target: target, prediction: 4)
    }
    #expect(perfect.share == 1)
    #expect(mean.share == 0)
    var constant = ExplainedVariance()
    constant.add(target: 1, prediction: 3)
    #expect(constant.share == nil)
    var (left, right, whole) = (ExplainedVariance(), ExplainedVariance(), ExplainedVariance())
    var waves = Waves()
    for index in 0..<50 {
      let (target, prediction) = (waves.next() + 100, waves.next() + 90)
      index < 13 ? left.add(target: target, prediction: prediction) : right.add(target: target, prediction: prediction)
      whole.add(target: target, prediction: prediction)
    }
    left.merge(right)
    let column = ExplainedVariance(targets: [1, 2, 4, 9], predictions: [1, 2, 3, 9])
    // Residuals 0, 0, 1, 0 about ¼; targets about 4.
    expectClose(try #require(column.share), 1 - 0.75 / 38, 1e-15)
    expectClose(try #require(left.share), try #require(whole.share), 1e-10)
    // Var of u − v over Var of u for independent draws of one spread: about 1 − 2.
    #expect((try #require(whole.share) + 1).magnitude < 0.6)
  }
}
