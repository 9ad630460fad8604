import Curricula
import ExperimentKinds
import Options
import Questions
import Randomness
import Rewards
import Timelines
import Training

/// Questions for a reward that are chosen from all questions about all tracks, as the curricula ask.
struct GuidedExercises<Prompt: Sendable>: ExerciseSource {
  private let schedule: TrackSchedule
  private let draw: QuestionDraw
  /// Task → for each of its questions the index of its track.
  private let trackOf: [String: [Int]]
  /// Questions of a step.
  private let total: Int
  private let prompt: @Sendable (_ track: Int, _ question: Question) throws -> Prompt
  private let demonstration: @Sendable (_ track: Int, _ question: Question) -> String?
  let offers: Set<RewardNeed>
  private let changed: @Sendable (Prompt, PromptChange) -> Prompt?

  var followsGuidance: Bool { true }

  init(
    tracks: RunTracks<some HeardTrack>, asked: AskedQuestions, schedule: TrackSchedule, offers: Set<RewardNeed> = [],
    changed: @escaping @Sendable (Prompt, PromptChange) -> Prompt? = { _, _ in nil },
    prompt: @escaping @Sendable (_ track: Int, _ question: Question) throws -> Prompt
  ) {
    self.schedule = schedule
    self.prompt = prompt
    (self.offers, self.changed) = (offers, changed)
    let timelines = tracks.tracks.map(\.timeline)
    demonstration = { asked.style.answer(to: $1, about: timelines[$0]) }
    total = schedule.perStep * asked.perTrack.reduce(0, +)
    var bank: [String: [Question]] = [:]
    var trackOf: [String: [Int]] = [:]
    for (index, timeline) in timelines.enumerated() {
      for (place, name) in asked.choice.names.enumerated() {
        var stream = schedule.stream.derived(0x4261, index, place)
        let questions = asked.choice.questions(
          ofTask: place, about: timeline, given: tracks.questions(index), stream: &stream)
        bank[name, default: []] += questions
        trackOf[name, default: []] += [Int](repeating: index, count: questions.count)
      }
    }
    self.trackOf = trackOf
    draw = QuestionDraw(
      bank: bank,
      usualShares: Dictionary(uniqueKeysWithValues: zip(asked.choice.names, asked.perTrack.map(Double.init)))
    )
  }

  func prompt(of exercise: Exercise<Prompt>, changed change: PromptChange) async throws -> Prompt? {
    changed(exercise.prompt, change)
  }

  /// Every question, task by task.
  var questions: [Question] { draw.bank.sorted { $0.key < $1.key }.flatMap(\.value) }

  func exercises(step: Int, round: Int) async throws -> [Exercise<Prompt>] {
    try await exercises(step: step, round: round, guidance: QuestionGuidance())
  }

  /// In the order of the tracks, so that a track's audio is computed once for all questions about it.
  func exercises(step: Int, round: Int, guidance: QuestionGuidance) async throws -> [Exercise<Prompt>] {
    let drawn = draw.draw(total, guidance: guidance, stream: schedule.stream.derived(0x4472, step, round))
    return try drawn.sorted { $0.key < $1.key }
      .flatMap { task, indices in indices.map { (track: trackOf[task]?[$0] ?? 0, question: draw.bank[task]?[$0]) } }
      .enumerated().sorted { ($0.element.track, $0.offset) < ($1.element.track, $1.offset) }
      .compactMap { _, entry in
        guard let question = entry.question else { return nil }
        return Exercise(
          question: question, prompt: try prompt(entry.track, question), demonstration: demonstration(entry.track, question))
      }
  }
}
