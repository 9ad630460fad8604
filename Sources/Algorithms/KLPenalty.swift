import RealModule

/// How an algorithm keeps the policy near its reference: how much, by which estimate, where, and whether the coefficient adapts.
public struct KLPenalty: Sendable, Hashable {
  public enum Placement: String, Sendable, Hashable, CaseIterable {
    /// A term of the objective.
    case loss
    /// A reward of every token, −β·KL_t, from the log-probabilities at sampling time.
    case reward
  }

  /// Moves β so that the KL stays near a target: β ← β · (1 + clip(KL/target − 1, ±0.2) · n / horizon), n completions.
  ///
  /// Ziegler et al. 2019, *Fine-Tuning Language Models from Human Preferences*, §2.2.
  public struct Controller: Sendable, Hashable {
    /// Nats a token.
    public var target: Double
    /// In completions.
    public var horizon: Double

    public init(target: Double, horizon: Double) {
      self.target = target
      self.horizon = horizon
    }

    public func coefficient(after coefficient: Double, divergence: Double, completions: Double) -> Double {
      coefficient * (1 + min(max(divergence / target - 1, -0.2), 0.2) * completions / horizon)
    }
  }

  /// β, at least 0; 0 needs no reference policy.
  public var coefficient: Double
  public var placement: Placement
  public var term: ReferenceKL
  public var controller: Controller?

  public init(
    coefficient: Double, placement: Placement = .loss, term: ReferenceKL = ReferenceKL(), controller: Controller? = nil
  ) {
    self.coefficient = coefficient
    self.placement = placement
    self.term = term
    self.controller = controller
  }

  public var isActive: Bool { coefficient > 0 }

  /// −β·KL_t, one a token; log-probabilities in nats.
  func rewards(policy: [Float], reference: [Float]) -> [Double] {
    precondition(policy.count == reference.count, "one reference log-probability a token")
    return zip(policy, reference).map { policy, reference in
      let difference = Double(reference) - Double(policy)
      return -coefficient * term.penalty(difference: difference, ratio: Double.exp(difference)).value
    }
  }
}
