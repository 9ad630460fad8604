import Algorithms
import AudioLanguageModel
import MusTBench
import Policies
import Questions
import Randomness
import Rewards
import RunLogs
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
    let policy = try await startingPolicy()
    if let algorithm = file.algorithm {
      try ReinforcementStage<EmbeddedPolicy, QuestionExercises>
        .check(algorithm, hasValueHead: policy.hasValueHead, groupSize: file.training.completions)
    }
    let splits = try run.splits
    let tracks = try TrackLibrary.encoded(splits.train, by: encoder, title: "training tracks", progress: run.progress)
    let validation = try TrackLibrary.encoded(
      splits.validation, by: encoder, title: "validation tracks", progress: run.progress)
    let ending = try await train(
      policy, on: tracks, heldOut: (tracks: validation, questions: try heldOut(validation, policy: policy)))
    guard ending == .finished else { return ending }
    try AtomicFile.write(await policy.export(), to: run.directory.policyFile)
    if !file.exportFile.isEmpty { try AtomicFile.write(await policy.export(), to: file.exportFile) }
    let test = try TrackLibrary.encoded(splits.test, by: encoder, title: "held-out tracks", progress: run.progress)
    try await score(policy, on: test)
    return ending
  }

  func startingPolicy() async throws -> EmbeddedPolicy {
    let policy = EmbeddedPolicy(file.policy, seed: file.seed)
    if !file.policyFile.isEmpty { try await policy.load(try ExperimentRun.bytes(of: file.policyFile)) }
    return policy
  }

  /// Answers of the starting policy on the held-out tracks.
  func scoreStart() async throws -> [ScoredAnswer] {
    let test = try TrackLibrary.encoded(
      try run.splits.test, by: try run.encoder(), title: "held-out tracks", progress: run.progress)
    return try await answers(of: try await startingPolicy(), phase: .end, on: test)
  }

  private func heldOut(_ tracks: [EncodedTrack], policy: EmbeddedPolicy) throws -> HeldOut {
    HeldOut(
      exercises: try HeldOut.exercises(about: tracks, tasks: file.questions.tasks, policy: policy),
      samples: file.evaluation.samples, topP: Float(file.evaluation.topP), maximumTokens: file.training.maximumTokens,
      seed: RandomStream(seed: file.seed).seed(for: [0xE7A1]))
  }

  private func train(
    _ policy: EmbeddedPolicy, on tracks: [EncodedTrack], heldOut: (tracks: [EncodedTrack], questions: HeldOut)
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
        source: QuestionLessons(tracks: tracks, policy: policy, options: file.questions, schedule: schedule),
        learningRate: training.learningRate, maximumGradientNorm: Float(training.maximumGradientNorm))
      let learnt = try learnt(tracks, policy: policy)
      return try await run.loop(&stage) { stage, _ in try await Self.metrics(of: stage.policy, on: heldOut.questions, learnt) }
    case .reinforcement:
      return try await reinforce(policy, tracks: tracks, schedule: schedule, heldOut: heldOut.questions)
    }
  }

  private func reinforce(
    _ policy: EmbeddedPolicy, tracks: [EncodedTrack], schedule: TrackSchedule, heldOut: HeldOut
  ) async throws -> StageLoop.Ending {
    guard let algorithm = file.algorithm, var rewards = file.rewards else {
      preconditionFailure("a reinforcement experiment has an algorithm and rewards")
    }
    rewards.fitBaselines(to: try HeldOut.exercises(about: tracks, tasks: file.questions.tasks, policy: policy).map(\.question))
    let training = file.training
    let store = try RolloutLog(
      path: run.directory.rolloutsFile, labels: rewards.labels, resumingAt: try run.stepsDone())
    let learnt = try learnt(tracks, policy: policy)
    func learn(from source: some ExerciseSource<AudioPrompt>) async throws -> StageLoop.Ending {
      var stage = try await ReinforcementStage(
        policy: policy, source: source, algorithm: algorithm, rewards: rewards,
        settings: .init(
          seed: file.seed, steps: training.steps, groupSize: training.completions, temperature: Float(training.temperature),
          maximumTokens: training.maximumTokens, learningRate: training.learningRate,
          microbatchGroups: training.microbatchGroups, driftTolerance: training.driftTolerance),
        curricula: file.curricula, keep: { step, groups in try await store.keep(groups, step: step) })
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
  private func learnt(_ tracks: [EncodedTrack], policy: EmbeddedPolicy) throws -> HeldOut {
    try heldOut(Array(tracks.prefix(file.evaluation.trainingTracks)), policy: policy)
  }

  private static func metrics(
    of policy: EmbeddedPolicy, on heldOut: HeldOut, _ learnt: HeldOut
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
  private func score(_ policy: EmbeddedPolicy, on tracks: [EncodedTrack]) async throws {
    guard !tracks.isEmpty else { return }
    var scored = try await answers(of: policy, phase: .end, on: tracks)
    if !file.policyFile.isEmpty {
      scored = try await answers(of: try await startingPolicy(), phase: .start, on: tracks) + scored
    }
    try EvaluationFile.write(scored, to: run.directory.evaluationFile)
    if !file.policyFile.isEmpty { try Comparison(runs: [run.directory.path], control: []).writeSummary() }
  }

  private func answers(
    of policy: EmbeddedPolicy, phase: ScoredAnswer.Phase, on tracks: [EncodedTrack]
  ) async throws -> [ScoredAnswer] {
    let heldOut = try heldOut(tracks, policy: policy)
    var scored: [ScoredAnswer] = []
    for (index, decoding) in HeldOut.Decoding.allCases.enumerated() {
      run.progress.report("scoring the \(phase.rawValue)", index, HeldOut.Decoding.allCases.count)
      scored += try await heldOut.answers(of: policy, decoding: decoding).map {
        ScoredAnswer(phase: phase, decoding: decoding, answer: $0)
      }
    }
    run.progress.report("scoring the \(phase.rawValue)", 1, 1)
    return scored
  }
}
