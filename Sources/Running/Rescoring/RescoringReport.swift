/// How far compositions of rewards agree on the stored completions of a run.
package struct RescoringReport: Sendable, Codable, Hashable {
  package struct Component: Sendable, Codable, Hashable {
    package var label: String
    package var score: Double?
  }

  /// One composition on its own.
  package struct Spec: Sendable, Codable, Hashable {
    package var name: String
    /// Over the completions that it scores; `nil` where it scores none.
    package var meanReward: Double?
    package var deviation: Double?
    /// Share of completions that no component applies to.
    package var unscored: Double
    /// Share of groups whose rewards are all equal: they teach nothing.
    package var tiedGroups: Double
    /// Groups with at least two different rewards: those that an update learns from.
    package var effectiveGroups: Int
  }

  /// What the baselines of one composition stand on.
  package struct Baseline: Sendable, Codable, Hashable {
    package var name: String
    /// `nil` where it has none.
    package var note: String?
  }

  /// Two compositions side by side, on the completions that both score.
  package struct Pair: Sendable, Codable, Hashable {
    package var first: String
    package var second: String
    /// Completions that both score; everything below is of these.
    package var compared: Int
    /// Of them, those whose two rewards differ in any bit.
    package var differing: Int
    /// Share of the completions that the first, and that the second, leaves unscored.
    package var unscored: [Double]
    /// Spearman's rank correlation over all completions that both score.
    package var rankCorrelation: Double?
    /// Mean of the same within groups in which neither is tied: what an update sees.
    package var rankCorrelationInGroups: Double?
    package var groupsCompared: Int
    /// Σ A·B / √(Σ A² · Σ B²) of GRPO's advantages: near 1 where both push the policy the same way.
    package var advantageCosine: Double?
    /// Of the completions to which both give an advantage, the share that one encourages and the other discourages.
    package var signFlips: Double?
    package var disputed: [Disputed]
  }

  /// A completion on which two compositions disagree.
  package struct Disputed: Sendable, Codable, Hashable {
    package var step: Int
    package var questionID: String
    package var question: String
    package var reference: String
    package var text: String
    package var sample: Int
    /// Of the first and the second composition.
    package var rewards: [Double?]
    package var advantages: [Double]
    package var components: [[Component]]

    /// How far the advantages lie apart.
    var distance: Double { abs(advantages[0] - advantages[1]) }
  }

  package var run: String
  package var firstStep: Int
  package var lastStep: Int
  package var completions: Int
  package var groups: Int
  /// Groups that the update learnt from, of those compared; `nil` where the store does not say.
  package var learntGroups: Int?
  package var specs: [Spec]
  package var pairs: [Pair]
  /// What a person should know of the store: that it ends before the run's last step.
  package var caution: String?
  package var baselines: [Baseline] = []
}

/// What one composition says of one completion.
struct RescoredJudgement: Sendable {
  var reward: Double?
  var components: [RescoringReport.Component]
}
