import Policies
import TaktTesting
import Testing

struct PolicyConformanceTests {
  /// A table that has moved away from uniform and has optimiser state.
  private static func trainedTable() async throws -> TabularPolicy {
    let table = TabularPolicy(prompts: 3, positions: 5, words: ["early", "late", "never"])
    let batch = TokenBatch(
      prompts: [0, 1, 2], completions: [[0, 1, 3], [2, 2, 1, 0, 3], [1, 3]], promptIndices: [0, 1, 2])
    for _ in 0..<4 {
      try await table.accumulateGradients(for: batch, temperature: 1) { outputs in
        var cotangents = TokenCotangents(zerosLike: outputs)
        cotangents.logProbabilities = outputs.logProbabilities.map { $0 - 0.5 }
        cotangents.values = outputs.values.map { $0 - 0.7 }
        return (cotangents, ())
      }
      _ = try await table.applyGradients(learningRate: 0.1, maximumNorm: 10)
    }
    return table
  }

  private static func options(_ table: TabularPolicy) -> PolicyConformanceOptions {
    var options = PolicyConformanceOptions()
    options.answer = "late early"
    options.parameters = table.parameterAccess
    return options
  }

  @Test func theTabularPolicyConforms() async throws {
    let table = try await Self.trainedTable()
    let before = await table.checkpoint()
    let failures = await policyConformanceFailures(table, prompts: [0, 1, 2], options: Self.options(table))
    #expect(failures.isEmpty, "\(failures)")
    #expect(await table.checkpoint() == before)
    let frozen = await policyConformanceFailures(ofUntrainable: await table.frozen(), prompts: [0, 1, 2])
    #expect(frozen.isEmpty, "\(frozen)")
  }

  /// Each fault with the promise that it breaks.
  private static let faults: [(FaultyPolicy.Fault, String)] = [
    (.reportsOtherLogProbabilities, "fresh log-probabilities equal rescored ones"),
    (.ignoresTemperature, "fresh log-probabilities equal rescored ones"),
    (.drawsAnew, "same seed, same bytes"),
    (.drawsByPlaceInTheCall, "completions depend on neither order nor number of requests"),
    (.greedyDraws, "greedy completions do not depend on the seed"),
    (.ignoresTopP, "top-p keeps the likeliest tokens"),
    (.scoresFirstPromptOnly, "outputs do not depend on the rest of the batch"),
    (.confusesSharedPrompts, "a shared prompt gives the outputs of separate ones"),
    (.acceptsForeignTokens, "a token outside the vocabulary throws"),
    (.losesValues, "hasValueHead says whether there are values"),
    (.wrongEntropySign, "gradients agree with finite differences"),
    (.forgetsValueGradient, "gradients agree with finite differences"),
    (.scalesGradient, "gradients agree with finite differences"),
    (.keepsLastGradientOnly, "gradients are accumulated"),
    (.neverClears, "gradients are cleared by applyGradients"),
    (.discardsNothing, "discardGradients clears the gradients"),
    (.frozenIsLive, "a frozen copy does not move"),
    (.losesOptimiser, "a checkpoint brings the optimiser back"),
    (.acceptsAnyCheckpoint, "a bad checkpoint throws"),
    (.stepsOnNaN, "a gradient that is not finite throws"),
    (.teachesNothing, "a reference answer can be written"),
  ]

  @Test func everyFaultIsFound() async throws {
    #expect(Set(Self.faults.map(\.0)).count == FaultyPolicy.Fault.allCases.count)
    for (fault, promise) in Self.faults {
      let table = try await Self.trainedTable()
      let policy = FaultyPolicy(fault, table: table)
      let failures = await policyConformanceFailures(policy, prompts: [0, 1, 2], options: Self.options(table))
      #expect(failures.contains { $0.promise == promise }, "\(fault): \(failures)")
    }
  }

  /// Without a way into the parameters the wrong signs are still seen, by where the updates lead.
  @Test(arguments: [FaultyPolicy.Fault.wrongEntropySign, .forgetsValueGradient])
  func descentFindsWrongSigns(fault: FaultyPolicy.Fault) async throws {
    let table = try await Self.trainedTable()
    let policy = FaultyPolicy(fault, table: table)
    let failures = await policyConformanceFailures(policy, prompts: [0, 1])
    #expect(failures.map(\.promise).contains("updates lower the loss"))
  }

  @Test func theScriptedPolicyConformsButForTokensAndChance() async {
    let policy = ScriptedPolicy<Int> { prompt, _ in "at 0:\(prompt + 10)" }
    let failures = await policyConformanceFailures(ofUntrainable: policy, prompts: [0, 1])
    #expect(failures.map(\.promise) == ["a token outside the vocabulary throws"])
  }
}
