package import ExperimentKinds
import Policies
import Questions
import Randomness
import Rewards
import Training

/// Questions with their reference answers (MusT stage 3).
package struct QuestionExamples<Loaded: LoadedPolicy>: SupervisedExampleSource {
  let tracks: RunTracks<Loaded.Track>
  let loaded: Loaded
  let asked: AskedQuestions
  let balance: QuestionStageKind.Balance
  let schedule: TrackSchedule

  package init(
    tracks: RunTracks<Loaded.Track>, loaded: Loaded, asked: AskedQuestions, balance: QuestionStageKind.Balance,
    schedule: TrackSchedule
  ) {
    self.tracks = tracks
    self.loaded = loaded
    self.asked = asked
    self.balance = balance
    self.schedule = schedule
  }

  func examples(step: Int) async throws -> [SupervisedExample<Loaded.Learner.Prompt>] {
    let chosen = try asked.chosen(about: tracks, schedule, step: step) { try loaded.taughtTrack($0, using: &$1) }
    let counts = chosen.reduce(into: [:]) { $0[$1.question.task, default: 0] += 1 }
    return try chosen.compactMap { slot, track, question -> SupervisedExample<Loaded.Learner.Prompt>? in
      guard let text = asked.style.answer(to: question, about: track.timeline) else { return nil }
      var example = try loaded.example(
        question, answer: text, about: track, using: schedule.stream.derived(0x5354, step, slot))
      example.weight = balance == .task ? 1 / Float(counts[question.task] ?? 1) : 1
      return example
    }
  }
}

/// Questions to be answered for a reward (MusT stage 4).
package struct QuestionExercises<Loaded: LoadedPolicy>: ExerciseSource {
  let tracks: RunTracks<Loaded.Track>
  let loaded: Loaded
  let asked: AskedQuestions
  let schedule: TrackSchedule

  package init(tracks: RunTracks<Loaded.Track>, loaded: Loaded, asked: AskedQuestions, schedule: TrackSchedule) {
    self.tracks = tracks
    self.loaded = loaded
    self.asked = asked
    self.schedule = schedule
  }

  var offers: Set<RewardNeed> { loaded.offers }

  func prompt(
    of exercise: Exercise<Loaded.Learner.Prompt>, changed change: PromptChange
  ) async throws -> Loaded.Learner.Prompt? { loaded.prompt(exercise.prompt, changed: change) }

  func exercises(step: Int, round: Int) async throws -> [Exercise<Loaded.Learner.Prompt>] {
    let schedule = round == 0 ? schedule : schedule.refill(round)
    return try asked.chosen(about: tracks, schedule, step: step).map { _, track, question in
      Exercise(
        question: question, prompt: try loaded.prompt(for: question, about: track),
        demonstration: asked.style.answer(to: question, about: track.timeline))
    }
  }
}

/// What a step asks about each of its tracks.
package struct AskedQuestions: Sendable {
  let choice: QuestionChoice
  /// Questions of each task about a track, in the order of the choice's names.
  let perTrack: [Int]
  let style: AnswerStyle

  package init(_ choice: QuestionChoice, perTrack: [Int], style: AnswerStyle) {
    self.choice = choice
    self.perTrack = perTrack
    self.style = style
  }

  /// For each track of the step as many questions of each task, drawn from those that it offers.
  ///
  /// - Parameter taught: what is asked about in place of a track whose questions are made from its timeline.
  func chosen<Track: HeardTrack>(
    about tracks: RunTracks<Track>, _ schedule: TrackSchedule, step: Int,
    taught: (Track, inout RandomStream) throws -> Track = { track, _ in track }
  ) rethrows -> [(slot: Int, track: Track, question: Question)] {
    try schedule.tracks(step: step).enumerated().flatMap { slot, index in
      var random = schedule.stream.derived(0x5354_5243, step, slot)
      let given = tracks.questions(index)
      let track = given == nil ? try taught(tracks.tracks[index], &random) : tracks.tracks[index]
      var stream = schedule.stream.derived(0x5155, step, slot)
      return perTrack.enumerated().flatMap { place, count -> [(Int, Track, Question)] in
        let all = choice.questions(ofTask: place, about: track.timeline, given: given, stream: &stream)
        return all.shuffled(using: &stream).prefix(count).map { (slot, track, $0) }
      }
    }
  }
}
