public import Questions
public import Randomness
public import Timelines

/// One task: what it asks about an annotated track, and how answers are scored.
///
/// `questions(for:stream:)` is a pure function of the timeline and the stream. A timeline that holds nothing to ask about
/// gives no question. The id of a question begins with the track and the task, and is the same for the same arguments.
///
/// Everything that is said of a task's scores, from the terminal's number to the report's glossary, comes from here.
public protocol BenchmarkTask: Sendable {
  /// The short name that questions carry in `task`, such as `tsg`.
  static var name: String { get }

  /// The name in words, as the paper has it.
  static var title: String { get }

  /// What its questions ask, for a glossary; empty by default.
  static var asks: String { get }

  /// What its questions have in common.
  static var form: QuestionForm { get }

  /// What answers are scored by, in the order of tables: by default what is usual for the kind of answer.
  static var measures: [BenchmarkMeasure] { get }

  /// The one of `measures` that stands for the task where there is room for one number, and that says whether a run has improved: by default
  /// the first.
  static var headline: BenchmarkMeasure? { get }

  /// The scores of an answer by `measures`, each 0…1; a measure that says nothing of an answer is left out.
  ///
  /// What cannot be read has the worst score. By default what is usual for the kind of answer: see ``QuestionScore``.
  func scores(of reading: Reading, to question: Question) -> [BenchmarkMeasure: Double]

  func questions(for timeline: Timeline, stream: inout RandomStream) -> [Question]
}

extension BenchmarkTask {
  public static var asks: String { "" }

  public static var measures: [BenchmarkMeasure] { BenchmarkMeasure.usual(for: form.kind) }

  public static var headline: BenchmarkMeasure? { measures.first }

  public func scores(of reading: Reading, to question: Question) -> [BenchmarkMeasure: Double] {
    QuestionScore.usual(of: reading, to: question)
  }
}
