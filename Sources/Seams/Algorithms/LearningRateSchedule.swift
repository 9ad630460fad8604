import RealModule

/// How the learning rate moves over a run.
///
/// With base rate η, W steps of warm-up and N steps in all, at step s counted from 0:
///
///     s < W:     η · s / W
///     s < W + H: η; where the rate falls, W stands for W + H
///     constant:  η
///     linear:    η · max(0, (N − s) / (N − W))
///     cosine:    η · (f + (1 − f) · max(0, ½(1 + cos(2π · cycles · (s − W) / (N − W)))))
///
/// f is the floor as a fraction of η. With `startsAtZero` false the warm-up is η · (s + 1) / W, so that no step is wasted.
///
/// Loshchilov and Hutter 2017, *SGDR*, eq. 5, for the cosine.
public struct LearningRateSchedule: Sendable, Hashable {
  public enum Shape: String, Sendable, Hashable, CaseIterable {
    case constant, linear, cosine
  }

  package var shape: Shape
  /// η.
  package var base: Double
  /// W.
  package var warmup: Int
  /// H: steps after the warm-up at the full rate, before it falls.
  package var hold: Int
  /// N.
  package var steps: Int
  /// f.
  package var floor: Double
  /// Half a cycle ends at the floor.
  package var cycles: Double
  package var startsAtZero: Bool

  public init(
    _ shape: Shape = .constant, base: Double, warmup: Int = 0, hold: Int = 0, steps: Int, floor: Double = 0,
    cycles: Double = 0.5,
    startsAtZero: Bool = false
  ) {
    precondition(warmup >= 0 && hold >= 0 && steps >= 0, "a schedule has no negative steps")
    self.shape = shape
    self.base = base
    self.warmup = warmup
    self.hold = hold
    self.steps = steps
    self.floor = floor
    self.cycles = cycles
    self.startsAtZero = startsAtZero
  }

  /// The rate of step `step`, counted from 0.
  package func rate(step: Int) -> Double {
    guard step >= warmup else { return base * Double(startsAtZero ? step : step + 1) / Double(warmup) }
    let start = warmup + hold
    guard step >= start else { return base }
    let span = Double(max(steps - start, 1))
    switch shape {
    case .constant: return base
    case .linear: return base * max(floor, Double(steps - step) / span)
    case .cosine:
      let progress = Double(step - start) / span
      let wave = max(0, 0.5 * (1 + Double.cos(2 * .pi * cycles * progress)))
      return base * (floor + (1 - floor) * wave)
    }
  }
}
