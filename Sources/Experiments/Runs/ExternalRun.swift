import Algorithms
import ExternalPolicy
import MusTBench
import Policies
import Questions
import Randomness
import Rewards
import RunLogs
import Timelines
import Training

/// A question as a policy in another process gets it; the answers stay here.
///
/// `question`, `track` (the track's id), `task`, `duration` in seconds, and `form`: how the answer is to be written, in words.
struct QuestionPrompt: Encodable, Sendable {
  let question: String
  let track: String
  let task: String
  let duration: Double
  let form: String

  init(_ question: Question) {
    self.question = question.text
    track = question.trackID
    task = question.task
    duration = question.duration
    form = AnswerForm(question).prescription
  }
}

/// A run of stage 4 on a policy in another process.
struct ExternalRun {
  let run: ExperimentRun
  private var file: ExperimentFile { run.file }

  init(run: ExperimentRun) {
    self.run = run
  }

  func run() async throws -> StageLoop.Ending {
    guard let algorithm = file.algorithm, var rewards = file.rewards else {
      preconditionFailure("a reinforcement experiment has an algorithm and rewards")
    }
    let policy = try ExternalPolicy<QuestionPrompt>(command: file.externalPolicy, seed: file.seed, timeout: file.policyTimeout)
    let start = await policy.frozen()
    let splits = try run.splits
    let train = try timelines(splits.train, "training tracks")
    let validation = try exercises(about: try timelines(splits.validation, "validation tracks"))
    let training = file.training
    let source = GuidedExercises(
      timelines: train, options: file.questions,
      schedule: TrackSchedule(
        count: train.count, perStep: training.tracksPerStep, stream: RandomStream(seed: file.seed).derived(0x7472))
    ) { QuestionPrompt($1) }
    rewards.fitBaselines(to: source.questions)
    let store = try RolloutLog(path: run.directory.rolloutsFile, labels: rewards.labels, resumingAt: try run.stepsDone())
    var stage = try await ReinforcementStage(
      policy: policy, source: source, algorithm: algorithm, rewards: rewards,
      settings: .init(
        seed: file.seed, steps: training.steps, groupSize: training.completions, temperature: Float(training.temperature),
        maximumTokens: training.maximumTokens, learningRate: training.learningRate,
        microbatchGroups: training.microbatchGroups, driftTolerance: training.driftTolerance),
      curricula: file.curricula, keep: { step, groups in try await store.keep(groups, step: step) })
    let ending = try await run.loop(&stage) { stage, _ in try await metrics(of: stage.policy, on: validation) }
    guard ending == .finished else { return ending }
    try AtomicFile.write(try await policy.checkpoint(), to: run.directory.externalPolicyFile)
    let test = try exercises(about: try timelines(splits.test, "held-out tracks"))
    guard !test.isEmpty else { return ending }
    var scored: [ScoredAnswer] = []
    for decoding in HeldOut.Decoding.allCases {
      scored += try await answers(of: start, to: test, decoding).map {
        ScoredAnswer(phase: .start, decoding: decoding, answer: $0)
      }
      scored += try await answers(of: policy, to: test, decoding).map {
        ScoredAnswer(phase: .end, decoding: decoding, answer: $0)
      }
    }
    try EvaluationFile.write(scored, to: run.directory.evaluationFile)
    try Comparison(runs: [run.directory.path], control: []).writeSummary()
    return ending
  }

  private func timelines(_ source: any TrackSource, _ title: String) throws -> [Timeline] {
    try TrackLibrary.spectrograms(source, title: title, progress: run.progress).map(\.timeline)
  }

  /// Every question of the tasks about every track, the same in each run.
  private func exercises(about timelines: [Timeline]) throws -> [Exercise<QuestionPrompt>] {
    timelines.enumerated().flatMap { index, timeline in
      var stream = RandomStream(seed: 0x4845_4C44).derived(index)
      return file.questions.tasks.flatMap { name in
        (BenchmarkTasks[name]?.questions(for: timeline, stream: &stream) ?? []).map {
          Exercise(question: $0, prompt: QuestionPrompt($0))
        }
      }
    }
  }

  private func answers<P: Policy<QuestionPrompt>>(
    of policy: P, to exercises: [Exercise<QuestionPrompt>], _ decoding: HeldOut.Decoding
  ) async throws -> [EvaluatedAnswer] {
    let length = file.training.maximumTokens
    let parameters =
      decoding == .greedy
      ? SamplingParameters.greedy(maximumTokens: length)
      : SamplingParameters(temperature: 1, topP: Float(file.evaluation.topP), maximumTokens: length)
    return try await Evaluation(parameters: parameters, seed: RandomStream(seed: file.seed).seed(for: [0xE7A1]))
      .answers(of: policy, to: exercises)
  }

  /// Mean scores by metric name, such as `evaluation/tsg/hit@3s/greedy`.
  private func metrics(
    of policy: ExternalPolicy<QuestionPrompt>, on exercises: [Exercise<QuestionPrompt>]
  ) async throws -> [String: Double] {
    var sums: [String: (sum: Double, count: Double)] = [:]
    for decoding in HeldOut.Decoding.allCases {
      for answer in try await answers(of: policy, to: exercises, decoding) {
        for (metric, score) in answer.scores {
          let name = "evaluation/\(answer.question.task)/\(metric)/\(decoding.rawValue)"
          let old = sums[name] ?? (0, 0)
          sums[name] = (old.sum + score, old.count + 1)
        }
      }
    }
    return sums.mapValues { $0.sum / $0.count }
  }
}
