public import Options
public import Questions
import RealModule
public import Rewards

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
public struct AdaptiveOnsetError: InstantReward, AdaptiveReward, ConfigurableReward {
  /// How the score falls with the error.
  public typealias Form = ErrorShape

  public static let name = "adaptive-onset-error"

  public static let documentation = RewardDocumentation(
    summary: "Closeness of an answered time to the true one, at a width that follows the policy's own errors.",
    formula: "f(d), d = |t̂ − t*|, s = min(widest, max(narrowest, factor·quantile of recent d)), in s",
    forms: RewardForm.all(of: Form.self, option: "form"),
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

  /// Traps where `narrowest` is greater than `widest`.
  ///
  /// - Parameters:
  ///   - form: how the score falls with the error.
  ///   - quantile: which quantile of recent errors the width follows, 0.05…0.95.
  ///   - factor: width over quantile, 0.05…10.
  ///   - rate: how far one answer moves the logarithm of the quantile, 0.0001…1.
  ///   - narrowest: the least width, seconds, 0.001…3600.
  ///   - widest: the greatest width, and the first, seconds, 0.001…3600.
  ///   - fixed: the width at which the mean score is logged beside the reward, seconds, 0.001…3600.
  public init(
    form: Form = .laplace, quantile: Double = 0.5, factor: Double = 0.75, rate: Double = 0.02, narrowest: Double = 1,
    widest: Double = 30, fixed: Double = 15
  ) {
    precondition(narrowest <= widest, "adaptive-onset-error: 'narrowest', \(narrowest), is greater than 'widest', \(widest)")
    self.init(
      form, share: quantile, factor: factor, rate: rate, narrowest: narrowest, widest: widest,
      beside: FixedWidthMean(form: form, width: fixed))
  }

  private init(
    _ form: Form, share: Double, factor: Double, rate: Double, narrowest: Double, widest: Double, beside: FixedWidthMean
  ) {
    self.form = form
    self.share = share
    self.factor = factor
    self.rate = rate
    self.narrowest = narrowest
    self.widest = widest
    self.beside = beside
    quantile = widest / factor
  }

  public init(options: inout OptionReader, usual: Self?) {
    let usual = usual ?? Self()
    let form = options.choice("form", default: usual.form, help: "how the score falls with the error")
    self.init(
      form,
      share: options.number(
        "quantile", default: usual.share, in: 0.05...0.95, help: "which quantile of recent errors the width follows"),
      factor: options.number("factor", default: usual.factor, in: 0.05...10, help: "width over quantile"),
      rate: options.number(
        "rate", default: usual.rate, in: 0.0001...1, help: "how far one answer moves the logarithm of the quantile"),
      narrowest: options.number("narrowest", default: usual.narrowest, in: 0.001...3600, unit: "s", help: "least width"),
      widest: options.number(
        "widest", default: usual.widest, in: 0.001...3600, unit: "s", help: "greatest width, and the first"),
      beside: FixedWidthMean(form: form, options: &options, usual: usual.beside.width))
    if narrowest > widest { options.record("is greater than 'widest', \(OptionValue.written(widest))", at: "narrowest") }
  }

  /// Seconds; the present s.
  var width: Double { min(widest, max(min(narrowest, widest), factor * quantile)) }

  public var state: [String: Double] {
    get { beside.state.merging(["quantile": quantile, "width": width]) { $1 } }
    set {
      if let value = newValue["quantile"], value > 0, value.isFinite { quantile = value }
      beside.state = newValue
    }
  }

  package func score(distance: Double) -> Double { form.score(distance: distance, scale: width) }

  public mutating func begin(step: Int, of steps: Int) { beside.clear() }

  public mutating func observe(_ reading: Reading, to question: Question) {
    guard question.kind == .instant else { return }
    let distance = Self.distance(reading, to: question)
    beside.observe(distance: distance)
    guard let distance, distance.isFinite else { return }
    let moved = quantile * .exp(distance > quantile ? rate * share : -rate * (1 - share))
    // Beyond these the width no longer changes; a quantile that wandered off would be slow to come back.
    quantile = min(widest / factor, max(min(narrowest, widest) / factor, moved))
  }
}
