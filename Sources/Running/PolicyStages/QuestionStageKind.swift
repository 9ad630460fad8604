package import ExperimentKinds
package import Options
import Tracks
package import Training

/// Supervised fine-tuning on temporal questions (MusT stage 3).
package struct QuestionStageKind: PolicyStageKind {
  package static let name = "questions"
  package static let summary = "supervised fine-tuning on questions with their answers"
  package static let needs = StageNeeds(stage: name, [.questions])

  /// What counts the same.
  package enum Balance: String, Sendable, CaseIterable {
    /// Every question.
    case question
    /// Every task, however many questions of it a step asks.
    case task
  }

  package let answering: AnsweringOptions
  let asked: AskedQuestions
  package let balance: Balance
  package let maximumGradientNorm: Double
  package let trainingTracks: Int

  package init(options: inout OptionReader, plugins: Plugins) {
    answering = AnsweringOptions(options: &options, plugins: plugins, for: Self.needs)
    asked = AskedQuestions(
      answering.choice, perTrack: answering.perTrack(&options), style: AnswerStyle(options: &options))
    balance = options.section("questions") {
      $0.choice("balance", default: Balance.question, help: "what counts the same in supervised fine-tuning")
    }
    maximumGradientNorm = options.gradientNorm()
    trainingTracks = answering.trainingTracks(&options)
  }

  package func train<Loaded: LoadedPolicy>(
    _ policy: PolicyRun<Loaded>, in run: some StageRun
  ) async throws -> StageLoop.Ending {
    let splits = try run.splits()
    let tracks = try await policy.tracks(of: splits.train, title: "training tracks")
    try policy.checkAsked(tracks)
    let heldOut = policy.heldOut(try await policy.tracks(of: splits.validation, title: "validation tracks"))
    let learnt = policy.learnt(trainingTracks, of: tracks)
    var stage = SupervisedStage(
      policy: policy.policy,
      source: QuestionExamples(
        tracks: tracks, loaded: policy.loaded, asked: asked, balance: balance,
        schedule: policy.schedule(run.training, over: tracks.count)),
      learningRate: run.training.learningRate, maximumGradientNorm: Float(maximumGradientNorm))
    return try await run.loop(&stage) { _, _ in try await policy.metrics(on: heldOut, learnt) }
  }
}

extension OptionReader {
  /// The key `training.gradient-norm` of supervised stages.
  mutating func gradientNorm() -> Double {
    section("training") {
      $0.number("gradient-norm", default: 1, in: 1e-6...1e6, help: "gradients are scaled down to this norm")
    }
  }
}
