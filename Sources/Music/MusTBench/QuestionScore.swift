public import Options
public import Questions
import TemporalMetrics
import Timelines

/// One answer scored as its task says, by default as MusTBench does.
///
/// An instant is hit or missed at 1 s and 3 s, an inclusive bound; of several references the nearest counts. A choice or an
/// order is right or wrong. Intervals are compared as unions over all that the answer and all that the references name; two
/// empty unions agree entirely. A text is compared by words in lower case; of several references the best counts. What is
/// unreadable scores 0, and so does an explicit "none" unless the reference is empty.
///
/// CLAP, MusTBench's second measure of descriptions, needs a pretrained model: who has it puts the score into `values`.
public struct QuestionScore: Sendable, Hashable {
  public var questionID: String
  package var trackID: String
  /// What is drawn for intervals: see ``Question/piece``.
  package var piece: String
  public var task: String
  package var category: String
  public var values: [BenchmarkMeasure: Double]
  package var isUnreadable: Bool

  /// Scored as the question's task says; where `tasks` lists none of that name, as is usual for the kind of answer.
  public init(of reading: Reading, to question: Question, by tasks: TaskCatalog = .builtIn) {
    questionID = question.id
    trackID = question.trackID
    piece = question.piece
    task = question.task
    category = question.category
    isUnreadable = if case .unreadable = reading.outcome { true } else { false }
    values = tasks[question.task]?.scores(of: reading, to: question) ?? Self.usual(of: reading, to: question)
  }

  /// The scores that are usual for the question's kind of answer.
  public static func usual(of reading: Reading, to question: Question) -> [BenchmarkMeasure: Double] {
    switch question.kind {
    case .instant: hits(reading.answer, question.references)
    case .choice, .order: [.accuracy: reading.answer.map { question.references.contains($0) ? 1 : 0 } ?? 0]
    case .intervals: overlaps(reading, question.references)
    case .text: [.meteor: meteor(reading.answer, question.references)]
    }
  }

  private static func hits(_ answer: Answer?, _ references: [Answer]) -> [BenchmarkMeasure: Double] {
    let seconds: Double? = if case .instant(let seconds) = answer { seconds } else { nil }
    func hit(within tolerance: Double) -> Double {
      let isHit = references.contains { reference in
        guard case .instant(let time) = reference else { return false }
        return HitRate.hit(seconds, reference: time, within: tolerance)
      }
      return isHit ? 1 : 0
    }
    return [.hitWithin1Second: hit(within: 1), .hitWithin3Seconds: hit(within: 3)]
  }

  private static func overlaps(_ reading: Reading, _ references: [Answer]) -> [BenchmarkMeasure: Double] {
    if case .unreadable = reading.outcome { return [.iou: 0, .f1: 0] }
    let overlap = IntervalOverlap(predicted: union(reading.answer.map { [$0] } ?? []), reference: union(references))
    return [.iou: overlap.iou ?? 1, .f1: overlap.f1 ?? 1]
  }

  static func union(_ answers: [Answer]) -> IntervalSet {
    IntervalSet(
      answers.flatMap { answer -> [Interval] in
        guard case .intervals(let intervals) = answer else { return [] }
        return intervals
      })
  }

  static func meteor(_ answer: Answer?, _ references: [Answer]) -> Double {
    guard case .text(let text) = answer else { return 0 }
    let references = references.compactMap { reference -> [String]? in
      guard case .text(let text) = reference else { return nil }
      return words(text)
    }
    return Meteor15().score(hypothesis: words(text), references: references)
  }

  /// Runs of letters and digits in lower case.
  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}
