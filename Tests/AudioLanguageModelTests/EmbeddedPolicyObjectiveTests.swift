import Algorithms
import AudioLanguageModel
import Options
import Policies
import Randomness
import Tensors
import Testing

@Suite("objectives through the embedded policy")
struct EmbeddedPolicyObjectiveTests {
  /// The slope of the loss along a random direction of all parameters, by the gradient and by central differences.
  @Test(
    "the gradient of the whole loss agrees with finite differences", arguments: ["grpo", "dr-grpo", "ppo"], [false, true])
  func lossSlopeMatchesFiniteDifferences(_ name: String, isAmple: Bool) async throws {
    let policy = SyntheticTracks.tinyPolicy(isAmple: isAmple)
    var tracks = SyntheticTracks(seed: 12)
    let batch = try tracks.batch(for: policy)
    var random = RandomStream(seed: 21)
    let algorithm = try Self.algorithm(name)
    let outputs = try await policy.outputs(for: batch, temperature: 1)
    let targets = Self.targets(batch, outputs: outputs, algorithm: algorithm, random: &random)

    let objective = algorithm.objective
    try await policy.accumulateGradients(for: batch, temperature: 1) { outputs in
      (objective.evaluate(outputs, targets).cotangents, ())
    }
    let (parameters, gradients) = (await policy.parameters, await policy.gradients)
    var moved = (up: parameters, down: parameters)
    var slope = 0.0
    let step: Float = 2e-3
    for id in parameters.ids {
      let direction = Tensor(normal: parameters[id].shape, standardDeviation: 0.3, using: &random)
      slope += zip(gradients[id]?.values ?? [], direction.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      moved.up[id] = Self.sum(parameters[id], direction, factor: step)
      moved.down[id] = Self.sum(parameters[id], direction, factor: -step)
    }
    var losses: [Double] = []
    for parameters in [moved.up, moved.down] {
      try await policy.load(Safetensors(parameters).encoded())
      losses.append(objective.evaluate(try await policy.outputs(for: batch, temperature: 1), targets).report.loss)
    }
    let expected = (losses[0] - losses[1]) / (2 * Double(step))
    #expect(abs(slope) > 1e-3)
    #expect(abs(slope - expected) <= 0.02 * abs(expected) + 1e-3, "\(name): \(slope) against \(expected)")
  }

  /// The algorithm with its defaults, but for a short constant length, which keeps slopes above rounding.
  private static func algorithm(_ name: String) throws -> any Algorithm {
    var entries = [OptionEntry(key: "algorithm", value: OptionValue(.text(name)))]
    if name == "dr-grpo" { entries.append(OptionEntry(key: "constant-length", value: OptionValue(.number(4)))) }
    var options = OptionReader(OptionValue(.map(entries)))
    let algorithm = AlgorithmCatalog.builtIn.make(options: &options)
    try options.finish()
    return try #require(algorithm)
  }

  /// Rollouts that a slightly different policy sampled: ratios lie within the clip range but are not 1.
  private static func targets(
    _ batch: TokenBatch<AudioPrompt>, outputs: TokenOutputs, algorithm: any Algorithm, random: inout RandomStream
  ) -> TokenTargets {
    var sequences: [Range<Int>] = []
    var inputs: [EstimatorInput] = []
    for completion in batch.completions {
      let tokens = (sequences.last?.upperBound ?? 0)..<(sequences.last?.upperBound ?? 0) + completion.count
      sequences.append(tokens)
      inputs.append(
        EstimatorInput(
          reward: random.uniform(), values: tokens.map { outputs.values[$0] + Float(random.uniform(in: -0.05...0.05)) },
          behaviorLogProbabilities: tokens.map { outputs.logProbabilities[$0] + Float(random.uniform(in: -0.05...0.05)) }))
    }
    let credits = algorithm.advantage.estimates(for: EstimatorBatch(groups: [inputs]))[0]
    return TokenTargets(
      sequences: sequences, behaviorLogProbabilities: inputs.flatMap(\.behaviorLogProbabilities),
      behaviorValues: inputs.flatMap(\.values), advantages: credits.flatMap { $0.advantages.map { Float($0) } },
      returns: credits.flatMap { $0.returns.map { Float($0) } },
      weights: algorithm.aggregation.weights(sequenceLengths: sequences.map(\.count)))
  }

  private static func sum(_ tensor: Tensor, _ direction: Tensor, factor: Float) -> Tensor {
    Tensor(shape: tensor.shape, values: zip(tensor.values, direction.values).map { $0 + factor * $1 })
  }
}
