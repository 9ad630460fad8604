import Algorithms
import Foundation
import Options
import Policies
import TaktTesting
import Testing
import Training

/// Rollouts of an engine whose log-probabilities are not the policy's own.
struct OffPolicyTests {
  typealias Correction = [(String, OptionValue.Content)]

  private static func step(lie: Float, recomputes: Bool, correction: Correction) async throws -> [String: Double] {
    let entries = correction.map { OptionEntry(key: $0.0, value: OptionValue($0.1)) }
    var stage = try await ReinforcementStage(
      policy: LyingSampler(base: ReinforcementStageTests.policy(), lie: lie), source: CountingQuestions(),
      algorithm: try ReinforcementStageTests.algorithm(
        "grpo", [("correction", .map(entries)), ("maximum-gradient-norm", .number(1e9))]),
      rewards: ReinforcementStageTests.rewards(),
      settings: .init(
        seed: 5, steps: 60, groupSize: 8, temperature: 1, maximumTokens: 2,
        learningRate: LearningRateSchedule(base: 0.5, steps: 60), microbatchGroups: 3, driftTolerance: 10,
        recomputesBehavior: recomputes))
    return try await stage.step(0)
  }

  private static func close(_ value: Double?, _ expected: Double, _ tolerance: Double = 1e-5) -> Bool {
    abs((value ?? .nan) - expected) <= tolerance * max(1, abs(expected))
  }

  /// A sampler that reports −½ nat a token too little is corrected by exp ½ a token: the gradient of an honest sampler times that.
  @Test func theFactorReachesTheGradient() async throws {
    let honest = try await Self.step(lie: 0, recomputes: true, correction: [("mode", .text("truncate"))])
    let lying = try await Self.step(lie: -0.5, recomputes: true, correction: [("mode", .text("truncate"))])
    #expect(Self.close(honest["policy/sampler_ratio"], 1) && Self.close(honest["policy/drift_mean"], 0))
    #expect(Self.close(lying["policy/sampler_ratio"], exp(0.5)) && lying["policy/sampler_bounded"] == 0)
    #expect(Self.close(lying["policy/drift_mean"], 0.5) && Self.close(lying["policy/drift_max"], 0.5))
    let norm = try #require(honest["update/gradient_norm"])
    #expect(norm > 0.1 && Self.close(lying["update/gradient_norm"], norm * exp(0.5)))
    // The ratio of the surrogate is the policy's to itself, not to the sampler's.
    #expect(Self.close(lying["policy/ratio"], 1) && Self.close(lying["policy/kl_behavior_k1"], 0))
  }

  @Test func truncationMaskAndNoneActInTheLoop() async throws {
    let norm = try #require(
      try await Self.step(lie: 0, recomputes: true, correction: [("mode", .text("none"))])["update/gradient_norm"])
    let truncated = try await Self.step(lie: -1, recomputes: true, correction: [("mode", .text("truncate"))])
    #expect(truncated["policy/sampler_bounded"] == 1 && Self.close(truncated["update/gradient_norm"], 2 * norm))
    let masked = try await Self.step(lie: -1, recomputes: true, correction: [("mode", .text("mask"))])
    #expect(masked["policy/sampler_bounded"] == 1 && masked["update/gradient_norm"] == 0)
    let low = try await Self.step(lie: 1, recomputes: true, correction: [("mode", .text("mask")), ("low", .number(0.5))])
    #expect(low["policy/sampler_bounded"] == 1 && low["update/gradient_norm"] == 0)
    let none = try await Self.step(lie: -1, recomputes: true, correction: [("mode", .text("none"))])
    #expect(none["policy/sampler_ratio"] == nil && Self.close(none["update/gradient_norm"], norm))
  }

  /// Completions have one token or two: by sequence their factors are e^0.5 and e^1, by geometric mean e^0.5 all.
  @Test func levelsOfACompletion() async throws {
    let wide: Correction = [("mode", .text("truncate")), ("high", .number(100))]
    let token = try await Self.step(lie: -0.5, recomputes: true, correction: wide)
    let geometric = try await Self.step(lie: -0.5, recomputes: true, correction: wide + [("level", .text("geometric"))])
    let sequence = try await Self.step(lie: -0.5, recomputes: true, correction: wide + [("level", .text("sequence"))])
    #expect(Self.close(geometric["update/gradient_norm"], try #require(token["update/gradient_norm"])))
    let mean = try #require(token["completion/length_mean"])
    // Of n completions a share p has two tokens: mean length 1 + p, and a share 2p/(1 + p) of all tokens has factor e.
    let share = 2 * (mean - 1) / mean
    #expect(Self.close(sequence["policy/sampler_ratio"], share * exp(1) + (1 - share) * exp(0.5)))
  }

  /// Without it, the ratio of the surrogate is wrong by the lie, and nothing says so but the drift.
  @Test func withoutRecomputingTheLieIsInTheRatio() async throws {
    let metrics = try await Self.step(lie: -0.5, recomputes: false, correction: [("mode", .text("truncate"))])
    #expect(Self.close(metrics["policy/ratio"], exp(0.5)) && Self.close(metrics["policy/drift_mean"], 0.5))
    #expect(metrics["policy/sampler_ratio"] == nil)
  }
}
