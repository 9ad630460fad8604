internal import CObjectiveKernels
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

  /// `difference` is d and `ratio` eᵈ; the derivative is by log π.
  package func estimate(difference: Double, ratio: Double) -> TokenLoss {
    let (values, derivatives) = estimates(Lanes(repeating: difference), ratios: Lanes(repeating: ratio))
    return TokenLoss(value: values[0], derivative: derivatives[0])
  }

  /// Whether the derivative is k2's whatever the value.
  var isStraight: Bool { self == .k1Straight || self == .absStraight || self == .k3Straight }

  @inline(__always)
  func estimates(_ d: Lanes, ratios: Lanes) -> (values: Lanes, derivatives: Lanes) {
    switch self {
    case .k1: return (-d, Lanes(repeating: 1))
    case .abs:
      let sign = Lanes(repeating: 1).kept(where: d .> Lanes.zero) - Lanes(repeating: 1).kept(where: d .< Lanes.zero)
      return (sign * d, -sign)
    case .k2: return (0.5 * d * d, -d)
    case .k3: return ((ratios - 1) - d, 1 - ratios)
    case .k1Straight: return (-d, -d)
    case .absStraight: return (d.atLeast(-d), -d)
    case .k3Straight: return ((ratios - 1) - d, -d)
    }
  }
}

/// The bounds within which an estimate is trusted; beyond them it is constant and its derivative 0.
///
/// A straight-through form bounds its value alone: the derivative that it borrows stays k2's.
public struct KLClamp: Sendable, Hashable {
  /// Which estimates have bounds.
  public enum Scope: String, Sendable, Hashable, CaseIterable {
    case all
    /// k3 and k3+, whose exponential may overflow (verl).
    case exponential
  }

  /// On |d| before the estimate, nats.
  package let difference: Double
  /// On the estimate's magnitude, nats.
  package let estimate: Double
  package let scope: Scope
  /// e to the bounds on d.
  let smallestRatio, largestRatio: Double

  package init(difference: Double, estimate: Double, scope: Scope = .all) {
    self.scope = scope
    self.difference = difference
    self.estimate = estimate
    smallestRatio = Double.exp(-difference)
    largestRatio = Double.exp(difference)
  }

