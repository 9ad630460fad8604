import Options
import Questions
import Rewards
import Timelines

/// Closeness of the start and of the end of one interval to the true ones.
///
/// ½·(f(|s − s*|) + f(|e − e*|)) with f one of the shapes of `onset-error`: exp(−d/w) (`laplace`), exp(−d²/2w²) (`gaussian`),
/// max(0, 1 − d/w) (`linear`), 1[d ≤ w] (`hit`); times in seconds. `product` multiplies instead, so that both ends must be right.
///
/// With `credit: span` the start gets f(|s − s*|) and the end f(|e − e*|).
///
/// - It says nothing of overlap: a short answer at the right start earns half.
struct BoundaryError: SpanReward, SpanCreditReward {
  enum Combination: String, CaseIterable, Sendable {
    case mean, product
  }

  static let name = "boundary-error"

  static let documentation = RewardDocumentation(
    summary: "Closeness of the start and of the end of one interval to the true ones.",
    formula:
      "½·(f(|s − s*|) + f(|e − e*|)) or f(|s − s*|)·f(|e − e*|); f(d) = exp(−d/w) · exp(−d²/2w²) · max(0, 1 − d/w) · 1[d ≤ w], s",
    degenerateCases: "Several references: alternatives. A reference of several intervals: does not apply. No single answer: 0.",
    source: "The terms of onset-error, one for each end.",
    family: .interval, kinds: [.intervals], promises: [.exactIsBest, .monotone, .duplication, .splitting, .permutation])

  let form: ErrorShape
  let scale: Double
  let combination: Combination
  let references: ReferenceRule

  init(options: inout OptionReader) {
    form = options.choice("form", default: .laplace, help: "how the score falls with the error of an end")
    scale = options.number(
      "scale", default: 5, in: 0.001...3600, unit: "s", help: "width w; for hit the greatest error that counts")
    combination = options.choice("combine", default: .mean, help: "mean pays each end; product pays only where both are near")
    references = ReferenceRule(options: &options, default: .bestOf)
  }

  var range: ClosedRange<Double> { 0...1 }

  func compare(_ answer: Interval, with reference: Interval, duration: Double) -> Double {
    let start = form.score(distance: abs(answer.start - reference.start), scale: scale)
    let end = form.score(distance: abs(answer.end - reference.end), scale: scale)
    switch combination {
    case .mean: return 0.5 * (start + end)
    case .product: return start * end
    }
  }

  func credits(for answer: Answer, at spans: AnswerSpans, to question: Question) -> [SpanCredit] {
    guard question.kind == .intervals, case .intervals(let intervals) = answer, intervals.count == 1, spans.parts.count == 1,
      let reference = references.deciding(
        of: question.references, { compare(intervals, with: $0, duration: question.duration) }),
      reference.count == 1, spans.parts[0].times.count == 2
    else { return [] }
    let times = spans.parts[0].times
    let errors = [abs(intervals[0].start - reference[0].start), abs(intervals[0].end - reference[0].end)]
    return zip(times, errors).map { SpanCredit(bytes: $0.bytes, score: form.score(distance: $1, scale: scale)) }
  }
}
