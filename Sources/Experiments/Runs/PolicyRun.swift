import Algorithms
import AudioLanguageModel
import Files
import Policies
import Questions
import Randomness
import Rewards
import Training

/// A run of stage 2, 3 or 4: the embedded policy learns.
struct PolicyRun {
  let run: ExperimentRun
  private var file: ExperimentFile { run.file }

  init(run: ExperimentRun) {
    self.run = run
  }

  func run() async throws -> StageLoop.Ending {
    let encoder = try run.encoder()
    try file.tracks.check(heardBy: encoder.configuration.instruments)
    guard file.questions.levels == .annotated || encoder.configuration.intensity == .notes else {
      throw FileError(
        path: file.encoderFile,
        message: "hears no notes, so there are no levels to read: questions.levels: heard wants an encoder that was trained "
          + "with encoder.intensity: notes")
    }
    let cache = try run.trackCache()
    let policy = try await startingPolicy()
    if let algorithm = file.algorithm {
      try ReinforcementStage<EmbeddedPolicy, QuestionExercises>
        .check(
          algorithm, hasValueHead: policy.hasValueHead, groupSize: file.training.completions,
          demonstrations: file.training.demonstrations)
    }
    let splits = try run.splits
    let tracks = try TrackLibrary.encoded(
      splits.train, by: encoder, cache: cache, title: "training tracks", progress: run.progress)
    let validation = try TrackLibrary.encoded(
      splits.validation, by: encoder, cache: cache, title: "validation tracks", progress: run.progress)
    let ending = try await train(
      policy, on: tracks, heardBy: encoder.configuration,
      heldOut: (tracks: validation, questions: try heldOut(validation, policy: policy)))
    guard ending == .finished else { return ending }
    try run.sealRollouts()
    try AtomicFile.write(await policy.export(), to: run.directory.policyFile)
    if !file.exportFile.isEmpty { try AtomicFile.write(await policy.export(), to: file.exportFile) }
    try await score(policy)
    return ending
  }

  /// Makes the scores of a run again that is trained to its end, from its files: what it started from and the policy that it left.
  ///
  /// Low-rank updates are merged into that policy, which rounds: such a run takes its last checkpoint instead, where it still has it.
  func scoreAgain() async throws -> StageLoop.Ending {
    if file.policy.model.adapterRank > 0, try run.stepsDone() == file.training.steps { return try await self.run() }
    let policy = try await startingPolicy()
    try await policy.load(try ExperimentRun.bytes(of: run.directory.policyFile))
    try await score(policy)
    return .finished
  }

  func startingPolicy() async throws -> EmbeddedPolicy {
    let policy = EmbeddedPolicy(file.policy, encoder: try run.encoder().configuration, seed: file.seed)
    if !file.policyFile.isEmpty { try await policy.load(try ExperimentRun.bytes(of: file.policyFile)) }
    return policy
  }

  /// Answers of the starting policy on the held-out tracks.
  func scoreStart() async throws -> [ScoredAnswer] {
    let tracks = try heldOutTracks()
    let policy = try await startingPolicy()
    return try await heldOut(tracks, policy: policy).scored(policy, phase: .end, progress: run.progress)
  }

  private func heldOutTracks() throws -> [EncodedTrack] {
    try TrackLibrary.encoded(
      try run.splits.test, by: try run.encoder(), cache: try run.trackCache(), title: "held-out tracks", progress: run.progress)
  }

  private func heldOut(_ tracks: [EncodedTrack], policy: EmbeddedPolicy) throws -> HeldOut<AudioPrompt> {
    let exercises = try tracks.enumerated().flatMap { index, track in
      try FixedQuestions.about(track.timeline, index: index, options: file.questions).map { question in
        Exercise(question: question, prompt: try policy.prompt(track.audio, question: question.text))
      }
    }
    return HeldOut(exercises, of: file)
  }

  private func train(
    _ policy: EmbeddedPolicy, on tracks: [EncodedTrack], heardBy encoder: MusicEncoderConfiguration,
    heldOut: (tracks: [EncodedTrack], questions: HeldOut<AudioPrompt>)
  ) async throws -> StageLoop.Ending {
    let training = file.training
    let schedule = TrackSchedule(
      count: tracks.count, perStep: training.tracksPerStep, stream: RandomStream(seed: file.seed).derived(0x7472))
    switch file.stage {
    case .captions, .encoder:
      var stage = SupervisedStage(
        policy: policy,
        source: CaptionLessons(tracks: tracks, policy: policy, options: file.questions, schedule: schedule),
        learningRate: training.learningRate, maximumGradientNorm: Float(training.maximumGradientNorm))
      let lessons = try heldOut.tracks.flatMap { try stage.source.lessons(about: $0) }
      return try await run.loop(&stage) { stage, _ in try await Self.captionLoss(of: stage.policy, on: lessons) }
    case .questions:
      var stage = SupervisedStage(
        policy: policy,
        source: QuestionLessons(
          tracks: file.questions.levels == .heard ? tracks.map { $0.believing(encoder.heads.intensityLevel) } : tracks,
          policy: policy, options: file.questions, schedule: schedule),
        learningRate: training.learningRate, maximumGradientNorm: Float(training.maximumGradientNorm))
      let learnt = try learnt(tracks, policy: policy)
      return try await run.loop(&stage) { stage, _ in try await Self.metrics(of: stage.policy, on: heldOut.questions, learnt) }
    case .reinforcement:
      return try await reinforce(policy, tracks: tracks, schedule: schedule, heldOut: heldOut.questions)
    }
  }

