import Algorithms
import Policies
import Questions
import Rewards
import Testing

@testable import Training

struct ComponentSharesTests {
  private static func group(_ scores: [[Double]], weights: [Double]) -> RolloutGroup<Int> {
    RolloutGroup(
      exercise: Exercise(question: CountingQuestions.question(0), prompt: 0),
      members: scores.map { components in
        Rollout(
          completion: Completion(tokens: [0], logProbabilities: [-1], text: "", isTruncated: false),
          reading: .unreadable(.noAnswer),
          judgement: Judgement(total: zip(weights, components).reduce(0) { $0 + $1.0 * $1.1 }, components: components))
      })
  }

  private static func shares(_ estimator: any AdvantageEstimator, _ groups: [RolloutGroup<Int>], _ weights: [Double])
    -> [Double]
  {
    let inputs = groups.map { group in
      group.members.map { EstimatorInput(reward: $0.judgement.total, behaviorLogProbabilities: [-1]) }
    }
    return ComponentShares(groups, credits: estimator.estimates(for: EstimatorBatch(groups: inputs)), weights: weights).shares
  }

  /// One component varies in one group by 1, the other in the other by 10.
  @Test func theScaleOfTheAdvantagesDecides() {
    let weights = [1.0, 1]
    let groups = [Self.group([[0, 5], [1, 5]], weights: weights), Self.group([[2, 0], [2, 10]], weights: weights)]
    let plain = Self.shares(GroupRelativeAdvantage(scale: .none), groups, weights)
    #expect(abs(plain[0] - 1.0 / 101) < 1e-12 && abs(plain[1] - 100.0 / 101) < 1e-12)
    let scaled = Self.shares(GroupRelativeAdvantage(scale: .group, epsilon: 0), groups, weights)
    #expect(abs(scaled[0] - 0.5) < 1e-12 && abs(scaled[1] - 0.5) < 1e-12)
  }

  /// Rewards 2a − b with a = 0, 1 and b = 0, 1: 2·(a) gives 2/1 of the difference, −b takes 1 back.
  @Test func aComponentThatPullsBackHasANegativeShareAndAllAddUpToOne() {
    let weights = [2.0, -1]
    let shares = Self.shares(LeaveOneOutAdvantage(), [Self.group([[0, 0], [1, 1]], weights: weights)], weights)
    #expect(abs(shares[0] - 2) < 1e-12 && abs(shares[1] + 1) < 1e-12)
  }

  @Test func tiedGroupsCarryNothing() {
    #expect(
      Self.shares(GroupRelativeAdvantage(scale: .group), [Self.group([[1, 2], [1, 2]], weights: [1, 1])], [1, 1]).isEmpty)
  }
}
