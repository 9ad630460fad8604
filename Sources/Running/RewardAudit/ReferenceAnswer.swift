import Questions
import RealModule
import TemporalMetrics
import Timelines

extension Question {
  /// The answer that is entirely right: of intervals all that the references name, else the first reference.
  var exactAnswer: Answer {
    kind == .intervals ? .intervals(referenceIntervals) : references[0]
  }

  /// Intervals of all references, as they are written.
  var referenceIntervals: [Interval] {
    references.flatMap { reference -> [Interval] in
      if case .intervals(let intervals) = reference { intervals } else { [] }
    }
  }

  var referenceTimes: [Double] {
    references.compactMap { reference in
      if case .instant(let time) = reference { time } else { nil }
    }
  }

  /// What questions share whose answers are alike for those who do not listen.
  var priorKey: String { "\(task)/\(category)" }

  /// Number of options of a choice; those without texts are the orders of the items.
  var optionCount: Int {
    if !choices.isEmpty { return min(26, choices.count) }
    return items.isEmpty ? 4 : min(26, (1...items.count).reduce(1) { min(26, $0 * $1) })
  }
}

/// How good an answer is by the metric that its task is measured with; higher is better.
///
/// - Intervals: IoU of the unions, 0…1; an explicit "none" is the empty union.
/// - Instants: minus the distance to the nearest reference, in seconds.
/// - Orders: Kendall's τ with the nearest reference, −1…1. Choices: 1 where it is a right one, else 0.
/// - Texts: METEOR 1.5 with the exact and the stem module, 0…1.
enum BenchmarkMetric {
  static func name(of kind: AnswerKind) -> String {
    switch kind {
    case .intervals: "union IoU"
    case .instant: "nearness in time"
    case .order: "Kendall's τ"
    case .choice: "accuracy"
    case .text: "METEOR"
    }
  }

  /// `nil` where nothing was read.
  static func value(of reading: Reading, to question: Question) -> Double? {
    switch (question.kind, reading.answer) {
    case (.intervals, .intervals(let intervals)?):
      return IntervalOverlap(predicted: IntervalSet(intervals), reference: IntervalSet(question.referenceIntervals)).iou ?? 1
    case (.intervals, nil) where reading.outcome == .empty:
      return IntervalSet(question.referenceIntervals).isEmpty ? 1 : 0
    case (.instant, .instant(let time)?):
      return question.referenceTimes.map { -abs($0 - time) }.max()
    case (.order, .order(let order)?):
      return question.references.compactMap { agreement($0, order) }.max()
    case (.choice, .choice?):
      return reading.answer.map { question.references.contains($0) ? 1 : 0 }
    case (.text, .text(let text)?):
      let references = question.references.compactMap { reference -> [String]? in
        if case .text(let text) = reference { words(text) } else { nil }
      }
      return Meteor15().score(hypothesis: words(text), references: references)
    default: return nil
    }
  }

  private static func agreement(_ reference: Answer, _ order: [Int]) -> Double? {
    guard case .order(let truth) = reference, truth.count == order.count else { return nil }
    var places = [Double](repeating: 0, count: truth.count)
    for (place, item) in truth.enumerated() { places[item] = Double(place) }
    return KendallTau(order.map { places[$0] }, order.indices.map(Double.init)).a
  }

  /// Runs of letters and digits in lower case.
  static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}
