public import Algorithms
import Options
public import Policies
import Questions
import Randomness
public import Rewards

/// The RL stage: exercises → samples → readings → rewards → advantages → objective → cotangents → policy.
public struct ReinforcementStage<P: TrainablePolicy, Source: ExerciseSource>: TrainingStage where P.Prompt == Source.Prompt {
  public typealias Settings = ReinforcementSettings

  package let policy: P
  package let source: Source
  package let settings: Settings
  package private(set) var algorithm: any Algorithm
  package private(set) var rewards: RewardSpec
  package private(set) var curricula: [any Curriculum]
  public private(set) var observations = StepObservations()
  private let reference: (any Policy<P.Prompt>)?
  /// Handed everything that a step sampled before the update, such as to a rollout store; `isLearnt` marks what the update learns from.
  private let keep: @Sendable (_ step: Int, _ groups: [RolloutGroup<P.Prompt>]) async throws -> Void

  /// Checks what the algorithm requires of the policy and the run; throws before anything is sampled.
  public init(
    policy: P, source: Source, algorithm: any Algorithm, rewards: RewardSpec, settings: Settings,
    curricula: [any Curriculum] = [],
    keep: @escaping @Sendable (_ step: Int, _ groups: [RolloutGroup<P.Prompt>]) async throws -> Void = { _, _ in }
  ) async throws {
    try ReinforcementSettings.check(
      algorithm, hasValueHead: policy.hasValueHead, groupSize: settings.groupSize, demonstrations: settings.demonstrations)
    try settings.check(policy.capabilities, for: algorithm, rewards)
    if let chooser = curricula.first(where: { type(of: $0).choosesQuestions }), !source.followsGuidance {
      throw TrainingError(
        .unmetRequirement,
        "\(type(of: chooser).name) chooses questions and the source \(type(of: source)) gives its own: follow its guidance there"
      )
    }
    try ReinforcementSettings.check(rewards, algorithm, groupSize: settings.groupSize, offers: source.offers)
    self.curricula = curricula
    self.policy = policy
    self.source = source
    self.algorithm = algorithm
    self.rewards = rewards
    self.settings = settings
    self.keep = keep
    reference = algorithm.requirements.contains(.referencePolicy) ? await policy.frozen() : nil
  }

  public mutating func step(_ index: Int) async throws -> [String: Double] {
    let stream = RandomStream(seed: settings.seed).derived(0x726C, UInt64(index))
    rewards.begin(step: index, of: settings.steps)
    for place in curricula.indices {
      curricula[place].begin(step: index, of: settings.steps)
      try curricula[place].adjust(&rewards)
    }
    let collected = try await collect(step: index, stream: stream.derived(1))
    let groups = collected.groups
    let sampled = collected.sampled
    try checkOffsets(sampled)
    try await keep(index, sampled)

    let batch = UpdateBatch(
      groups, behavior: settings.recomputesBehavior ? try await outputs(of: policy, groups) : nil,
      reference: try await referenceOutputs(groups), greedyRewards: collected.greedyRewards, rewards: rewards,
      selection: algorithm.selection)
    let credits = algorithm.advantage.estimates(for: batch.credit)
    let update = try await update(batch, credits, step: index, stream: stream.derived(2))
    algorithm.adapt(to: update.report)
    for group in sampled {
      for member in group.members { rewards.observe(member.reading, to: group.exercise.question) }
      let earned = group.members.compactMap(\.judgement.total)
      for place in curricula.indices { curricula[place].observe(group.exercise.question, rewards: earned) }
    }

    observations = StepObservations(sampled, labels: rewards.labels)
    var metrics = update.report.means
    var rollouts = RolloutMetrics(
      sampled, labels: rewards.labels, weights: rewards.weights, selection: algorithm.selection)
    rollouts.noteAdvantages(of: groups, credits: credits, labels: rewards.labels, weights: rewards.weights)
    if algorithm.selection.tiedGroups != .keep {
      rollouts.noteSelection(kept: groups.count, of: sampled.count, rounds: collected.rounds)
    }
    metrics.merge(rollouts.scalars) { own, _ in own }
    metrics.merge(update.scalars) { own, _ in own }
    for (key, value) in algorithm.state { metrics["algorithm/\(key)"] = value }
    for (key, value) in rewards.state { metrics["reward/\(key)"] = value }
    for curriculum in curricula {
      for (key, value) in curriculum.metrics { metrics["curriculum/\(key)"] = value }
    }
    if !groups.isEmpty { metrics["policy/loss"] = update.report.loss }
    metrics["time/sample"] = collected.sampling.seconds
    metrics["time/judge"] = collected.judging.seconds
    let sampledTokens = sampled.reduce(0) { $0 + $1.members.reduce(0) { $0 + $1.completion.tokens.count } }
    metrics["time/tokens_per_second"] = Double(sampledTokens) / max(collected.sampling.seconds, 1e-9)
    return metrics
  }

  public func state() async throws -> [String: [UInt8]] {
    var state = [
      "policy": try await policy.checkpoint(), "algorithm": NamedNumbers.encoded(algorithm.state),
      "rewards": NamedNumbers.encoded(rewards.state),
    ]
    for (place, curriculum) in curricula.enumerated() {
      state["curriculum-\(place)"] = NamedNumbers.encoded(curriculum.state)
    }
    return state
  }

