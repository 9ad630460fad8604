import Algorithms
import Options
import Policies
import Questions
import Rewards
import TaktTesting
import Testing

@testable import Training

/// What an update makes of minibatches: whose advantages are whitened, what a stopped update reports, how terms are averaged.
struct ToolkitUpdateTests {
  private func group(_ rewards: [Double?], lengths: [Int], truncated: [Bool] = [], components: [[Double?]] = [])
    -> RolloutGroup<
      Int
    >
  {
    RolloutGroup(
      exercise: Exercise(question: CountingQuestions.question(0), prompt: 0),
      members: rewards.indices.map { index in
        let tokens = (0..<lengths[index]).map { Token($0 % 3) }
        let completion = Completion(
          tokens: tokens, logProbabilities: tokens.map { _ in -1 }, values: tokens.map { _ in 0.25 }, text: "",
          isTruncated: truncated.isEmpty ? false : truncated[index])
        return Rollout(
          completion: completion, reading: Reading(outcome: .empty, answer: nil, isStrict: true),
          judgement: Judgement(
            total: rewards[index], components: components.isEmpty ? [rewards[index]] : components[index]))
      })
  }

  private func targets(
    _ name: String, _ options: [(String, OptionValue.Content)], _ groups: [RolloutGroup<Int>]
  ) throws -> TokenTargets {
    let algorithm = try ReinforcementStageTests.algorithm(name, options)
    let batch = UpdateBatch(
      groups, behavior: nil, reference: nil, greedyRewards: [], rewards: ReinforcementStageTests.rewards(),
      selection: algorithm.selection)
    return batch.targets(
      of: [Array(groups.indices)], minibatches: 1, credits: algorithm.advantage.estimates(for: batch.credit),
      algorithm: algorithm)[0]
  }

  /// A completion without a reward moves nothing, and neither does one that is masked: both stay out of mean and deviation.
  @Test func whatDoesNotCountIsNotWhitened() throws {
    let options: [(String, OptionValue.Content)] = [
      ("profile", .text("sb3")), ("mask-truncated", .flag(true)), ("discount", .number(1)), ("lambda", .number(1)),
    ]
    let targets = try targets(
      "ppo", options, [group([1, nil, 0, 7], lengths: [1, 3, 1, 2], truncated: [false, false, false, true])])
    let half = Float(0.5.squareRoot())
    let expected: [Float] = [half, 0, 0, 0, -half, 0, 0]
    #expect(zip(targets.advantages, expected).allSatisfy { abs($0 - $1) < 1e-6 }, "\(targets.advantages)")
    #expect(targets.advantages[1...3].allSatisfy { $0 == 0 } && targets.advantages[5...6].allSatisfy { $0 == 0 })
    #expect(targets.weights[5...6].allSatisfy { $0 == 0 })
  }

  /// One question of four to which no component applies: nothing to learn, under Stable-Baselines3's whitening too.
  @Test(arguments: ["takt", "sb3"])
  func aBatchWithoutRewardsMovesNothing(_ profile: String) throws {
    let targets = try targets("ppo", [("profile", .text(profile))], [group([nil, nil, nil], lengths: [2, 1, 3])])
    #expect(targets.advantages.allSatisfy { $0 == 0 })
  }

  /// TRL's entropy bonus is a mean over tokens whatever the loss; OpenRLHF's penalty in the loss as well.
  @Test func ownMeansReachTheTargets() throws {
    let judged = [group([1, 0], lengths: [1, 3])]
    let trl = try targets("grpo", [("profile", .text("trl")), ("aggregation", .text("sequence-mean"))], judged)
    #expect(trl.entropyWeights == [0.25, 0.25, 0.25, 0.25] && trl.penaltyWeights.isEmpty)
    #expect(zip(trl.weights, [0.5, 1.0 / 6, 1.0 / 6, 1.0 / 6] as [Float]).allSatisfy { abs($0 - $1) < 1e-7 })
    let verl = try targets("grpo", [("profile", .text("verl"))], judged)
    #expect(verl.entropyWeights.isEmpty && verl.penaltyWeights.isEmpty)
    let masked = try targets(
      "grpo", [("profile", .text("openrlhf")), ("mask-truncated", .flag(true))],
      [group([1, 0], lengths: [1, 3], truncated: [false, true])])
    #expect(masked.entropyWeights == [1, 0, 0, 0] && masked.penaltyWeights == [1, 0, 0, 0])
  }