  func applies(to estimator: KLEstimator) -> Bool { scope == .all || estimator == .k3 || estimator == .k3Straight }
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
    /// The geometric mean of π/π_old over the completion, as TRL multiplies by where that is the ratio of the policy loss.
    case completion
  }

  package var estimator: KLEstimator
  package var clamp: KLClamp?
  package var importance: Importance
  /// Whether corrections of the policy loss scale the penalty too.
  package var followsCorrection: Bool
  /// The correction that it follows where the policy loss takes its factors otherwise than by its weights, as VESPO does.
  package var correction: SamplerCorrection?

  package init(
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
    precondition(
      importance == .none || importance == .policy || tokens.ratios.count == tokens.count,
      "needs log-probabilities at sampling time")
    let weights = weights(tokens)
    if importance == .completion { return completions(tokens, weights, coefficient: coefficient, into: &gradients) }
    let importances = importance == .behavior ? tokens.ratios : tokens.referenceRatios
    return gradients.logProbabilities.withUnsafeMutableBufferPointer { gradients in
      weights.withUnsafeBufferPointer { weights in
        importances.withUnsafeBufferPointer { importances in
          tokens.referenceLogRatios.withUnsafeBufferPointer { differences in
            tokens.referenceRatios.withUnsafeBufferPointer { ratios in
              if estimator == .k3, importance == .none {
                return k3(differences, ratios, weights: weights, coefficient: coefficient, gradients: gradients)
              }
              var sum = Lanes.zero
              var index = 0
              let count = weights.count
              while index &+ 4 <= count {
                let weight = Lanes(weights, at: index)
                let (values, derivatives) = penalties(
                  Lanes(differences, at: index), Lanes(ratios, at: index), importances: Lanes(importances, at: index))
                sum += weight * values
                (Lanes(gradients, at: index) + coefficient * weight * derivatives).store(gradients, at: index)
                index &+= 4
              }
              var loss = sum.total
              while index < count {
                let token = penalty(difference: differences[index], ratio: ratios[index], importance: importances[index])
                loss += weights[index] * token.value
                gradients[index] += coefficient * weights[index] * token.derivative
                index &+= 1
              }
              return loss
            }
          }
        }
      }
    }
  }

  /// Of the penalty's own aggregation where it has one, times what corrections allow each token where it follows them.
  private func weights(_ tokens: TokenBlock) -> [Double] {
    guard followsCorrection, let correction else { return allowed(tokens) }
    // Its metrics are those of the policy loss, which takes the same factors.
    var unused = ObjectiveReport()
    let factors = correction.factors(tokens, report: &unused)
    return factors.isEmpty ? allowed(tokens) : zip(allowed(tokens), factors).map { $0 * $1 }
  }

  private func allowed(_ tokens: TokenBlock) -> [Double] {
    guard !tokens.penaltyWeights.isEmpty else { return followsCorrection ? tokens.policyWeights : tokens.weights }
    guard followsCorrection else { return tokens.penaltyWeights }
    return tokens.penaltyWeights.indices.map { index in
      let (plain, allowed) = (tokens.weights[index], tokens.policyWeights[index])
      return plain == allowed ? tokens.penaltyWeights[index] : tokens.penaltyWeights[index] * (allowed / plain)
    }
  }

  /// Σ_t w_t·s·KL_t, with s the geometric mean of the completion's ratios: every token moves s, and so all of its estimates.
  private func completions(
    _ tokens: TokenBlock, _ weights: [Double], coefficient: Double, into gradients: inout TokenGradients
  ) -> Double {
    var loss = 0.0
    for sequence in tokens.sequences where !sequence.isEmpty {
      let ratio = Double.exp(tokens.logRatios[sequence].reduce(0, +) / Double(sequence.count))
      var own = 0.0
      for index in sequence {
        let token = penalty(difference: tokens.referenceLogRatios[index], ratio: tokens.referenceRatios[index])
        own += weights[index] * ratio * token.value
        gradients.logProbabilities[index] += coefficient * weights[index] * ratio * token.derivative
      }
      loss += own
      for index in sequence { gradients.logProbabilities[index] += coefficient * own / Double(sequence.count) }
    }
    return loss
  }

  /// What most runs use, column by column.
  private func k3(
    _ differences: UnsafeBufferPointer<Double>, _ ratios: UnsafeBufferPointer<Double>, weights: UnsafeBufferPointer<Double>,
    coefficient: Double, gradients: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    guard let differences = differences.baseAddress, let ratios = ratios.baseAddress,
      let start = weights.baseAddress, let gradients = gradients.baseAddress
    else { return 0 }
    return takt_k3_penalty(
      differences, ratios, start, weights.count, clamp?.difference ?? .infinity, clamp?.smallestRatio ?? 0,
      clamp?.largestRatio ?? .infinity, clamp?.estimate ?? .infinity, coefficient, gradients)
  }

  /// The penalty of one token with its derivative by log π; `importance` is π/π_old where that counts.
  package func penalty(difference: Double, ratio: Double, importance: Double = 1) -> TokenLoss {
    let (values, derivatives) = penalties(
      Lanes(repeating: difference), Lanes(repeating: ratio), importances: Lanes(repeating: importance))
    return TokenLoss(value: values[0], derivative: derivatives[0])
  }

  @inline(__always)
  private func penalties(_ differences: Lanes, _ ratios: Lanes, importances: Lanes) -> (values: Lanes, derivatives: Lanes) {
    let plain = clamped(differences, ratios)
    return switch importance {
    case .none, .completion: plain
    case .policy: (plain.values, plain.derivatives + plain.values)
    case .behavior: (importances * plain.values, importances * (plain.derivatives + plain.values))
    }
  }

  @inline(__always)
  private func clamped(_ differences: Lanes, _ ratios: Lanes) -> (values: Lanes, derivatives: Lanes) {
    guard let clamp, clamp.applies(to: estimator) else { return estimator.estimates(differences, ratios: ratios) }
    let (low, high) = (Lanes(repeating: -clamp.difference), Lanes(repeating: clamp.difference))
    let (least, most) = (Lanes(repeating: clamp.smallestRatio), Lanes(repeating: clamp.largestRatio))
    let inside = (differences .>= low) .& (differences .<= high)
    let bounded = estimator.estimates(
      differences.atLeast(low).atMost(high), ratios: ratios.atLeast(least).atMost(most))
    let limit = Lanes(repeating: clamp.estimate)
    let trusted = inside .& (bounded.values .<= limit) .& (bounded.values .>= -limit)
    let derivatives = estimator.isStraight ? -differences : bounded.derivatives.kept(where: trusted)
    return (bounded.values.atLeast(-limit).atMost(limit), derivatives)
  }
}
