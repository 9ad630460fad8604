public import MusTBench
public import Options

/// Which questions are asked about each track.
public struct QuestionOptions: Sendable {
  /// The form of the answers that are learnt from.
  public enum Answers: String, Sendable, CaseIterable {
    /// As MusTBench prescribes them.
    case plain
    /// Choices say first what they rest on: see `WorkedAnswer`.
    case worked
  }

  /// What counts the same in supervised fine-tuning.
  public enum Balance: String, Sendable, CaseIterable {
    /// Every question.
    case question
    /// Every task, however many questions of it a step asks.
    case task
  }

  /// What lessons take for the intensity of a track.
  public enum Levels: String, Sendable, CaseIterable {
    case annotated
    /// What the encoder hears of it, cut into levels: lessons in reading.
    case heard
  }

  public var tasks: [String]
  /// Questions of each task that a step asks about a track, in the order of `tasks`.
  public var perTrack: [Int]
  public var answers: Answers
  public var balance: Balance
  /// How much the letter of a choice, and each time that it rests on, counts beside each other token of the answer.
  public var letterWeight: Double
  public var timeWeight: Double
  /// Whether supervised lessons place a track at a random second of the policy's range, every second time at 0.
  public var shiftsTimes: Bool
  public var levels: Levels
  /// The shortest random stretch of a track, in seconds, that every second supervised lesson is about; 0 for whole tracks only.
  public var shortestStretch: Double

  /// Where `tasks` are looked up.
  public let catalog: TaskCatalog

  public init(options: inout OptionReader, tasks catalog: TaskCatalog = .builtIn) {
    self.catalog = catalog
    tasks = options.words(
      "tasks", default: [TemporalSourceGrounding.name, MoodTrajectoryReasoning.name], of: catalog.names,
      help: "names of tasks; `takt list tasks` shows them")
    let counts = options.numbers(
      "per-track", default: [Double](repeating: 1, count: tasks.count), in: 1...100,
      help: "questions of each task a step asks about a track")
    perTrack = counts.compactMap { Int(exactly: $0) }
    if let broken = counts.first(where: { Int(exactly: $0) == nil }) {
      options.record("holds \(OptionValue.written(broken)); numbers of questions are whole: write 1…100", at: "per-track")
    }
    answers = options.choice(
      "answers", default: Answers.plain, help: "choices by their letter, or with what they rest on before the letter")
    balance = options.choice("balance", default: Balance.question, help: "what counts the same in supervised fine-tuning")
    letterWeight = options.number(
      "letter-weight", default: 1, in: 0.01...100, help: "of a choice's letter beside the other tokens of its answer")
    timeWeight = options.number(
      "time-weight", default: 1, in: 0.01...100, help: "of the times that a choice rests on")
    shiftsTimes = options.flag(
      "shift-times", default: false,
      help: "whether lessons call a track's start 0:00 every second time only, else a random second, to teach late times")
    levels = options.choice(
      "levels", default: Levels.annotated,
      help: "what supervised lessons take for the intensity: the annotation, or the levels that an encoder of notes hears")
    shortestStretch = options.number(
      "shortest-stretch", default: 0, in: 0...600, unit: "s",
      help: "every second supervised lesson is about a random stretch of a track, at least so long; 0 for whole tracks only")
    if counts.count != tasks.count {
      options.record("must hold one number for each of the \(tasks.count) tasks, not \(counts.count)", at: "per-track")
    }
  }
}
