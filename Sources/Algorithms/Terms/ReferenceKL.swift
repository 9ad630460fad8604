import RealModule

/// Which of Schulman's estimates of KL(π ‖ π_ref) a penalty uses, from one token that π sampled.
///
/// With d = log π_ref − log π:
///
/// | name | value | derivative by log π |
/// |---|---|---|
/// | k1 | −d | 1 |
/// | abs | \|d\| | −sign d |
/// | k2 | ½d² | −d |
/// | k3 | eᵈ − d − 1 | 1 − eᵈ |
/// | k1+, abs+, k3+ | as without + | k2's: straight-through |
///
/// k1's derivative has expectation 0: as a loss it penalises nothing; it belongs in the reward. k2's derivative is an unbiased
/// gradient of the reverse KL, which is why the straight-through forms borrow it (Liu et al. 2025, *Rethinking KL Regularization in
/// RLHF*; Schulman 2020, *Approximating KL Divergence*).
public enum KLEstimator: String, Sendable, Hashable, CaseIterable {
  case k1, abs, k2, k3
  case k1Straight = "k1+"
  case absStraight = "abs+"
  case k3Straight = "k3+"

  /// `difference` is d and `ratio` eᵈ; the second number is the derivative by log π.
  @inline(__always)
  public func estimate(difference d: Double, ratio: Double) -> TokenLoss {
    switch self {
    case .k1: TokenLoss(value: -d, derivative: 1)
    case .abs: TokenLoss(value: d.magnitude, derivative: d > 0 ? -1 : d < 0 ? 1 : 0)
    case .k2: TokenLoss(value: 0.5 * d * d, derivative: -d)
    case .k3: TokenLoss(value: ratio - d - 1, derivative: 1 - ratio)
    case .k1Straight: TokenLoss(value: -d, derivative: -d)
    case .absStraight: TokenLoss(value: d.magnitude, derivative: -d)
    case .k3Straight: TokenLoss(value: ratio - d - 1, derivative: -d)
    }
  }
}

/// The bounds within which an estimate is trusted; beyond them it is constant and its derivative 0.
public struct KLClamp: Sendable, Hashable {
  /// On |d| before the estimate, nats.
  public var difference: Double
  /// On the estimate's magnitude, nats.
  public var estimate: Double

  public init(difference: Double, estimate: Double) {
    self.difference = difference
    self.estimate = estimate
  }
}

/// A penalty on the distance from the reference policy: ℓ = KL estimate of ``KLEstimator``.
///
/// Zero, value and derivative, where π = π_ref (k1's derivative apart). Needs reference log-probabilities.
///
/// DeepSeek-AI 2024, *DeepSeekMath*, eq. 4 (k3 in the loss).
public struct ReferenceKL: ObjectiveTerm, Hashable {
  /// By what the estimate is multiplied.
  public enum Importance: String, Sendable, Hashable, CaseIterable {
    case none
    /// π/sg(π): the value stays, the derivative gains the estimate itself, as π's own samples ask for.
    case policy
    /// π/π_old, for tokens that π_old sampled (DeepSeek-AI 2025, *DeepSeek-V3.2*, §3.1).
    case behavior
  }

  public var estimator: KLEstimator
  public var clamp: KLClamp?
  public var importance: Importance
  /// Whether corrections of the policy loss scale the penalty too.
  public var followsCorrection: Bool

  public init(
    estimator: KLEstimator = .k3, clamp: KLClamp? = nil, importance: Importance = .none, followsCorrection: Bool = false
  ) {
    self.estimator = estimator
    self.clamp = clamp
    self.importance = importance
    self.followsCorrection = followsCorrection
  }

  public func accumulate(
    _ tokens: TokenBlock, coefficient: Double, into gradients: inout TokenGradients, report: inout ObjectiveReport
  ) -> Double {
    precondition(tokens.referenceLogRatios.count == tokens.count, "needs log-probabilities of the reference policy")
    precondition(importance != .behavior || tokens.ratios.count == tokens.count, "needs log-probabilities at sampling time")
    let weights = followsCorrection ? tokens.policyWeights : tokens.weights
    var losses = [Double](repeating: 0, count: tokens.count)
    gradients.logProbabilities.withUnsafeMutableBufferPointer { gradients in
      weights.withUnsafeBufferPointer { weights in
        tokens.referenceLogRatios.withUnsafeBufferPointer { differences in
          tokens.referenceRatios.withUnsafeBufferPointer { ratios in
            for index in 0..<losses.count {
              let token = penalty(
                difference: differences[index], ratio: ratios[index],
                importance: importance == .behavior ? tokens.ratios[index] : 1)
              losses[index] = weights[index] * token.value
              gradients[index] += coefficient * weights[index] * token.derivative
            }
          }
        }
      }
    }
    return ColumnSums.sum(losses)
  }

  /// The penalty of one token with its derivative by log π; `importance` is π/π_old where that counts.
  @inline(__always)
  public func penalty(difference: Double, ratio: Double, importance ratioToBehavior: Double = 1) -> TokenLoss {
    let plain = clamped(difference: difference, ratio: ratio)
    return switch importance {
    case .none: plain
    case .policy: TokenLoss(value: plain.value, derivative: plain.derivative + plain.value)
    case .behavior:
      TokenLoss(value: ratioToBehavior * plain.value, derivative: ratioToBehavior * (plain.derivative + plain.value))
    }
  }

  @inline(__always)
  private func clamped(difference: Double, ratio: Double) -> TokenLoss {
    guard let clamp else { return estimator.estimate(difference: difference, ratio: ratio) }
    var estimate: TokenLoss
    if difference.magnitude > clamp.difference {
      let bound = difference > 0 ? clamp.difference : -clamp.difference
      estimate = estimator.estimate(difference: bound, ratio: Double.exp(bound))
      estimate.derivative = 0
    } else {
      estimate = estimator.estimate(difference: difference, ratio: ratio)
    }
    if estimate.value.magnitude > clamp.estimate {
      estimate = TokenLoss(value: estimate.value > 0 ? clamp.estimate : -clamp.estimate, derivative: 0)
    }
    return estimate
  }
}
