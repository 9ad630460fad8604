public import Options

/// What an algorithm asks of the policy that it trains and of the run; checked before the first step.
public struct PolicyRequirements: OptionSet, Sendable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
  public static let valueHead = PolicyRequirements(rawValue: 1 << 0)
  public static let referencePolicy = PolicyRequirements(rawValue: 1 << 1)
  /// At least two completions a prompt.
  public static let groups = PolicyRequirements(rawValue: 1 << 2)
  /// The reward of the likeliest completion of each prompt, in ``EstimatorBatch/greedyRewards``.
  public static let greedyRewards = PolicyRequirements(rawValue: 1 << 3)
  /// Completions that the policy sampled, all of them: no demonstrations.
  public static let sampledCompletions = PolicyRequirements(rawValue: 1 << 4)
}

extension PolicyRequirements: CustomStringConvertible {
  /// In words.
  public var description: String {
    let words: [(PolicyRequirements, String)] = [
      (.valueHead, "a value head"), (.referencePolicy, "a reference policy"), (.groups, "two or more completions of a prompt"),
      (.greedyRewards, "a greedy completion of each prompt"), (.sampledCompletions, "no demonstrations"),
    ]
    let needed = words.filter { contains($0.0) }.map(\.1)
    return needed.isEmpty ? "nothing but log-probabilities" : needed.joined(separator: ", ")
  }
}

/// A named choice of advantage estimator, objective, aggregation and schedule: one file each.
public protocol Algorithm: Sendable {
  /// The name that an experiment file uses.
  static var name: String { get }

  /// One sentence with the paper.
  static var summary: String { get }

  /// Reads its options; what is wrong is recorded in the reader.
  init(options: inout OptionReader)

  var requirements: PolicyRequirements { get }
  var schedule: UpdateSchedule { get }
  var advantage: any AdvantageEstimator { get }
  var objective: Objective { get }
  var aggregation: any LossAggregation { get }
  /// How the entropy bonus is averaged; `nil` as the loss.
  var entropyAggregation: (any LossAggregation)? { get }
  /// How the penalty on the distance from the reference policy is averaged in the loss; `nil` as the rest of it.
  var penaltyAggregation: (any LossAggregation)? { get }
  /// Which completions the update learns from.
  var selection: CompletionSelection { get }
  /// Applied to the advantages of each minibatch before its update; `nil` leaves them as the estimator gave them.
  var minibatchWhitening: Whitening? { get }

  /// Numbers that change while it trains, such as an adaptive coefficient; part of every checkpoint.
  var state: [String: Double] { get set }

  /// Called once a step with what the update measured, to move adaptive coefficients.
  mutating func adapt(to report: ObjectiveReport)
}

extension Algorithm {
  /// Whether, with the options' defaults, it spreads credit finer than a completion over the tokens.
  package static var usesTokenCredits: Bool {
    var options = OptionReader()
    return Self(options: &options).advantage.usesTokenCredits
  }

  public var entropyAggregation: (any LossAggregation)? { nil }
  public var penaltyAggregation: (any LossAggregation)? { nil }
  public var selection: CompletionSelection { CompletionSelection() }
  public var minibatchWhitening: Whitening? { nil }

  public var state: [String: Double] {
    get { [:] }
    set {}
  }

  public mutating func adapt(to report: ObjectiveReport) {}
}