  private func reinforce(
    _ policy: EmbeddedPolicy, tracks: [EncodedTrack], schedule: TrackSchedule, heldOut: HeldOut<AudioPrompt>
  ) async throws -> StageLoop.Ending {
    guard let algorithm = file.algorithm, let composition = file.rewards else {
      preconditionFailure("a reinforcement experiment has an algorithm and rewards")
    }
    let rewards = try run.fitted(composition, to: FixedQuestions.about(tracks.map(\.timeline), options: file.questions))
    let store = try RolloutLog(
      path: run.directory.rolloutsFile, labels: rewards.labels, resumingAt: try run.stepsDone())
    let learnt = try learnt(tracks, policy: policy)
    func learn(from source: some ExerciseSource<AudioPrompt>) async throws -> StageLoop.Ending {
      var stage = try await ReinforcementStage(
        policy: policy, source: source, algorithm: algorithm, rewards: rewards,
        settings: .init(file), curricula: file.curricula, keep: { step, groups in try await store.keep(groups, step: step) })
      return try await run.loop(&stage) { stage, _ in try await Self.metrics(of: stage.policy, on: heldOut, learnt) }
    }
    return file.curricula.contains { type(of: $0).choosesQuestions }
      ? try await learn(
        from: GuidedExercises(timelines: tracks.map(\.timeline), options: file.questions, schedule: schedule) {
          try policy.prompt(tracks[$0].audio, question: $1.text)
        })
      : try await learn(from: QuestionExercises(tracks: tracks, policy: policy, options: file.questions, schedule: schedule))
  }

  /// The training tracks that are measured beside the held-out ones.
  private func learnt(_ tracks: [EncodedTrack], policy: EmbeddedPolicy) throws -> HeldOut<AudioPrompt> {
    try heldOut(TrackSchedule.spread(file.evaluation.trainingTracks, over: tracks.count).map { tracks[$0] }, policy: policy)
  }

  private static func metrics(
    of policy: EmbeddedPolicy, on heldOut: HeldOut<AudioPrompt>, _ learnt: HeldOut<AudioPrompt>
  ) async throws -> [String: Double] {
    try await heldOut.metrics(of: policy)
      .merging(try await learnt.metrics(of: policy, decodings: [.greedy], prefix: "training")) { held, _ in held }
  }

  /// The mean loss of captions of held-out tracks, each caption the mean over its tokens.
  private static func captionLoss(
    of policy: EmbeddedPolicy, on lessons: [Lesson<AudioPrompt>]
  ) async throws -> [String: Double] {
    guard !lessons.isEmpty else { return [:] }
    let batch = TokenBatch(
      prompts: lessons.map(\.prompt), completions: lessons.map(\.answer), promptIndices: Array(lessons.indices))
    let outputs = try await policy.outputs(for: batch, temperature: 1)
    var start = 0
    var sum = 0.0
    for lesson in lessons {
      let part = outputs.logProbabilities[start..<start + lesson.answer.count]
      sum -= part.reduce(0) { $0 + Double($1) } / Double(lesson.answer.count)
      start += lesson.answer.count
    }
    return ["evaluation/supervised/loss": sum / Double(lessons.count)]
  }

  /// Scores the start and the end on the held-out tracks, and writes `evaluation.jsonl`.
  private func score(_ policy: EmbeddedPolicy) async throws {
    let tracks = try heldOutTracks()
    guard !tracks.isEmpty else { return }
    let heldOut = try heldOut(tracks, policy: policy)
    var scored = try await heldOut.scored(policy, phase: .end, progress: run.progress)
    if !file.policyFile.isEmpty {
      scored = try await heldOut.scored(try await startingPolicy(), phase: .start, progress: run.progress) + scored
    }
    try EvaluationFile.writeSummed(scored, to: run.directory.evaluationFile)
    if !file.policyFile.isEmpty { try Comparison(runs: [run.directory.path], control: []).writeSummary() }
  }
}
