import Options
import Questions
import Rewards
import TemporalRewards
import Timelines

/// Rewards as repositories publish them, faults included, with the lenient parsing that they have.
///
/// Each reads the completion's text itself: pairs of numbers in the order written, reversed ones and infinite ones as well.
enum PublishedForms {
  static let catalog = RewardCatalog.builtIn.listing([
    UnmergedIoU.self, SignedGIoU.self, UncheckedTransport.self, LengthRatio.self,
  ])

  static func spans(in text: String) -> [(start: Double, end: Double)] {
    let words = text.split { !$0.isNumber && $0 != ":" && $0 != "." && $0 != "e" }
    let times = words.compactMap { word -> Double? in
      let parts = word.split(separator: ":").map { Double($0) }
      guard !parts.isEmpty, parts.allSatisfy({ $0 != nil }) else { return nil }
      return parts.reduce(0) { 60 * $0 + ($1 ?? 0) }
    }
    return stride(from: 0, to: times.count - 1, by: 2).map { (times[$0], times[$0 + 1]) }
  }

  static func reference(_ question: Question) -> [Interval] {
    if case .intervals(let intervals)? = question.references.first { intervals } else { [] }
  }

  static func documentation(_ source: String) -> RewardDocumentation {
    RewardDocumentation(
      summary: "A published form.", formula: "as published", degenerateCases: "as published", source: source,
      family: .intervalSets,
      kinds: [.intervals])
  }
}

/// EchoInk's `iou_numpy`: neither merged nor checked for order.
struct UnmergedIoU: TemporalReward {
  static let name = "unmerged-iou"
  static let documentation = PublishedForms.documentation("EchoInk")
  init(options: inout OptionReader) {}
  var range: ClosedRange<Double> { 0...1 }

  func score(_ reading: Reading, in response: Response, to question: Question) -> Double? {
    guard question.kind == .intervals else { return nil }
    let reference = PublishedForms.reference(question)
    var both = 0.0
    var lengths = reference.reduce(0) { $0 + $1.duration }
    for span in PublishedForms.spans(in: response.text) where span.start.isFinite && span.end.isFinite {
      lengths += span.end - span.start
      for truth in reference { both += max(0, min(span.end, truth.end) - max(span.start, truth.start)) }
    }
    // A union of nothing is 1e-9 long.
    return both / max(lengths - both, 1e-9)
  }
}

/// TimeLens2's `tgiou`: −1…1, where not answering is 0 and what is not a number is 1.
struct SignedGIoU: TemporalReward {
  static let name = "signed-giou"
  static let documentation = PublishedForms.documentation("TimeLens2 tgiou")
  init(options: inout OptionReader) {}
  var range: ClosedRange<Double> { -1...1 }

  func score(_ reading: Reading, in response: Response, to question: Question) -> Double? {
    guard question.kind == .intervals else { return nil }
    let spans = PublishedForms.spans(in: response.text)
    guard !spans.isEmpty else { return 0 }
    guard spans.allSatisfy({ $0.start.isFinite && $0.end.isFinite }) else { return 1 }
    let answer = IntervalSet(spans.map { Interval(min($0.start, $0.end), max($0.start, $0.end)) })
    let reference = IntervalSet(PublishedForms.reference(question))
    let ends = (answer.intervals + reference.intervals).flatMap { [$0.start, $0.end] }
    guard let low = ends.min(), let high = ends.max(), high > low else { return 0 }
    let both = answer.intersectionMeasure(with: reference)
    let either = answer.measure + reference.measure - both
    return both / either - (high - low - either) / (high - low)
  }
}

/// TimeLens2's `twass1` on one span: not a number for an infinite end.
struct UncheckedTransport: TemporalReward {
  static let name = "unchecked-transport"
  static let documentation = PublishedForms.documentation("TimeLens2 twass1")
  init(options: inout OptionReader) {}
  var range: ClosedRange<Double> { 0...1 }

  func score(_ reading: Reading, in response: Response, to question: Question) -> Double? {
    guard question.kind == .intervals else { return nil }
    guard let span = PublishedForms.spans(in: response.text).first, let truth = PublishedForms.reference(question).first else {
      return 0
    }
    let density = 1 / (span.end - span.start)
    let mass = density * (span.end - span.start)
    return 1 / (1 + mass * abs(0.5 * (span.start + span.end) - truth.center) / truth.duration)
  }
}

/// TimeLens2's length penalty: due only where something was read.
struct LengthRatio: TemporalReward {
  static let name = "length-ratio"
  static let documentation = PublishedForms.documentation("TimeLens2 length_ratio_penalty")
  init(options: inout OptionReader) {}
  var range: ClosedRange<Double> { -20...0 }

  func score(_ reading: Reading, in response: Response, to question: Question) -> Double? {
    guard question.kind == .intervals else { return nil }
    guard case .intervals(let intervals)? = reading.answer else { return 0 }
    let answered = intervals.reduce(1e-6) { $0 + $1.duration }
    let asked = PublishedForms.reference(question).reduce(1e-6) { $0 + $1.duration }
    return -abs(answered - asked) / max(answered, asked)
  }
}
