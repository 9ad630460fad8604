package import Algorithms
import Curricula
package import ExperimentKinds
import MusTBench
package import Options
package import Policies
import Questions
package import Rewards
import RunFolders
package import RunLogs
import Tracks
package import Training

/// Reinforcement learning on temporal rewards (MusT stage 4).
package struct ReinforcementStageKind: PolicyStageKind {
  package static let name = "reinforcement"
  package static let summary = "reinforcement learning on rewards of sampled answers"
  package static let needs = StageNeeds(stage: name, [.reinforcement])

  package let answering: AnsweringOptions
  let asked: AskedQuestions
  package let trainingTracks: Int
  package let sampling: RolloutOptions
  package let rewards: RewardSpec
  /// `nil` where the file names none that there is.
  package let algorithm: (any Algorithm)?
  /// What changes in the course of a run.
  package let curricula: [any Curriculum]

  package init(options: inout OptionReader, plugins: Plugins) {
    answering = AnsweringOptions(options: &options, plugins: plugins, for: Self.needs)
    sampling = options.section("training") { RolloutOptions(options: &$0) }
    asked = AskedQuestions(
      answering.choice, perTrack: answering.perTrack(&options), style: AnswerStyle(options: &options))
    if sampling.demonstrations == 0, asked.style != .plain {
      options.record(
        "has no effect: only demonstrations take it and training.demonstrations is 0, leave it out", at: "questions.answers")
    }
    trainingTracks = answering.trainingTracks(&options)
    let rewards = RewardSpec(options: &options, catalog: plugins.rewards)
    self.rewards = rewards
    algorithm = options.section("algorithm") { plugins.algorithms.make(options: &$0) }
    curricula = plugins.curricula.makeList("curriculum", options: &options)
    for curriculum in curricula {
      for complaint in curriculum.complaints(about: rewards, tasks: answering.choice.names) {
        options.record("\(type(of: curriculum).name): \(complaint)", at: "curriculum")
      }
    }
  }

  package var limits: RunLimits { RunLimits(drift: sampling.driftTolerance, metrics: metricNames) }

  package var startIssues: [OptionIssue] {
    guard let algorithm else { return [] }
    let missing = missingFeature.map { [OptionIssue(path: "algorithm", line: nil, message: $0)] } ?? []
    do throws(TrainingError) {
      // A value head that may be there is for the open policy to have.
      try requirements(of: algorithm, hasValueHead: true)
      return missing
    } catch {
      return missing + [OptionIssue(path: "algorithm", line: nil, message: error.message)]
    }
  }

  /// What the algorithm or the rewards need and the policy's kind cannot give.
  private var missingFeature: String? {
    guard let algorithm else { return nil }
    let (kind, name) = (answering.trained.policy, type(of: algorithm).name)
    func missing(_ feature: PolicyFeature, _ need: String, _ otherwise: String) -> String? {
      guard !kind.features.contains(feature) else { return nil }
      return "\(need), which policy kind \(type(of: kind).name) does not have: \(kind.remedy(for: feature) ?? otherwise)"
    }
    if algorithm.requirements.contains(.valueHead),
      let message = missing(.valueHead, "\(name) needs a value head", "take an algorithm without one, such as grpo")
    {
      return message
    }
    if algorithm.requirements.contains(.referencePolicy),
      let message = missing(
        .reference, "\(name) needs a copy of the policy for reference", "leave the penalty on the distance from it out")
    {
      return message
    }
    if rewards.judgesSpans, algorithm.advantage.usesTokenCredits,
      let message = missing(
        .spans, "a reward with credit: span needs to know which characters a token covers", "set credit: completion")
    {
      return message
    }
    return nil
  }

  private func requirements(of algorithm: any Algorithm, hasValueHead: Bool) throws(TrainingError) {
    try ReinforcementSettings.check(
      algorithm, hasValueHead: hasValueHead, groupSize: sampling.completions, demonstrations: sampling.demonstrations)
  }

  package func check(_ policy: some TrainablePolicy) throws {
    guard let algorithm else { return }
    try requirements(of: algorithm, hasValueHead: policy.hasValueHead)
  }

  package func train<Loaded: LoadedPolicy>(
    _ policy: PolicyRun<Loaded>, in run: some StageRun
  ) async throws -> StageLoop.Ending {
    let splits = try run.splits()
    let tracks = try await policy.tracks(of: splits.train, title: "training tracks")
    try policy.checkAsked(tracks)
    let heldOut = policy.heldOut(try await policy.tracks(of: splits.validation, title: "validation tracks"))
    let schedule = policy.schedule(run.training, over: tracks.count)
    let loaded = policy.loaded
    guard loaded.drawsFromAllTracks || curricula.contains(where: { type(of: $0).choosesQuestions }) else {
      return try await train(
        policy, on: tracks, heldOut, in: run,
        from: QuestionExercises(tracks: tracks, loaded: loaded, asked: asked, schedule: schedule),
        baselines: FixedQuestions.about(tracks, choice: answering.choice))
    }
    let source = GuidedExercises(
      tracks: tracks, asked: asked, schedule: schedule, offers: loaded.offers,
      changed: { loaded.prompt($0, changed: $1) }
    ) {
      try loaded.prompt(for: $1, about: tracks.tracks[$0])
    }
    return try await train(
      policy, on: tracks, heldOut, in: run, from: source,
      baselines: loaded.drawsFromAllTracks
        ? source.questions : FixedQuestions.about(tracks, choice: answering.choice))
  }

  /// - Parameter baselines: questions that the rewards' baselines are fitted to.
  private func train<Loaded: LoadedPolicy>(
    _ policy: PolicyRun<Loaded>, on tracks: RunTracks<Loaded.Track>, _ heldOut: HeldOut<Loaded.Learner.Prompt>,
    in run: some StageRun, from source: some ExerciseSource<Loaded.Learner.Prompt>, baselines: [Question]
  ) async throws -> StageLoop.Ending {
    guard let algorithm else { preconditionFailure("a file without an algorithm is refused when it is read") }
    let rewards = try run.fitted(rewards, to: baselines)
    let store = try RolloutLog(path: run.directory.rolloutsFile, labels: rewards.labels, resumingAt: try run.stepsDone)
    let learnt = policy.learnt(trainingTracks, of: tracks)
    var stage = try await ReinforcementStage(
      policy: policy.policy, source: source, algorithm: algorithm, rewards: rewards,
      settings: sampling.settings(
        seed: run.seed, maximumTokens: answering.maximumTokens, training: run.training),
      curricula: curricula, keep: { step, groups in try await store.keep(groups, step: step) })
    return try await run.loop(&stage) { _, _ in try await policy.metrics(on: heldOut, learnt) }
  }
}

