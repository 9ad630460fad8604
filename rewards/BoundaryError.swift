public import Options
public import Questions
public import Rewards
package import Timelines

/// Closeness of the start and of the end of one interval to the true ones.
///
/// ½·(f(|s − s*|) + f(|e − e*|)) with f one of the shapes of `onset-error`: exp(−d/w) (`laplace`), exp(−d²/2w²) (`gaussian`),
/// max(0, 1 − d/w) (`linear`), 1[d ≤ w] (`hit`); times in seconds. `product` multiplies instead, so that both ends must be right.
///
/// With `credit: span` the start gets f(|s − s*|) and the end f(|e − e*|).
///
/// - It says nothing of overlap: a short answer at the right start earns half.
public struct BoundaryError: SpanReward, SpanCreditReward, ConfigurableReward {
  /// How the scores of the two ends become one.
  public enum Combination: String, CaseIterable, FormulaForm {
    /// ½·(f(a) + f(b)): each end is paid.
    case mean
    /// f(a)·f(b): both ends must be near.
    case product

    package var formula: String {
      switch self {
      case .mean: "½·(f(a) + f(b))"
      case .product: "f(a)·f(b)"
      }
    }
  }

  /// How the score of an end falls with its error.
  public typealias Form = ErrorShape

  public static let name = "boundary-error"

  public static let documentation = RewardDocumentation(
    summary: "Closeness of the start and of the end of one interval to the true ones.",
    formula: "of the errors of the start and of the end, a and b, at the width s, in s",
    forms: RewardForm.all(of: Combination.self, option: "combine") + RewardForm.all(of: Form.self, option: "form"),
    degenerateCases: "Several references: alternatives. A reference of several intervals: does not apply. No single answer: 0.",
    source: "The terms of onset-error, one for each end.",
    family: .interval, kinds: [.intervals], promises: [.exactIsBest, .monotone, .duplication, .splitting, .permutation])

  let form: ErrorShape
  let scale: Double
  let combination: Combination
  package let references: ReferenceRule

  /// - Parameters:
  ///   - form: how the score falls with the error of an end.
  ///   - scale: the width w in seconds, 0.001…3600; for `hit` the greatest error that counts.
  ///   - combine: `mean` pays each end; `product` pays only where both are near.
  ///   - references: what several references of one question are to each other.
  public init(
    form: Form = .laplace, scale: Double = 5, combine: Combination = .mean, references: ReferenceRule = .bestOf
  ) {
    self.form = form
    self.scale = scale
    combination = combine
    self.references = references
  }

  public init(options: inout OptionReader, usual: Self?) {
    let usual = usual ?? Self()
    self.init(
      form: options.choice("form", default: usual.form, help: "how the score falls with the error of an end"),
      scale: options.number(
        "scale", default: usual.scale, in: 0.001...3600, unit: "s", help: "width w; for hit the greatest error that counts"),
      combine: options.choice(
        "combine", default: usual.combination, help: "mean pays each end; product pays only where both are near"),
      references: ReferenceRule(options: &options, default: usual.references))
  }

  package func compare(_ answer: Interval, with reference: Interval, duration: Double) -> Double {
    let start = form.score(distance: abs(answer.start - reference.start), scale: scale)
    let end = form.score(distance: abs(answer.end - reference.end), scale: scale)
    switch combination {
    case .mean: return 0.5 * (start + end)
    case .product: return start * end
    }
  }

  public func credits(for answer: Answer, at spans: AnswerSpans, to question: Question) -> [SpanCredit] {
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
