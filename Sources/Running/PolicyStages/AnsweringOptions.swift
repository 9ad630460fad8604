public import ExperimentKinds
public import MusTBench
public import Options
import Questions
import Timelines

/// What a stage that trains a policy asks it, and how its answers are scored.
public struct AnsweringOptions: Sendable {
  public let trained: PolicyOptions
  /// What is asked about where a file does not say.
  package static let usualTasks = [TemporalSourceGrounding.name, MoodTrajectoryReasoning.name]

  /// What says how an answer scores.
  let catalog: TaskCatalog
  /// What is asked about.
  public var tasks: [any BenchmarkTask] { choice.tasks }
  /// The same with kinds of questions and bounds of answers.
  package let choice: QuestionChoice
  /// Tokens after which an answer is cut off.
  public let maximumTokens: Int
  /// Samples of each question at temperature 1, besides the greedy answer.
  package let samples: Int
  package let topP: Double
  package let resamples: Int

  public init(options: inout OptionReader, plugins: Plugins, for stage: StageNeeds) {
    catalog = plugins.tasks
    trained = PolicyOptions(options: &options, plugins: plugins, for: stage)
    choice = options.section("questions") { questions in
      let names = questions.words(
        "tasks", default: Self.usualTasks, of: plugins.tasks.names, help: "names of tasks; `takt list tasks` shows them")
      return QuestionChoice(tasks: names.compactMap { plugins.tasks[$0] }, options: &questions)
    }
    maximumTokens = options.section("training") {
      $0.integer("maximum-tokens", default: 16, in: 1...4096, help: "tokens after which an answer is cut off")
    }
    (samples, topP, resamples) = options.section("evaluation") { evaluation in
      (
        evaluation.integer(
          "samples", default: 2, in: 0...64, help: "sampled answers to each question; 0 for greedy ones alone"),
        evaluation.number("top-p", default: 1, in: 0.01...1, help: "for the sampled answers"),
        evaluation.integer("bootstrap", default: 2000, in: 100...100_000, help: "resamples of the intervals")
      )
    }
  }

  /// Training tracks on which it is measured as well, so that overfitting shows.
  func trainingTracks(_ options: inout OptionReader) -> Int {
    let usual = type(of: trained.policy).usualTrainingTracks
    return options.section("evaluation") {
      $0.integer(
        "training-tracks", default: usual, in: 0...100_000, help: "training tracks that are measured too, greedily")
    }
  }

  /// Questions of each task that a step asks about a track, in the order of `tasks` and own tasks.
  func perTrack(_ options: inout OptionReader) -> [Int] {
    options.section("questions") { questions in
      let counts = questions.numbers(
        "per-track", default: [Double](repeating: 1, count: choice.names.count), in: 1...100,
        help: "questions of each task a step asks about a track")
      if let broken = counts.first(where: { Int(exactly: $0) == nil }) {
        questions.record(
          "holds \(OptionValue.written(broken)); numbers of questions are whole: write 1…100", at: "per-track")
      }
      if counts.count != choice.names.count {
        questions.record(
          "must hold one number for each of the \(choice.names.count) tasks, not \(counts.count)", at: "per-track")
      }
      return counts.compactMap { Int(exactly: $0) }
    }
  }
}

/// The form of the answers that are learnt from.
package enum AnswerStyle: String, Sendable, CaseIterable {
  /// As MusTBench prescribes them.
  case plain
  /// Choices say first what they rest on: see `WorkedAnswer`.
  case worked

  /// Reads `questions.answers`.
  init(options: inout OptionReader) {
    self = options.section("questions") {
      $0.choice(
        "answers", default: AnswerStyle.plain, help: "choices by their letter, or with what they rest on before the letter")
    }
  }

  /// A right answer in this form; `nil` where there is none.
  ///
  /// What questions of a file rest on is not known, so theirs are plain.
  func answer(to question: Question, about timeline: Timeline) -> String? {
    switch self {
    case _ where timeline.lanes.isEmpty && timeline.sections.isEmpty, .plain:
      question.references.first.map { AnswerWriter(AnswerForm(question)).write($0) }
    case .worked: WorkedAnswer.text(for: question, about: timeline)
    }
  }
}
