package import Policies
import Tensors
import Work

/// An embedded policy at one moment: shares its parameters' storage and never moves.
package struct FrozenEmbeddedPolicy: Policy {
  let model: AudioTextTransformer
  let tracksPerShard: Int
  let threads: Int

  package func sample(
    _ requests: [SamplingRequest<AudioPrompt>], with parameters: SamplingParameters
  ) async throws(PolicyError) -> [[Completion]] {
    try completions(of: requests, with: parameters)
  }

  package func outputs(for batch: TokenBatch<AudioPrompt>, temperature: Float) async throws(PolicyError) -> TokenOutputs {
    let plan = try plan(for: batch, temperature: temperature)
    return try finite(plan.merged(passes(over: plan, temperature: temperature, recordsGradients: false).map(\.outputs)))
  }

  /// Cuts a batch into shards after checking that the model can take it.
  func plan(for batch: TokenBatch<AudioPrompt>, temperature: Float) throws(PolicyError) -> BatchPlan {
    precondition(temperature > 0 && temperature.isFinite, "completions are evaluated at a temperature above 0")
    for prompt in batch.prompts { try model.check(prompt) }
    for (completion, prompt) in zip(batch.completions, batch.promptIndices) {
      try model.check(completion, under: batch.prompts[prompt])
    }
    return BatchPlan(batch, for: model, tracksPerShard: tracksPerShard)
  }

  /// Runs forward over every shard.
  func passes(over plan: BatchPlan, temperature: Float, recordsGradients: Bool) -> [ShardPass] {
    parallelShards(plan.shards.count, threads: threads) { shard in
      ShardPass(model, plan.shards[shard], temperature: temperature, recordsGradients: recordsGradients)
    }
  }

  /// The outputs, or an error where one is not a finite number.
  func finite(_ outputs: TokenOutputs) throws(PolicyError) -> TokenOutputs {
    guard [outputs.logProbabilities, outputs.entropies, outputs.values].allSatisfy({ $0.allSatisfy { $0.isFinite } }) else {
      throw PolicyError(
        .nonFinite, "an output of the policy is not a finite number: lower the learning rate or go back to a checkpoint")
    }
    return outputs
  }

  private func completions(
    of requests: [SamplingRequest<AudioPrompt>], with parameters: SamplingParameters
  ) throws(PolicyError) -> [[Completion]] {
    precondition(parameters.temperature >= 0 && parameters.temperature.isFinite, "a temperature is at least 0")
    precondition(parameters.topP > 0 && parameters.topP <= 1, "top-p lies above 0 and up to 1")
    precondition(parameters.maximumTokens >= 1, "a completion has at least one token")
    for request in requests {
      try model.check(request.prompt)
      try model.checkLength(
        ofQuestion: request.prompt.question, completionTokens: parameters.maximumTokens, orThrow: .badPrompt)
    }
    let shards = TrackGroups(requests.map(\.prompt), tracksPerShard: tracksPerShard).shards
    let weights = InferenceWeights(model)
    let results = parallelShards(shards.count, threads: threads) { index in
      Result { () throws(PolicyError) in
        try model.sample(
          shards[index].map { track in (track, track.prompts.map { requests[$0] }) }, weights: weights, with: parameters)
      }
    }
    var completions = requests.map { _ in [Completion]() }
    for (shard, result) in zip(shards, results) {
      for (request, drawn) in zip(shard.flatMap(\.prompts), try result.get()) { completions[request] = drawn }
    }
    return completions
  }
}
