public import Questions

/// What the audit found on questions of one kind.
public struct KindAudit: Sendable {
  /// What one policy earns.
  public struct Policy: Sendable, Hashable {
    public var name: String
    public var role: AuditedPolicy.Role
    package var summary: String
    /// The mean over questions; NaN where a reward was.
    public var mean: Double
    /// The tenth and the ninetieth percentile of its rewards.
    public var low: Double
    public var high: Double
    /// Share of its completions that hold a legal answer.
    package var readable: Double
    /// The mean of the benchmark metric over those; `nil` without any.
    package var metric: Double?
  }

  /// How rewards spread within groups of honest answers to one question.
  package struct Spread: Sendable, Hashable {
    /// Seconds.
    package var noise: Double
    package var mean: Double
    /// The mean over groups of the standard deviation within a group.
    package var deviation: Double
    /// Share of the groups in which all answers earn the same.
    package var tied: Double
  }

  /// One answer's metric and reward.
  package struct Point: Sendable, Hashable {
    package var metric: Double
    package var reward: Double
    package var role: AuditedPolicy.Role
  }

  public var kind: AnswerKind
  public var questionCount: Int
  /// Name of the benchmark metric.
  public var metric: String
  /// Honest, partial, blind; the last by falling mean.
  public var policies: [Policy]
  /// By rising noise.
  package var spreads: [Spread]
  /// Rank agreement of reward and metric over the readable answers of all policies; `nil` where either is constant.
  public var spearman: Double?
  /// A sample of what `spearman` is taken over.
  package var points: [Point]
  public var violations: [AuditViolation]
  /// What noise of 15 s does to answers of this kind, in words.
  package var yardstick: String
  /// What to know when reading the figures: few questions, a yardstick that earns nothing.
  package var notes: [String] = []

  package subscript(name: String) -> Policy? { policies.first { $0.name == name } }

  /// The blind policy that earns most; one that earns NaN or infinity comes first.
  public var bestBlind: Policy? {
    policies.filter { $0.role == .blind }.max { Self.rank($0.mean) < Self.rank($1.mean) }
  }

  /// What the honest policy with 15 s of noise, the yardstick, earns.
  package var honest15: Double { self[HonestPolicies.name(noise: 15)]?.mean ?? .nan }

  /// What the best blind policy earns as a share of `honest15`; `nil` where that is not above 0.
  public var ratio: Double? {
    guard let best = bestBlind?.mean, best.isFinite, honest15 > 0 else { return nil }
    return best / honest15
  }

  /// Share of the groups with 15 s of noise in which all answers earn the same.
  public var tiedGroups: Double { spreads.first { $0.noise == 15 }?.tied ?? 0 }

  private static func rank(_ mean: Double) -> Double { mean.isNaN ? .infinity : mean }
}