  public mutating func restore(_ state: [String: [UInt8]]) async throws {
    guard let bytes = state["policy"] else {
      throw TrainingError(.badCheckpoint, "the checkpoint holds no policy: it is of another stage")
    }
    try await policy.restore(bytes)
    algorithm.state = try NamedNumbers.decoded(state["algorithm"] ?? [])
    rewards.state = try NamedNumbers.decoded(state["rewards"] ?? [])
    for place in curricula.indices { curricula[place].state = try NamedNumbers.decoded(state["curriculum-\(place)"] ?? []) }
  }

  public var warnings: [String] {
    var warnings = rewards.warnings
    if settings.demonstrations > 0, algorithm.requirements.contains(.referencePolicy) {
      warnings.append(
        "the KL divergence is estimated on demonstrations too, which the policy did not sample: it reads too high where they are unlikely"
      )
    }
    if rewards.judgesSpans, !algorithm.advantage.usesTokenCredits {
      let labels = rewards.components.filter { $0.credit == .span }.map(\.label).joined(separator: ", ")
      let able = AlgorithmCatalog.builtIn.all.filter { $0.usesTokenCredits }.map { $0.name }.joined(separator: ", ")
      warnings.append(
        "\(type(of: algorithm).name) knows no credit finer than a completion and ignores the spans of \(labels); these use them: "
          + able)
    }
    return warnings
  }

  /// Throws where credits by span cannot be spread over tokens.
  private func checkOffsets(_ groups: [RolloutGroup<P.Prompt>]) throws {
    guard rewards.judgesSpans, groups.contains(where: { $0.members.contains(where: \.lacksOffsets) }) else { return }
    throw TrainingError(
      .unmetRequirement,
      "rewards with credit: span need to know which characters a token covers and this policy does not say: have sample fill "
        + "Completion.textOffsets, or set credit: completion")
  }

  private struct Collected {
    /// What the update learns from.
    var groups: [RolloutGroup<P.Prompt>] = []
    /// Everything that was sampled, tied groups too, without the demonstrations that join it in `groups`.
    var sampled: [RolloutGroup<P.Prompt>] = []
    var rounds = 0
    /// One a group where the algorithm asks for them, else empty.
    var greedyRewards: [Double?] = []
    var sampling = Duration.zero
    var judging = Duration.zero
  }

  /// The step's groups; tied ones replaced by further exercises where the algorithm's selection says so.
  private func collect(step: Int, stream: RandomStream) async throws -> Collected {
    let selection = algorithm.selection
    var collected = Collected()
    // With their places among what was sampled.
    var chosen: [(place: Int, group: RolloutGroup<P.Prompt>)] = []
    var tied = chosen
    var wanted = 0
    for round in 0...(selection.tiedGroups == .refill ? selection.refillRounds : 0) {
      let exercises = try await source.exercises(step: step, round: round, guidance: QuestionGuidance(curricula))
      if round == 0 { wanted = exercises.count }
      guard !exercises.isEmpty else { break }
      let part = try await collector(temperature: settings.temperature, count: settings.groupSize)
        .collect(exercises, from: policy, stream: stream.derived(round), source: source)
      collected.sampling += part.sampling
      collected.judging += part.judging
      let groups = try await Demonstrations(
        count: settings.demonstrations, rewards: rewards, temperature: settings.temperature,
        maximumTokens: settings.maximumTokens
      ).join(part.groups, of: policy, source: source).enumerated().map { (place: collected.sampled.count + $0, group: $1) }
      collected.sampled += part.groups
      collected.rounds += 1
      let isRefilled = selection.tiedGroups == .refill
      tied += isRefilled ? groups.filter { $0.group.isTied(for: selection, weights: rewards.weights) } : []
      chosen += groups.filter { !isRefilled || !$0.group.isTied(for: selection, weights: rewards.weights) }
      if chosen.count >= wanted { break }
    }
    guard wanted > 0 else { throw TrainingError(.noData, "step \(step): the source gave no question to ask") }
    if selection.tiedGroups == .refill, selection.fallback == .keep { chosen += tied }
    if selection.tiedGroups == .drop { chosen.removeAll { $0.group.isTied(for: selection, weights: rewards.weights) } }
    chosen = Array(chosen.prefix(wanted))
    collected.groups = chosen.map(\.group)
    let learnt = Set(chosen.map(\.place))
    for place in collected.sampled.indices { collected.sampled[place].isLearnt = learnt.contains(place) }
    if algorithm.requirements.contains(.greedyRewards) {
      let greedy = try await collector(temperature: 0, count: 1)
        .collect(collected.groups.map(\.exercise), from: policy, stream: stream, source: source)
      collected.greedyRewards = greedy.groups.map { $0.members.first?.judgement.total }
      collected.sampling += greedy.sampling
    }
    return collected
  }

  private func collector(temperature: Float, count: Int) -> RolloutCollector {
    RolloutCollector(
      parameters: SamplingParameters(temperature: temperature, maximumTokens: settings.maximumTokens), groupSize: count,
      rewards: rewards)
  }

  private func referenceOutputs(_ groups: [RolloutGroup<P.Prompt>]) async throws -> [Float]? {
    guard let reference else { return nil }
    return try await outputs(of: reference, groups).logProbabilities
  }

  private func outputs<Q: Policy<P.Prompt>>(of policy: Q, _ groups: [RolloutGroup<P.Prompt>]) async throws -> TokenOutputs {
    try await policy.outputs(for: UpdateBatch<P.Prompt>.tokenBatch(groups), temperature: settings.temperature)
  }
}
