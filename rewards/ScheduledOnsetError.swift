import Options
import Questions
import RealModule
import Rewards

/// Closeness of an answered time to the true one, at a width that narrows over the run.
///
/// The score is that of `onset-error` at the width s = first·(last/first)^x, x the share of the schedule that has passed: the
/// schedule ends after the share `until` of the run's steps and the width then stays.
///
/// - State: `width`, seconds; `fixed`, the mean score of the step's `fixed-answers` answers at the width `fixed`.
struct ScheduledOnsetError: InstantReward, AdaptiveReward {
  static let name = "scheduled-onset-error"

  static let documentation = RewardDocumentation(
    summary: "Closeness of an answered time to the true one, at a width that narrows over the run.",
    formula: "exp(−d/s) · exp(−d²/2s²) · max(0, 1 − d/s) · 1[d ≤ s], s = first·(last/first)^min(1, step/(until·steps)), in s",
    degenerateCases: "Several references: the nearest. Nothing readable: 0.",
    source: "onset-error with a geometric schedule; Orsta (arXiv 2505.18129) schedules an overlap threshold.",
    family: .instants, kinds: [.instant], promises: [.exactIsBest, .monotone])

  static let needs: Set<RewardNeed> = [.step]

  let form: ErrorShape
  let first: Double
  let last: Double
  let until: Double
  private var width: Double
  private var beside: FixedWidthMean

  init(options: inout OptionReader) {
    form = options.choice("form", default: .laplace, help: "how the score falls with the error")
    first = options.number("first", default: 30, in: 0.001...3600, unit: "s", help: "width at the first step")
    last = options.number("last", default: 3, in: 0.001...3600, unit: "s", help: "width at the end of the schedule")
    until = options.number("until", default: 1, in: 0.001...1, help: "share of the run's steps after which the width stays")
    width = first
    beside = FixedWidthMean(form: form, options: &options)
  }

  var state: [String: Double] {
    get { beside.state.merging(["width": width]) { $1 } }
    set {
      if let value = newValue["width"], value > 0, value.isFinite { width = value }
      beside.state = newValue
    }
  }

  var range: ClosedRange<Double> { 0...1 }

  func score(distance: Double) -> Double { form.score(distance: distance, scale: width) }

  mutating func begin(step: Int, of steps: Int) {
    let share = steps > 0 ? min(1, max(0, Double(step) / (until * Double(steps)))) : 1
    width = first * .pow(last / first, share)
    beside.clear()
  }

  mutating func observe(_ reading: Reading, to question: Question) {
    guard question.kind == .instant else { return }
    beside.observe(distance: Self.distance(reading, to: question))
  }
}
