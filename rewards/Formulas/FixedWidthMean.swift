import Options
import Questions

/// The mean score of a step's answers at a width that stays, to be logged beside one that changes.
///
/// Answers that hold no time score 0, as they do in the reward.
struct FixedWidthMean: Sendable {
  let form: ErrorShape
  /// Seconds.
  let width: Double
  private(set) var mean = 0.0
  private(set) var count = 0.0

  init(form: ErrorShape, width: Double) {
    self.form = form
    self.width = width
  }

  init(form: ErrorShape, options: inout OptionReader, usual: Double) {
    self.init(
      form: form,
      width: options.number(
        "fixed", default: usual, in: 0.001...3600, unit: "s", help: "width at which the mean score is logged beside the reward")
    )
  }

  mutating func clear() {
    mean = 0
    count = 0
  }

  /// `distance` in seconds; `nil` where no instant was answered.
  mutating func observe(distance: Double?) {
    count += 1
    mean += ((distance.map { form.score(distance: $0, scale: width) } ?? 0) - mean) / count
  }

  var state: [String: Double] {
    get { ["fixed": mean, "fixed-answers": count] }
    set {
      if let value = newValue["fixed"], (0...1).contains(value) { mean = value }
      if let value = newValue["fixed-answers"], value >= 0, value.isFinite { count = value }
    }
  }
}
