package import Policies
package import Tensors
import Work

/// The policy that lives inside this process: an audio-language model trained on OpenBLAS.
///
/// A prompt is a track as the encoder heard it and a question in words; see ``prompt(_:question:firstSecond:)``. Each track, and each
/// question about it, is computed once, however many completions hang on it, in sampling and in updates alike. Work is cut
/// into shards by track; results are the same for any number of threads.
package actor EmbeddedPolicy: TrainablePolicy {
  package nonisolated let configuration: EmbeddedPolicyConfiguration
  package nonisolated let vocabulary: Vocabulary
  package nonisolated let hasValueHead: Bool
  /// Which encoder its tracks are heard through, for its files to say; `nil` where nobody said.
  package nonisolated let heardThrough: EncoderReference?

  var model: AudioTextTransformer
  var optimizer: any Optimizer
  /// What the next step will follow.
  package private(set) var gradients: Gradients
  private let threads: Int

  /// A policy with freshly drawn parameters.
  ///
  /// - Parameters:
  ///   - encoder: the shape of the encoder whose tracks it will hear; its instruments join the vocabulary.
  ///   - heardThrough: which encoder that is, for the policy's files to say.
  ///   - threads: how many to use at most; at least 1.
  package init(
    _ configuration: EmbeddedPolicyConfiguration = .init(), encoder: MusicEncoderConfiguration = .init(),
    heardThrough: EncoderReference? = nil, seed: UInt64, threads: Int = availableThreads
  ) {
    var model = AudioTextTransformer(configuration.model, encoder: encoder, seed: seed)
    let frozenParts = configuration.frozenParts.union(configuration.model.adapterRank > 0 ? [.decoder] : [])
    for part in frozenParts {
      model.parameters.setTrainable(false) { $0.hasPrefix("\(part.rawValue).") }
    }
    self.configuration = configuration
    self.model = model
    self.threads = threads
    self.heardThrough = heardThrough
    vocabulary = model.vocabulary
    hasValueHead = configuration.model.hasValueHead
    optimizer = configuration.optimizer(for: model.parameters)
    gradients = Gradients(for: model.parameters)
  }

  package var parameters: ParameterSet { model.parameters }

  /// The number of parameters, the encoder's not counted.
  package var parameterCount: Int { model.parameters.elementCount }

  /// A question in words about a track; throws for words that the vocabulary lacks.
  ///
  /// - Parameter firstSecond: what the track's start is called; the question's times, counted from the start, are moved along.
  package nonisolated func prompt(
    _ audio: EncodedAudio, question: String, firstSecond: Int = 0
  ) throws(PolicyError) -> AudioPrompt {
    let tokens = try vocabulary.moved(vocabulary.encode(question, orThrow: .badPrompt), by: firstSecond, orThrow: .badPrompt)
    let times = configuration.model.repeatsTimes ? tokens.filter { vocabulary.second(of: $0) != nil } : []
    return AudioPrompt(audio: audio, question: tokens + times + [Vocabulary.begin], firstSecond: firstSecond)
  }

  package nonisolated func tokens(for answer: String) throws(PolicyError) -> [Token] {
    try tokens(for: answer, firstSecond: 0)
  }

  /// An answer about a track whose start is called `firstSecond`; the answer's times are moved along.
  package nonisolated func tokens(for answer: String, firstSecond: Int) throws(PolicyError) -> [Token] {
    let tokens = try vocabulary.encode(answer, orThrow: .badCompletion)
    return try vocabulary.moved(tokens, by: firstSecond, orThrow: .badCompletion) + [Vocabulary.end]
  }

  package func sample(
    _ requests: [SamplingRequest<AudioPrompt>], with parameters: SamplingParameters
  ) async throws(PolicyError) -> [[Completion]] {
    try await frozen().sample(requests, with: parameters)
  }

  package func outputs(for batch: TokenBatch<AudioPrompt>, temperature: Float) async throws(PolicyError) -> TokenOutputs {
    try await frozen().outputs(for: batch, temperature: temperature)
  }

  package func accumulateGradients<Report: Sendable>(
    for batch: TokenBatch<AudioPrompt>, temperature: Float,
    pullback: @Sendable (TokenOutputs) -> (cotangents: TokenCotangents, report: Report)
  ) async throws(PolicyError) -> Report {
    let policy = frozen()
    let plan = try policy.plan(for: batch, temperature: temperature)
    let passes = policy.passes(over: plan, temperature: temperature, recordsGradients: true)
    let outputs = try policy.finite(plan.merged(passes.map(\.outputs)))
    let (cotangents, report) = pullback(outputs)
    precondition(
      cotangents.logProbabilities.count == plan.tokenCount && cotangents.entropies.count == plan.tokenCount
        && cotangents.values.count == outputs.values.count, "a pullback returns one cotangent for each output")
    let parts = parallelShards(passes.count, threads: threads) { shard in
      passes[shard].gradients(for: plan.part(of: cotangents, for: plan.shards[shard]))
    }
    var sum = Gradients(for: model.parameters)
    for part in parts { sum.add(part) }
    gradients.add(sum)
    return report
  }

  package func applyGradients(learningRate: Float, maximumNorm: Float) async throws(PolicyError) -> Float {
    let norm = optimizer.step(
      &model.parameters, gradients, learningRate: learningRate, maximumNorm: maximumNorm, threads: threads)
    guard norm.isFinite else {
      throw PolicyError(
        .nonFinite, "the norm of the gradient is \(norm): lower the learning rate or look for rewards that are not finite")
    }
    discardGradients()
    return Float(norm)
  }

  package func discardGradients() {
    gradients = Gradients(for: model.parameters)
  }

  package func frozen() -> FrozenEmbeddedPolicy {
    FrozenEmbeddedPolicy(model: model, tracksPerShard: configuration.tracksPerShard, threads: threads)
  }
}
