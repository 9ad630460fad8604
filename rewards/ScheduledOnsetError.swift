public import Options
public import Questions
import RealModule
public import Rewards

/// Closeness of an answered time to the true one, at a width that narrows over the run.
///
/// The score is that of `onset-error` at the width s = first·(last/first)^x, x the share of the schedule that has passed: the
/// schedule ends after the share `until` of the run's steps and the width then stays.
///
/// - State: `width`, seconds; `fixed`, the mean score of the step's `fixed-answers` answers at the width `fixed`.
public struct ScheduledOnsetError: InstantReward, AdaptiveReward, ConfigurableReward {
  /// How the score falls with the error.
  public typealias Form = ErrorShape

  public static let name = "scheduled-onset-error"

  public static let documentation = RewardDocumentation(
    summary: "Closeness of an answered time to the true one, at a width that narrows over the run.",
    formula: "f(d), d = |t̂ − t*|, s = first·(last/first)^min(1, step/(until·steps)), in s",
    forms: RewardForm.all(of: Form.self, option: "form"),
    degenerateCases: "Several references: the nearest. Nothing readable: 0.",
    source: "onset-error with a geometric schedule; Orsta (arXiv 2505.18129) schedules an overlap threshold.",
    family: .instants, kinds: [.instant], promises: [.exactIsBest, .monotone])

  public static let needs: Set<RewardNeed> = [.step]

  let form: ErrorShape
  let first: Double
  let last: Double
  let until: Double
  private var width: Double
  private var beside: FixedWidthMean

  /// - Parameters:
  ///   - form: how the score falls with the error.
  ///   - first: the width at the first step, seconds, 0.001…3600.
  ///   - last: the width at the end of the schedule, seconds, 0.001…3600.
  ///   - until: the share of the run's steps after which the width stays, 0.001…1.
  ///   - fixed: the width at which the mean score is logged beside the reward, seconds, 0.001…3600.
  public init(
    form: Form = .laplace, first: Double = 30, last: Double = 3, until: Double = 1, fixed: Double = 15
  ) {
    self.form = form
    self.first = first
    self.last = last
    self.until = until
    width = first
    beside = FixedWidthMean(form: form, width: fixed)
  }

  public init(options: inout OptionReader, usual: Self?) {
    let usual = usual ?? Self()
    let form = options.choice("form", default: usual.form, help: "how the score falls with the error")
    self.init(
      form: form,
      first: options.number("first", default: usual.first, in: 0.001...3600, unit: "s", help: "width at the first step"),
      last: options.number(
        "last", default: usual.last, in: 0.001...3600, unit: "s", help: "width at the end of the schedule"),
      until: options.number(
        "until", default: usual.until, in: 0.001...1, help: "share of the run's steps after which the width stays"),
      fixed: FixedWidthMean(form: form, options: &options, usual: usual.beside.width).width)
  }

  public var state: [String: Double] {
    get { beside.state.merging(["width": width]) { $1 } }
    set {
      if let value = newValue["width"], value > 0, value.isFinite { width = value }
      beside.state = newValue
    }
  }

  package func score(distance: Double) -> Double { form.score(distance: distance, scale: width) }

  public mutating func begin(step: Int, of steps: Int) {
    let share = steps > 0 ? min(1, max(0, Double(step) / (until * Double(steps)))) : 1
    width = first * .pow(last / first, share)
    beside.clear()
  }

  public mutating func observe(_ reading: Reading, to question: Question) {
    guard question.kind == .instant else { return }
    beside.observe(distance: Self.distance(reading, to: question))
  }
}
