import Options
import Questions
import RealModule
import Rewards

/// Closeness of an answered time to the true one, at a width that follows the policy's own errors.
///
/// The score is that of `onset-error` at the width s = clamp(`factor`·q, `narrowest`, `widest`), q a running estimate of a
/// quantile of |t̂ − t*|: after each answer log q rises by `rate`·p where the error exceeds q and falls by `rate`·(1 − p) where
/// it does not, so that a share p of recent errors lies below q. A group's rewards differ most where the width is about half
/// the error's standard deviation, so a fixed width is right at one stage of training only.
///
/// - Answers that hold no time move nothing. Between observations it is a pure function.
/// - State: `quantile` and `width`, seconds; `fixed`, the mean score of the step's `fixed-answers` answers at the width `fixed`,
///   which says how the policy fares where the width alone could move the reward.
///
/// The quantile estimate is the stochastic approximation of Robbins and Monro 1951 on the logarithm.
struct AdaptiveOnsetError: InstantReward, AdaptiveReward {
  static let name = "adaptive-onset-error"

  static let documentation = RewardDocumentation(
    summary: "Closeness of an answered time to the true one, at a width that follows the policy's own errors.",
    formula: "exp(−d/s) · exp(−d²/2s²) · max(0, 1 − d/s) · 1[d ≤ s], s = factor·quantile of recent d, in s",
    degenerateCases: "Several references: the nearest. Nothing readable: 0, and the width stays.",
    source: "onset-error; Robbins and Monro 1951 for the running quantile.",
    family: .instants, kinds: [.instant], promises: [.exactIsBest, .monotone])

  let form: ErrorShape
  let share: Double
  let factor: Double
  let rate: Double
  let narrowest: Double
  let widest: Double
  private var quantile: Double
  private var beside: FixedWidthMean

  init(options: inout OptionReader) {
    form = options.choice("form", default: .laplace, help: "how the score falls with the error")
    share = options.number("quantile", default: 0.5, in: 0.05...0.95, help: "which quantile of recent errors the width follows")
    factor = options.number("factor", default: 0.75, in: 0.05...10, help: "width over quantile")
    rate = options.number("rate", default: 0.02, in: 0.0001...1, help: "how far one answer moves the logarithm of the quantile")
    narrowest = options.number("narrowest", default: 1, in: 0.001...3600, unit: "s", help: "least width")
    widest = options.number("widest", default: 30, in: 0.001...3600, unit: "s", help: "greatest width, and the first")
    beside = FixedWidthMean(form: form, options: &options)
    if narrowest > widest { options.record("is greater than 'widest', \(OptionValue.written(widest))", at: "narrowest") }
    quantile = widest / factor
  }

  /// Seconds; the present s.
  var width: Double { min(widest, max(min(narrowest, widest), factor * quantile)) }

  var state: [String: Double] {
    get { beside.state.merging(["quantile": quantile, "width": width]) { $1 } }
    set {
      if let value = newValue["quantile"], value > 0, value.isFinite { quantile = value }
      beside.state = newValue
    }
  }

  var range: ClosedRange<Double> { 0...1 }

  func score(distance: Double) -> Double { form.score(distance: distance, scale: width) }

  mutating func begin(step: Int, of steps: Int) { beside.clear() }

  mutating func observe(_ reading: Reading, to question: Question) {
    guard question.kind == .instant else { return }
    let distance = Self.distance(reading, to: question)
    beside.observe(distance: distance)
    guard let distance, distance.isFinite else { return }
    let moved = quantile * .exp(distance > quantile ? rate * share : -rate * (1 - share))
    // Beyond these the width no longer changes; a quantile that wandered off would be slow to come back.
    quantile = min(widest / factor, max(min(narrowest, widest) / factor, moved))
  }
}
