internal import CObjectiveKernels
import RealModule

/// The clipped policy-gradient loss of PPO, with its later variants.
///
/// With ρ = π/π_old and the clip range [1 − ε_low, 1 + ε_high]:
///
///     ℓ = −min(ρ·A, clip(ρ, 1 − ε_low, 1 + ε_high)·A)
///     ∂ℓ/∂log π = −ρ·A   where the first argument is the smaller or equal, else 0
///
/// - Clip-higher is ε_high > ε_low: unlikely tokens may grow faster (Yu et al. 2025, *DAPO*, eq. 10).
/// - A dual clip c > 1 bounds the loss for A < 0 by −c·A (Ye et al. 2020, *Mastering Complex Control in MOBA Games with Deep
///   Reinforcement Learning*).
/// - A ceiling δ > 1 + ε_high replaces ρ by min(ρ, δ) in the first argument, which also bounds A < 0 (Prime Intellect 2025,
///   *INTELLECT-2*).
/// - Beyond |log ρ| > `logRatioLimit`, or only above it where `limitsSmallRatios` is false, the ratio is the limit's and the derivative 0.
///
/// At ρ = 1 the derivative is REINFORCE's, −A. At A = 0 all is 0.
///
/// Schulman et al. 2017, *Proximal Policy Optimization Algorithms*, eq. 7. The paper maximises; this minimises.
public struct ClippedSurrogate: TokenSurrogate {
  /// ε_low, within 0…1.
  package let clipLow: Double
  /// ε_high, at least 0.
  package let clipHigh: Double
  /// c; `nil` leaves negative advantages unbounded.
  package let dualClip: Double?
  /// δ.
  package let ceiling: Double?
  /// Nats.
  package let logRatioLimit: Double?
  /// The ratios at ∓`logRatioLimit`.
  private let smallestRatio, largestRatio: Double

  public init(
    clipLow: Double, clipHigh: Double, dualClip: Double? = nil, ceiling: Double? = nil, logRatioLimit: Double? = nil,
    limitsSmallRatios: Bool = true
  ) {
    self.clipLow = clipLow
    self.clipHigh = clipHigh
    self.dualClip = dualClip
    self.ceiling = ceiling
    self.logRatioLimit = logRatioLimit
    smallestRatio = limitsSmallRatios ? logRatioLimit.map { Double.exp(-$0) } ?? 0 : 0
    largestRatio = logRatioLimit.map { Double.exp($0) } ?? .infinity
  }

  public var ratioLimits: (low: Double, high: Double) { (1 - clipLow, 1 + clipHigh) }

  public func loss(of token: SurrogateToken) -> TokenLoss {
    let (value, derivative) = losses(ratios: Lanes(repeating: token.ratio), advantages: Lanes(repeating: token.advantage))
    return TokenLoss(value: value[0], derivative: derivative[0])
  }

  /// Four tokens at once; `takt_clipped_surrogate` is the same over columns, where most updates spend their time.
  @inline(__always)
  private func losses(ratios: Lanes, advantages: Lanes) -> (values: Lanes, derivatives: Lanes) {
    let ratio = ratios.atLeast(Lanes(repeating: smallestRatio)).atMost(Lanes(repeating: largestRatio))
    let capped = ratio.atMost(Lanes(repeating: ceiling ?? .infinity))
    let clipped = ratio.atLeast(Lanes(repeating: 1 - clipLow)).atMost(Lanes(repeating: 1 + clipHigh))
    let (first, second) = (-capped * advantages, -clipped * advantages)
    let pull = (-ratio * advantages).kept(where: ratio .== ratios)
    let isClipped = second .> first
    let value = first.replacing(with: second, where: isClipped)
    let derivative = pull.kept(where: capped .== ratio).replacing(with: pull.kept(where: clipped .== ratio), where: isClipped)
    guard let dualClip else { return (value, derivative) }
    let bound = -dualClip * advantages
    let isBounded = (advantages .< Lanes.zero) .& (value .> bound)
    return (value.replacing(with: bound, where: isBounded), derivative.replacing(with: Lanes.zero, where: isBounded))
  }

  public func accumulate(
    _ tokens: TokenBlock, coefficient: Double, into gradients: inout TokenGradients, report: inout ObjectiveReport
  ) -> Double {
    let (loss, low, high) = tokens.withPolicyColumns { columns in
      gradients.logProbabilities.withUnsafeMutableBufferPointer { gradients in
        differentiate(columns, coefficient: coefficient, gradients: gradients)
      }
    }
    report.add("policy/clip_fraction_low", sum: low, count: Double(tokens.count))
    report.add("policy/clip_fraction_high", sum: high, count: Double(tokens.count))
    return loss
  }

  var bounds: takt_clip_bounds {
    takt_clip_bounds(
      smallest: smallestRatio, largest: largestRatio, ceiling: ceiling ?? .infinity, low: 1 - clipLow, high: 1 + clipHigh,
      dual: dualClip ?? 0)
  }

  private func differentiate(
    _ columns: PolicyColumns, coefficient: Double, gradients: UnsafeMutableBufferPointer<Double>
  ) -> (loss: Double, low: Double, high: Double) {
    guard let ratios = columns.ratios.baseAddress, let advantages = columns.advantages.baseAddress,
      let weights = columns.weights.baseAddress, let gradients = gradients.baseAddress
    else { return (0, 0, 0) }
    var sums = [Double](repeating: 0, count: 3)
    takt_clipped_surrogate(ratios, advantages, weights, columns.ratios.count, bounds, coefficient, gradients, &sums)
    return (sums[0], sums[1], sums[2])
  }
}
