package import ExperimentKinds
import MusTBench
package import Options
import Policies
import Questions
import Randomness
import Timelines
import Tracks
package import Training

/// Supervised fine-tuning on timestamped captions (MusT stage 2).
package struct CaptionStageKind: PolicyStageKind {
  package static let name = "captions"
  package static let summary = "supervised fine-tuning on captions that say what is heard when"
  package static let needs = StageNeeds(stage: name, [.captions])

  package let answering: AnsweringOptions
  package let maximumGradientNorm: Double

  package init(options: inout OptionReader, plugins: Plugins) {
    answering = AnsweringOptions(options: &options, plugins: plugins, for: Self.needs)
    maximumGradientNorm = options.gradientNorm()
  }

  package func train<Loaded: LoadedPolicy>(
    _ policy: PolicyRun<Loaded>, in run: some StageRun
  ) async throws -> StageLoop.Ending {
    let splits = try run.splits()
    try splits.checkTimelines(for: Self.name)
    let tracks = try await policy.tracks(of: splits.train, title: "training tracks").tracks
    let source = CaptionExamples(
      tracks: tracks, loaded: policy.loaded, schedule: policy.schedule(run.training, over: tracks.count))
    let validation = try await policy.tracks(of: splits.validation, title: "validation tracks").tracks
    let examples = try validation.flatMap { try source.examples(about: $0, using: nil) }
    var stage = SupervisedStage(
      policy: policy.policy, source: source, learningRate: run.training.learningRate,
      maximumGradientNorm: Float(maximumGradientNorm))
    return try await run.loop(&stage) { stage, _ in try await Self.loss(of: stage.policy, on: examples) }
  }

  /// The mean loss of captions of held-out tracks, each caption the mean over its tokens.
  private static func loss<P: Policy>(of policy: P, on examples: [SupervisedExample<P.Prompt>]) async throws -> [String: Double]
  {
    guard !examples.isEmpty else { return [:] }
    let batch = TokenBatch(
      prompts: examples.map(\.prompt), completions: examples.map(\.answer), promptIndices: Array(examples.indices))
    let outputs = try await policy.outputs(for: batch, temperature: 1)
    var start = 0
    var sum = 0.0
    for example in examples {
      let part = outputs.logProbabilities[start..<start + example.answer.count]
      sum -= part.reduce(0) { $0 + Double($1) } / Double(example.answer.count)
      start += example.answer.count
    }
    return ["evaluation/supervised/loss": sum / Double(examples.count)]
  }
}

/// Timestamped captions of each track, in both styles; those that the policy has no room for are left out.
struct CaptionExamples<Loaded: LoadedPolicy>: SupervisedExampleSource {
  let tracks: [Loaded.Track]
  let loaded: Loaded
  let schedule: TrackSchedule

  func examples(step: Int) async throws -> [SupervisedExample<Loaded.Learner.Prompt>] {
    try schedule.tracks(step: step).enumerated().flatMap { slot, index in
      try examples(about: tracks[index], using: schedule.stream.derived(0x5354, step, slot))
    }
  }

  /// Both captions of a track.
  func examples(about track: Loaded.Track, using stream: RandomStream?) throws -> [SupervisedExample<Loaded.Learner.Prompt>] {
    try CaptionWriter.Style.allCases.compactMap { style in
      let timeline = track.timeline
      let caption = CaptionWriter.caption(of: timeline, style: style)
      let question = Question(
        id: "\(timeline.trackID)-caption-\(style.rawValue)", trackID: timeline.trackID, task: "caption",
        category: style.rawValue, text: style.prompt, kind: .text, references: [.text(caption)], duration: timeline.duration)
      let example = try loaded.example(question, answer: caption, about: track, using: stream)
      return loaded.hasRoom(for: example) ? example : nil
    }
  }
}
