import Options
import RealModule

/// A number that goes from one value to another over a part of a run.
struct Ramp: Sendable, Hashable {
  enum Shape: String, Sendable, CaseIterable {
    /// The same difference in each step.
    case linear
    /// The same factor in each step; both values must be above 0.
    case geometric
    /// Slow at both ends: half a cosine.
    case cosine
  }

  let shape: Shape
  /// Shares of the run's steps at which it begins and ends.
  let start: Double
  let until: Double

  init(shape: Shape, start: Double, until: Double) {
    self.shape = shape
    self.start = start
    self.until = until
  }

  init(options: inout OptionReader, shape fallback: Shape) {
    shape = options.choice("shape", default: fallback, help: "how it goes from the first value to the last")
    start = options.number("start", default: 0, in: 0...1, help: "share of the run's steps before which the first value stays")
    until = options.number("until", default: 1, in: 0...1, help: "share of the run's steps after which the last value stays")
    if until < start { options.record("must not be less than 'start', \(OptionValue.written(start))", at: "until") }
  }

  /// How much of the way lies behind, 0…1, before step `step` of `steps`.
  func progress(step: Int, of steps: Int) -> Double {
    let share = Double(step) / Double(max(steps, 1))
    guard share > start else { return 0 }
    return share >= until ? 1 : (share - start) / (until - start)
  }

  func value(from first: Double, to last: Double, progress x: Double) -> Double {
    if x <= 0 { return first }
    if x >= 1 { return last }
    return switch shape {
    case .linear: first + (last - first) * x
    case .geometric: first * .pow(last / first, x)
    case .cosine: first + (last - first) * (1 - .cos(.pi * x)) / 2
    }
  }
}
