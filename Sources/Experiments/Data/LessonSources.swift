import AudioLanguageModel
import MusTBench
import Policies
import Questions
import Randomness
import Training

/// Timestamped captions of each track, in both styles (MusT stage 2).
struct CaptionLessons: LessonSource {
  let tracks: [EncodedTrack]
  let policy: EmbeddedPolicy
  let schedule: TrackSchedule

  func lessons(step: Int) async throws -> [Lesson<AudioPrompt>] {
    try schedule.tracks(step: step).flatMap { index in
      let track = tracks[index]
      return try CaptionWriter.Style.allCases.map { style in
        Lesson(
          prompt: try policy.prompt(track.audio, question: style.prompt),
          answer: try policy.tokens(for: CaptionWriter.caption(of: track.timeline, style: style)))
      }
    }
  }
}

/// Questions with their reference answers (MusT stage 3); each task counts the same.
struct QuestionLessons: LessonSource {
  let tracks: [EncodedTrack]
  let policy: EmbeddedPolicy
  let options: QuestionOptions
  let schedule: TrackSchedule

  func lessons(step: Int) async throws -> [Lesson<AudioPrompt>] {
    try chosenQuestions(tracks, options, schedule, step: step).compactMap { track, question -> Lesson<AudioPrompt>? in
      guard let reference = question.references.first else { return nil }
      return Lesson(
        prompt: try policy.prompt(track.audio, question: question.text),
        answer: try policy.tokens(for: AnswerWriter(AnswerForm(question)).write(reference)))
    }
  }
}

/// Questions to be answered for a reward (MusT stage 4).
struct QuestionExercises: ExerciseSource {
  let tracks: [EncodedTrack]
  let policy: EmbeddedPolicy
  let options: QuestionOptions
  let schedule: TrackSchedule

  func exercises(step: Int, round: Int) async throws -> [Exercise<AudioPrompt>] {
    let schedule = round == 0 ? schedule : schedule.refill(round)
    return try chosenQuestions(tracks, options, schedule, step: step).map { track, question in
      Exercise(question: question, prompt: try policy.prompt(track.audio, question: question.text))
    }
  }
}

/// For each track of the step, as many questions of each task as the options ask for, drawn from those it offers.
private func chosenQuestions(
  _ tracks: [EncodedTrack], _ options: QuestionOptions, _ schedule: TrackSchedule, step: Int
) -> [(track: EncodedTrack, question: Question)] {
  schedule.tracks(step: step).enumerated().flatMap { slot, index in
    let track = tracks[index]
    var stream = schedule.stream.derived(0x5155, step, slot)
    return zip(options.tasks, options.perTrack).flatMap { name, count -> [(EncodedTrack, Question)] in
      let all = BenchmarkTasks[name]?.questions(for: track.timeline, stream: &stream) ?? []
      return all.shuffled(using: &stream).prefix(count).map { (track, $0) }
    }
  }
}
