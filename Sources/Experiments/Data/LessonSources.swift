import AudioLanguageModel
import MusTBench
import Numbers
import Options
import Policies
import Questions
import Randomness
import Timelines
import Training

/// Timestamped captions of each track, in both styles (MusT stage 2); those that the policy has no room for are left out.
struct CaptionLessons: LessonSource {
  let tracks: [EncodedTrack]
  let policy: EmbeddedPolicy
  let options: QuestionOptions
  let schedule: TrackSchedule

  func lessons(step: Int) async throws -> [Lesson<AudioPrompt>] {
    try schedule.tracks(step: step).enumerated().flatMap { slot, index in
      let start = firstSecond(of: tracks[index], for: policy, options, schedule.stream.derived(0x5354, step, slot))
      return try lessons(about: tracks[index], firstSecond: start)
    }
  }

  /// Both captions of a track whose start is called `firstSecond`.
  func lessons(about track: EncodedTrack, firstSecond: Int = 0) throws -> [Lesson<AudioPrompt>] {
    let room = policy.configuration.model.maximumTextTokens
    return try CaptionWriter.Style.allCases.compactMap { style in
      let lesson = Lesson(
        prompt: try policy.prompt(track.audio, question: style.prompt, firstSecond: firstSecond),
        answer: try policy.tokens(for: CaptionWriter.caption(of: track.timeline, style: style), firstSecond: firstSecond))
      return lesson.prompt.question.count + lesson.answer.count - 1 <= room ? lesson : nil
    }
  }
}

/// Questions with their reference answers (MusT stage 3).
struct QuestionLessons: LessonSource {
  let tracks: [EncodedTrack]
  let policy: EmbeddedPolicy
  let options: QuestionOptions
  let schedule: TrackSchedule

  func lessons(step: Int) async throws -> [Lesson<AudioPrompt>] {
    let chosen = chosenQuestions(tracks, options, schedule, step: step, stretches: options.shortestStretch)
    let counts = chosen.reduce(into: [:]) { $0[$1.question.task, default: 0] += 1 }
    return try chosen.compactMap { slot, track, question -> Lesson<AudioPrompt>? in
      guard let text = options.answer(to: question, about: track.timeline) else { return nil }
      let start = firstSecond(of: track, for: policy, options, schedule.stream.derived(0x5354, step, slot))
      let answer = try policy.tokens(for: text, firstSecond: start)
      return Lesson(
        prompt: try policy.prompt(track.audio, question: question.text, firstSecond: start), answer: answer,
        weight: options.balance == .task ? 1 / Float(counts[question.task] ?? 1) : 1,
        tokenWeights: options.letterWeight == 1 && options.timeWeight == 1 ? [] : tokenWeights(of: answer, to: question))
    }
  }

  /// 1 for each token, but for the letter of a choice, the last in its answer, and the times that it rests on.
  private func tokenWeights(of answer: [Token], to question: Question) -> [Float] {
    var weights = [Float](repeating: 1, count: answer.count)
    guard question.kind == .choice, case .choice(let right)? = question.references.first,
      let letter = policy.vocabulary.token(ofWord: AnswerWriter.letter(right)), let place = answer.lastIndex(of: letter)
    else { return weights }
    for index in answer.indices where policy.vocabulary.second(of: answer[index]) != nil {
      weights[index] = Float(options.timeWeight)
    }
    weights[place] = Float(options.letterWeight)
    return weights
  }
}

extension QuestionOptions {
  /// A right answer in the form that is learnt from; `nil` where there is none.
  func answer(to question: Question, about timeline: Timeline) -> String? {
    switch answers {
    case .plain: question.references.first.map { AnswerWriter(AnswerForm(question)).write($0) }
    case .worked: WorkedAnswer.text(for: question, about: timeline)
    }
  }
}

/// What a lesson calls the start of a track: 0, or where the options ask for it every second time a random second.
private func firstSecond(
  of track: EncodedTrack, for policy: EmbeddedPolicy, _ options: QuestionOptions, _ stream: RandomStream
) -> Int {
  guard options.shiftsTimes else { return 0 }
  var stream = stream
  let last = policy.vocabulary.maximumSeconds - Int(saturating: track.timeline.duration.rounded(.up)) - 2
  return last > 0 && stream.chance(0.5) ? stream.integer(in: 0...last) : 0
}

/// Questions to be answered for a reward (MusT stage 4).
struct QuestionExercises: ExerciseSource {
  let tracks: [EncodedTrack]
  let policy: EmbeddedPolicy
  let options: QuestionOptions
  let schedule: TrackSchedule

  func exercises(step: Int, round: Int) async throws -> [Exercise<AudioPrompt>] {
    let schedule = round == 0 ? schedule : schedule.refill(round)
    return try chosenQuestions(tracks, options, schedule, step: step).map { _, track, question in
      Exercise(
        question: question, prompt: try policy.prompt(track.audio, question: question.text),
        demonstration: options.answer(to: question, about: track.timeline))
    }
  }
}

/// For each track of the step, as many questions of each task as the options ask for, drawn from those it offers.
private func chosenQuestions(
  _ tracks: [EncodedTrack], _ options: QuestionOptions, _ schedule: TrackSchedule, step: Int, stretches: Double = 0
) -> [(slot: Int, track: EncodedTrack, question: Question)] {
  schedule.tracks(step: step).enumerated().flatMap { slot, index in
    var random = schedule.stream.derived(0x5354_5243, step, slot)
    let track = tracks[index].stretch(atLeast: stretches, using: &random)
    var stream = schedule.stream.derived(0x5155, step, slot)
    return zip(options.tasks, options.perTrack).flatMap { name, count -> [(Int, EncodedTrack, Question)] in
      let all = options.catalog[name]?.questions(for: track.timeline, stream: &stream) ?? []
      return all.shuffled(using: &stream).prefix(count).map { (slot, track, $0) }
    }
  }
}
