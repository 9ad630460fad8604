import RealModule

/// How an algorithm keeps the policy near its reference: how much, by which estimate, where, and whether the coefficient adapts.
public struct KLPenalty: Sendable, Hashable {
  public enum Placement: String, Sendable, Hashable, CaseIterable {
    /// A term of the objective.
    case loss
    /// A reward of every token, −β·KL_t, from the log-probabilities at sampling time.
    case reward
  }

  /// Where a penalty in the reward joins the comparison of a group's completions.
  public enum Order: String, Sendable, Hashable, CaseIterable {
    /// The completion's reward includes −β·Σ_t KL_t when it is compared (TRL, verl, ms-swift).
    case before
    /// Rewards are compared alone; then every token's advantage gains −β·Σ_{s≥t} KL_s (OpenRLHF).
    case after
  }

  /// Moves β so that the KL stays near a target: β ← β · (1 + clip(KL/target − 1, ±0.2) · n / horizon), n completions.
  ///
  /// The factor stays within ½…2: a horizon shorter than a few steps' completions would otherwise turn the sign of β.
  ///
  /// Ziegler et al. 2019, *Fine-Tuning Language Models from Human Preferences*, §2.2.
  package struct Controller: Sendable, Hashable {
    /// Nats a token.
    package var target: Double
    /// In completions.
    package var horizon: Double

    package init(target: Double, horizon: Double) {
      self.target = target
      self.horizon = horizon
    }

    package func coefficient(after coefficient: Double, divergence: Double, completions: Double) -> Double {
      let factor = 1 + min(max(divergence / target - 1, -0.2), 0.2) * completions / horizon
      return coefficient * min(max(factor, 0.5), 2)
    }
  }

  /// β, at least 0; 0 needs no reference policy.
  package var coefficient: Double
  package var placement: Placement
  /// Counts in the reward, for algorithms that compare completions.
  package var order: Order
  package var term: ReferenceKL
  package var controller: Controller?

  package init(
    coefficient: Double, placement: Placement = .loss, order: Order = .before, term: ReferenceKL = ReferenceKL(),
    controller: Controller? = nil
  ) {
    self.coefficient = coefficient
    self.placement = placement
    self.order = order
    self.term = term
    self.controller = controller
  }

  package var isActive: Bool { coefficient > 0 }

  /// −β·KL_t, one a token; log-probabilities in nats.
  func rewards(policy: [Float], reference: [Float]) -> [Double] {
    precondition(policy.count == reference.count, "one reference log-probability a token")
    return zip(policy, reference).map { policy, reference in
      let difference = Double(reference) - Double(policy)
      return -coefficient * term.penalty(difference: difference, ratio: Double.exp(difference)).value
    }
  }
}