/// How a step samples and learns from what it sampled.
package struct RolloutOptions: Sendable, Hashable {
  /// Completions of each prompt.
  package var completions: Int
  /// Reference answers that join each group of completions.
  package var demonstrations: Int
  package var temperature: Double
  package var microbatchGroups: Int
  package var driftTolerance: Double
  package var recomputesBehavior: Bool

  /// Reads from the section `training`.
  init(options: inout OptionReader) {
    completions = options.integer("completions", default: 8, in: 1...1024, help: "completions of each prompt")
    demonstrations = options.integer(
      "demonstrations", default: 0, in: 0...64,
      help: "copies of the reference answer that join the completions of each prompt and share their advantage")
    temperature = options.number("temperature", default: 1, in: 0.01...10, help: "of sampling and update alike")
    microbatchGroups = options.integer(
      "microbatch-groups", default: 64, in: 1...1_000_000, help: "groups in one forward and backward pass")
    driftTolerance = options.number(
      "drift-tolerance", default: 0.001, in: 0...10, unit: "nats",
      help: "largest mean difference of sampled and recomputed log-probabilities at the first step")
    recomputesBehavior = options.flag(
      "recompute-behavior", default: false,
      help: "evaluate each batch anew before the update, for rollouts of another engine; algorithm.correction then acts")
  }

  fileprivate func settings(seed: UInt64, maximumTokens: Int, training: TrainingOptions) -> ReinforcementSettings {
    ReinforcementSettings(
      seed: seed, steps: training.steps, groupSize: completions, temperature: Float(temperature),
      maximumTokens: maximumTokens, learningRate: training.learningRate, microbatchGroups: microbatchGroups,
      driftTolerance: driftTolerance, recomputesBehavior: recomputesBehavior, demonstrations: demonstrations)
  }
}
