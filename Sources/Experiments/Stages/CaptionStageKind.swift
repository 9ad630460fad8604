import AudioLanguageModel
public import Options
import Policies
import Questions
import Randomness
import Timelines
public import Training

/// Supervised fine-tuning on timestamped captions (MusT stage 2).
public struct CaptionStageKind: PolicyStageKind {
  public static let name = "captions"
  public static let summary = "supervised fine-tuning on captions that say what is heard when"
  public static let needs = StageNeeds(stage: name, [.captions])

  public let answering: AnsweringOptions
  public let maximumGradientNorm: Double

  public init(options: inout OptionReader, plugins: Plugins) {
    answering = AnsweringOptions(options: &options, plugins: plugins, for: Self.needs)
    maximumGradientNorm = options.gradientNorm()
  }

  public func train<Loaded: LoadedPolicy>(
    _ policy: PolicyRun<Loaded>, in run: some StageRun
  ) async throws -> StageLoop.Ending {
    let splits = try run.tracks.splits()
    let tracks = try await policy.tracks(of: splits.train, title: "training tracks")
    let source = CaptionLessons(
      tracks: tracks, loaded: policy.loaded, schedule: policy.schedule(run.training, over: tracks.count))
    let validation = try await policy.tracks(of: splits.validation, title: "validation tracks")
    let lessons = try validation.flatMap { try source.lessons(about: $0, using: nil) }
    var stage = SupervisedStage(
      policy: policy.policy, source: source, learningRate: run.training.learningRate,
      maximumGradientNorm: Float(maximumGradientNorm))
    return try await run.loop(&stage) { stage, _ in try await Self.loss(of: stage.policy, on: lessons) }
  }

  /// The mean loss of captions of held-out tracks, each caption the mean over its tokens.
  private static func loss<P: Policy>(of policy: P, on lessons: [Lesson<P.Prompt>]) async throws -> [String: Double] {
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
}

/// Timestamped captions of each track, in both styles; those that the policy has no room for are left out.
struct CaptionLessons<Loaded: LoadedPolicy>: LessonSource {
  let tracks: [Loaded.Track]
  let loaded: Loaded
  let schedule: TrackSchedule

  func lessons(step: Int) async throws -> [Lesson<Loaded.Learner.Prompt>] {
    try schedule.tracks(step: step).enumerated().flatMap { slot, index in
      try lessons(about: tracks[index], using: schedule.stream.derived(0x5354, step, slot))
    }
  }

  /// Both captions of a track.
  func lessons(about track: Loaded.Track, using stream: RandomStream?) throws -> [Lesson<Loaded.Learner.Prompt>] {
    try CaptionWriter.Style.allCases.compactMap { style in
      let timeline = track.timeline
      let caption = CaptionWriter.caption(of: timeline, style: style)
      let question = Question(
        id: "\(timeline.trackID)-caption-\(style.rawValue)", trackID: timeline.trackID, task: "caption",
        category: style.rawValue, text: style.prompt, kind: .text, references: [.text(caption)], duration: timeline.duration)
      let lesson = try loaded.lesson(question, answer: caption, about: track, using: stream)
      return loaded.hasRoom(for: lesson) ? lesson : nil
    }
  }
}
