import Algorithms
import ExternalPolicy
import Files
import Foundation
import Policies
import Questions
import Randomness
import Rewards
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
    do {
      return try await train()
    } catch let error as PolicyError {
      guard let steps = try? run.stepsDone(), steps > 0 else { throw error }
      let next = "\nThe run goes on from its checkpoint after \(steps) steps when it is started again."
      throw PolicyError(error.code, error.message + next, cause: error.cause)
    }
  }

  private func train() async throws -> StageLoop.Ending {
    guard let algorithm = file.algorithm, let composition = file.rewards else {
      preconditionFailure("a reinforcement experiment has an algorithm and rewards")
    }
    run.remark?("starts: \(file.externalPolicy.joined(separator: " "))")
    let policy = try ExternalPolicy<QuestionPrompt>(
      command: file.externalPolicy, seed: file.seed, timeout: file.policyTimeout, log: run.directory.policyLogFile,
      showsErrors: run.remark != nil)
    defer { policy.end() }
    // For the scores before training; a copy of a large model is not made for nothing.
    let start = file.tracks.test > 0 ? try policy.freeze() : nil
    let splits = try run.splits
    let train = try timelines(splits.train, "training tracks")
    let validation = heldOut(try timelines(splits.validation, "validation tracks"))
    let training = file.training
    let source = GuidedExercises(
      timelines: train, options: file.questions,
      schedule: TrackSchedule(
        count: train.count, perStep: training.tracksPerStep, stream: RandomStream(seed: file.seed).derived(0x7472))
    ) { QuestionPrompt($1) }
    let rewards = try run.fitted(composition, to: source.questions)
    let store = try RolloutLog(path: run.directory.rolloutsFile, labels: rewards.labels, resumingAt: try run.stepsDone())
    var stage = try await ReinforcementStage(
      policy: policy, source: source, algorithm: algorithm, rewards: rewards,
      settings: .init(file), curricula: file.curricula, keep: { step, groups in try await store.keep(groups, step: step) })
    let ending = try await run.loop(&stage) { stage, _ in try await validation.metrics(of: stage.policy) }
    guard ending == .finished else { return ending }
    try run.sealRollouts()
    // The sum of what is written now must not be that of what was there before.
    unlink(FileSum.file(of: run.directory.externalPolicyFile))
    try AtomicFile.write(try await policy.checkpoint(), to: run.directory.externalPolicyFile)
    try FileSum.write(for: run.directory.externalPolicyFile)
    let test = heldOut(try timelines(splits.test, "held-out tracks"))
    guard let start, !test.exercises.isEmpty else { return ending }
    let scored =
      try await test.scored(start, phase: .start, progress: run.progress)
      + (try await test.scored(policy, phase: .end, progress: run.progress))
    try EvaluationFile.writeSummed(scored, to: run.directory.evaluationFile)
    try Comparison(runs: [run.directory.path], control: []).writeSummary()
    return ending
  }

  private func timelines(_ source: any TrackSource, _ title: String) throws -> [Timeline] {
    try TrackLibrary.timelines(source, title: title, progress: run.progress)
  }

  private func heldOut(_ timelines: [Timeline]) -> HeldOut<QuestionPrompt> {
    HeldOut(
      FixedQuestions.about(timelines, options: file.questions).map { Exercise(question: $0, prompt: QuestionPrompt($0)) },
      of: file)
  }
}
