/// How far compositions of rewards agree on the stored completions of a run.
public struct RescoringReport: Sendable, Codable, Hashable {
  public struct Component: Sendable, Codable, Hashable {
    public var label: String
    public var score: Double?
  }

  /// One composition on its own.
  public struct Spec: Sendable, Codable, Hashable {
    public var name: String
    /// Over the completions that it scores; `nil` where it scores none.
    public var meanReward: Double?
    public var deviation: Double?
    /// Share of completions that no component applies to.
    public var unscored: Double
    /// Share of groups whose rewards are all equal: they teach nothing.
    public var tiedGroups: Double
    /// Groups with at least two different rewards: those that an update learns from.
    public var effectiveGroups: Int
  }

  /// What the baselines of one composition stand on.
  public struct Baseline: Sendable, Codable, Hashable {
    public var name: String
    /// `nil` where it has none.
    public var note: String?
  }

  /// Two compositions side by side, on the completions that both score.
  public struct Pair: Sendable, Codable, Hashable {
    public var first: String
    public var second: String
    /// Completions that both score; everything below is of these.
    public var compared: Int
    /// Of them, those whose two rewards differ in any bit.
    public var differing: Int
    /// Share of the completions that the first, and that the second, leaves unscored.
    public var unscored: [Double]
    /// Spearman's rank correlation over all completions that both score.
    public var rankCorrelation: Double?
    /// Mean of the same within groups in which neither is tied: what an update sees.
    public var rankCorrelationInGroups: Double?
    public var groupsCompared: Int
    /// Σ A·B / √(Σ A² · Σ B²) of GRPO's advantages: near 1 where both push the policy the same way.
    public var advantageCosine: Double?
    /// Of the completions to which both give an advantage, the share that one encourages and the other discourages.
    public var signFlips: Double?
    public var disputed: [Disputed]
  }

  /// A completion on which two compositions disagree.
  public struct Disputed: Sendable, Codable, Hashable {
    public var step: Int
    public var questionID: String
    public var question: String
    public var reference: String
    public var text: String
    public var sample: Int
    /// Of the first and the second composition.
    public var rewards: [Double?]
    public var advantages: [Double]
    public var components: [[Component]]

    /// How far the advantages lie apart.
    var distance: Double { abs(advantages[0] - advantages[1]) }
  }

  public var run: String
  public var firstStep: Int
  public var lastStep: Int
  public var completions: Int
  public var groups: Int
  /// Groups that the update learnt from, of those compared; `nil` where the store does not say.
  public var learntGroups: Int?
  public var specs: [Spec]
  public var pairs: [Pair]
  /// What a person should know of the store: that it ends before the run's last step.
  public var caution: String?
  public var baselines: [Baseline] = []
}

/// What one composition says of one completion.
struct RescoredJudgement: Sendable {
  var reward: Double?
  var components: [RescoringReport.Component]
}