  /// An update that stops reports the mean of what it learnt from.
  @Test func aStoppedUpdateReportsWhatItLearntFrom() async throws {
    func step(_ options: [(String, OptionValue.Content)]) async throws -> [String: Double] {
      var stage = try await ReinforcementStageTests.stage(ReinforcementStageTests.policy(), "ppo", more: options)
      return try await stage.step(0)
    }
    let one = try await step([("epochs", .number(1)), ("minibatches", .number(1)), ("target-kl", .number(0))])
    let stopped = try await step([("epochs", .number(4)), ("minibatches", .number(1)), ("target-kl", .number(1e-9))])
    #expect(one["update/optimizer_steps"] == 1 && stopped["update/optimizer_steps"] == 1)
    for metric in ["policy/loss", "policy/kl_behavior_k3", "policy/clip_fraction_high", "policy/entropy", "policy/ratio"] {
      #expect(try #require(stopped[metric]) == #require(one[metric]), "\(metric)")
    }
  }

  /// Totals that are equal tie nothing where each component is compared by itself.
  @Test func aGroupIsTiedForGDPOOnlyInEveryComponent() throws {
    let mixed = group([1, 1, nil], lengths: [1, 1, 1], components: [[1, 0], [0, 1], [nil, nil]])
    let same = group([1, 1], lengths: [1, 1], components: [[1, 0], [1, 0]])
    let gdpo = try ReinforcementStageTests.algorithm("gdpo").selection
    let grpo = try ReinforcementStageTests.algorithm("grpo").selection
    #expect(!mixed.isTied(for: gdpo, weights: [1, 1]) && same.isTied(for: gdpo, weights: [1, 1]))
    #expect(mixed.isTied(for: grpo, weights: [1, 1]) && same.isTied(for: grpo, weights: [1, 1]))
    for (selection, share) in [(gdpo, 0.5), (grpo, 1)] {
      let metrics = RolloutMetrics([mixed, same], labels: ["a", "b"], weights: [1, 1], selection: selection)
      #expect(metrics.scalars["reward/tied_groups"] == share)
    }
  }

  /// A group is tied for GDPO exactly where its advantages are all 0: scores of weight 0, and scores that one completion alone has,
  /// teach nothing.
  @Test(arguments: [[1, 1], [1, 0], [0, 1], [0, 0]] as [[Double]])
  func aGroupIsTiedForGDPOWhereItTeachesNothing(_ weights: [Double]) throws {
    let gdpo = try ReinforcementStageTests.algorithm("gdpo")
    let scores: [Double?] = [nil, 0, 1]
    let rows = scores.flatMap { first in scores.map { [first, $0] } }
    for first in rows {
      for second in rows {
        let components = [first, second, first]
        let totals = components.map { row in
          row.allSatisfy { $0 == nil } ? nil : zip(row, weights).reduce(0.0) { $0 + ($1.0 ?? 0) * $1.1 }
        }
        let judged = group(totals, lengths: [1, 1, 1], components: components)
        // Another group, so that whitening has something to divide by.
        let inputs = [(totals, components), ([0, 0, 1], [[0, 0], [0, 0], [1, 1]])].map { totals, components in
          zip(totals, components).map { EstimatorInput(reward: $0, components: $1, values: [], behaviorLogProbabilities: [-1]) }
        }
        let credits = gdpo.advantage.estimates(for: EstimatorBatch(groups: inputs, componentWeights: weights))[0]
        #expect(
          judged.isTied(for: gdpo.selection, weights: weights) == credits.allSatisfy { $0.advantages == [0] }, "\(components)")
      }
    }
  }
}
