import Numbers
import RealModule
package import Timelines

/// Intervals painted on a grid of 1 s and blurred by a Gaussian, so that near misses overlap.
///
/// Bin k stands for second k, from 0 to the track's length inclusive. An interval sets the bins from its start to its end, both
/// rounded to whole seconds (halves away from 0) and both included, so that one of length zero still sets one; what lies
/// outside the grid is lost. The kernel is exp(−k²/2σ²), cut at radius ⌊4σ + ½⌋ and scaled to sum 1: for σ = 15 s the radius is
/// 60 s.
package struct SmoothedMask: Sendable, Hashable {
  /// What lies beyond the ends of the grid.
  package enum Edges: String, Sendable, Hashable, CaseIterable {
    /// Nothing.
    case constant
    /// The mask mirrored, the end bin repeated.
    case reflect
    /// The end bin for ever.
    case nearest
  }

  /// The share of the kernel that falls on the mask, 0…1, a bin a second.
  package let values: [Double]
  /// Σ values.
  let sum: Double
  /// Σ values².
  let squares: Double

  /// `duration` and `sigma` in seconds, > 0; traps otherwise.
  package init(_ intervals: [Interval], duration: Double, sigma: Double = 15, edges: Edges = .reflect) {
    precondition(duration > 0 && duration.isFinite, "a track has a length")
    precondition(sigma > 0 && sigma.isFinite, "a Gaussian has a width")
    let radius = Int(saturating: 4 * sigma + 0.5)
    let mask = Self.painted(intervals, binCount: Int(saturating: duration) + 1)
    values = Self.blurred(mask, kernel: Self.kernel(sigma: sigma, radius: radius), edges: edges)
    sum = values.reduce(0, +)
    squares = values.reduce(0) { $0 + $1 * $1 }
  }

  private static func painted(_ intervals: [Interval], binCount: Int) -> [Bool] {
    var mask = Array(repeating: false, count: binCount)
    let grid = Interval(-0.5, Double(binCount) - 0.5)
    for interval in intervals where interval.start.rounded() < Double(binCount) && interval.end.rounded() >= 0 {
      let first = Int(saturating: max(interval.start, grid.start).rounded())
      let last = Int(saturating: min(interval.end, grid.end).rounded())
      for bin in max(0, first)...min(last, binCount - 1) { mask[bin] = true }
    }
    return mask
  }

  private static func kernel(sigma: Double, radius: Int) -> [Double] {
    let weights = (-radius...radius).map { Double.exp(-0.5 * Double($0 * $0) / (sigma * sigma)) }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }

  /// Σ_k kernel[k]·mask[bin + k − radius], spread from the set bins.
  private static func blurred(_ mask: [Bool], kernel: [Double], edges: Edges) -> [Double] {
    let radius = kernel.count / 2
    // The result at bin b lands at b + 2·radius, so that every set bin of the extended grid can spread its whole kernel.
    var spread = Array(repeating: 0.0, count: mask.count + 4 * radius)
    spread.withUnsafeMutableBufferPointer { spread in
      kernel.withUnsafeBufferPointer { kernel in
        for bin in -radius..<(mask.count + radius) where isSet(bin, in: mask, edges: edges) {
          for k in kernel.indices { spread[bin + radius + k] += kernel[k] }
        }
      }
    }
    return Array(spread[(2 * radius)..<(2 * radius + mask.count)])
  }

  private static func isSet(_ bin: Int, in mask: [Bool], edges: Edges) -> Bool {
    if mask.indices.contains(bin) { return mask[bin] }
    switch edges {
    case .constant: return false
    case .nearest: return mask[bin < 0 ? 0 : mask.count - 1]
    case .reflect:
      let period = 2 * mask.count
      let phase = ((bin % period) + period) % period
      return mask[min(phase, period - 1 - phase)]
    }
  }
}

extension SmoothedMask {
  /// 2·Σ min(p, g) / (Σp + Σg), 0…1: 1 for equal masks; `nil` where both are empty.
  package func minimumF1(with other: SmoothedMask) -> Double? {
    ratio(sumOf(other, combining: min), sum + other.sum)
  }

  /// 2·Σ p·g / (Σp² + Σg²), 0…1: 1 for equal masks; `nil` where both are empty.
  ///
  /// Milletari, Navab and Ahmadi 2016, *V-Net*, §3.
  package func squaredDice(with other: SmoothedMask) -> Double? {
    ratio(sumOf(other, combining: *), squares + other.squares)
  }

  /// 2·Σ p·g / (Σp + Σg): **not** 1 for equal masks, and larger for longer ones.
  ///
  /// For comparison only; `nil` where both are empty.
  package func productF1(with other: SmoothedMask) -> Double? {
    ratio(sumOf(other, combining: *), sum + other.sum)
  }

  private func sumOf(_ other: SmoothedMask, combining combine: (Double, Double) -> Double) -> Double {
    precondition(values.count == other.values.count, "masks of one track are equally long")
    return values.indices.reduce(0) { $0 + combine(values[$1], other.values[$1]) }
  }

  private func ratio(_ shared: Double, _ total: Double) -> Double? {
    total > 0 ? 2 * shared / total : nil
  }
}
