import Algorithms
import Testing

struct GroupRelativeAdvantageTests {
  @Test(arguments: [0.1, 0.2, 0.3, 0.7, 1.0 / 3.0, 1e-300, -4.56e17] as [Double])
  func tiedGroupIsExactlyZero(_ reward: Double) {
    for size in [1, 2, 3, 7, 8, 31] {
      let tied = [Double](repeating: reward, count: size)
      let batch = EstimatorBatch(rewards: tied + (0..<size).map { Double($0) }, groupSize: size)
      for scale in GroupRelativeAdvantage.Scale.allCases {
        for estimator in [GroupRelativeAdvantage(scale: scale, epsilon: 0), LeaveOneOutAdvantage(), LengthWeightedAdvantage()]
          as [any AdvantageEstimator]
        {
          #expect(estimator.estimates(for: batch)[0].allSatisfy { $0.advantages.allSatisfy { $0 == 0 } })
        }
      }
      #expect(CompletionSelection.isTied(batch.groups[0]))
      #expect(CompletionSelection.isTied(batch.groups[1]) == (size == 1))
    }
  }

  @Test func completionsWithoutRewardStayOut() {
    let batch = EstimatorBatch(rewards: [1, nil, 0, nil], groupSize: 4)
    #expect(GroupRelativeAdvantage(scale: .none).firsts(batch) == [0.5, 0, -0.5, 0])
    let nothing = EstimatorBatch(rewards: [nil, nil], groupSize: 2)
    #expect(GroupRelativeAdvantage(scale: .group).firsts(nothing) == [0, 0])
  }

  @Test func populationDeviation() {
    let batch = EstimatorBatch(rewards: [1, 0], groupSize: 2)
    #expect(GroupRelativeAdvantage(scale: .group, epsilon: 0, deviation: .population).firsts(batch) == [1, -1])
  }

  /// Tokens of a span get the advantage of what the span earned.
  @Test func creditOfSpans() {
    var first = EstimatorInput(reward: 0.5, length: 4)
    first.tokenCredits = [1, 1, 0, 0]
    let second = EstimatorInput(reward: 0.1, length: 2)
    let batch = EstimatorBatch(groups: [[first, second]])
    let centred = GroupRelativeAdvantage(scale: .none).estimates(for: batch)[0]
    expectClose(centred[0].advantages, [0.7, 0.7, -0.3, -0.3], 1e-15)
    expectClose(centred[1].advantages, [-0.2, -0.2], 1e-15)
    // σ² = (0.5·(0.7² + 0.3²) + 0.2²) / (2 − 1).
    let deviation = (0.5 * (0.49 + 0.09) + 0.04).squareRoot()
    let scaled = GroupRelativeAdvantage(scale: .group, epsilon: 0).estimates(for: batch)[0]
    expectClose(scaled[0].advantages, [0.7, 0.7, -0.3, -0.3].map { $0 / deviation }, 1e-15)
    #expect(!CompletionSelection.isTied(batch.groups[0]))
  }

  @Test func evenCreditIsNoCredit() {
    var batch = EstimatorBatch(rewards: [0.3, 0.9, 0.4, 0.4], groupSize: 4, lengths: [2, 3, 1, 4])
    let estimator = GroupRelativeAdvantage(scale: .group)
    let plain = estimator.estimates(for: batch)
    for index in batch.groups[0].indices {
      let reward = batch.groups[0][index].reward ?? 0
      batch.groups[0][index].tokenCredits = [Double](repeating: reward, count: batch.groups[0][index].tokenCount)
    }
    for (even, whole) in zip(estimator.estimates(for: batch)[0], plain[0]) {
      expectClose(even.advantages, whole.advantages, 1e-14)
    }
    #expect(estimator.usesTokenCredits)
    #expect(!LeaveOneOutAdvantage().usesTokenCredits)
  }

  /// Equal completions whose spans differ still teach which span was better.
  @Test func tiedRewardsWithDifferentSpans() {
    var input = EstimatorInput(reward: 0.5, length: 2)
    input.tokenCredits = [1, 0]
    let credits = GroupRelativeAdvantage(scale: .group, epsilon: 0).estimates(for: EstimatorBatch(groups: [[input, input]]))[0]
    expectClose(credits[0].advantages, [0.5 / 0.5.squareRoot(), -0.5 / 0.5.squareRoot()], 1e-15)
  }
}
