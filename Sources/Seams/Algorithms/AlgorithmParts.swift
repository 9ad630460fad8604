public import Options

/// What an algorithm is made of.
public struct AlgorithmParts: Sendable {
  public var advantage: any AdvantageEstimator
  /// The policy loss; its coefficient is 1.
  public var surrogate: any ObjectiveTerm
  public var aggregation: any LossAggregation
  /// `nil` as `aggregation`.
  package var entropyAggregation: (any LossAggregation)?
  /// `nil` as `aggregation`.
  package var penaltyAggregation: (any LossAggregation)?
  public var schedule: UpdateSchedule
  package var requirements: PolicyRequirements
  package var penalty: KLPenalty
  package var entropy: EntropyControl
  package var value: (coefficient: Double, term: ValueLoss)?
  package var weightings: [any PolicyWeighting]
  package var overlong: OverlongPunishment?
  package var rewardRange: ClosedRange<Double>?
  package var selection: CompletionSelection
  package var minibatchWhitening: Whitening?
  /// Further terms with their coefficients.
  package var extraTerms: [(coefficient: Double, term: any ObjectiveTerm)]
  /// What it was made of all this with.
  package var written = WrittenOptions()

  package init(
    advantage: any AdvantageEstimator, surrogate: any ObjectiveTerm, aggregation: any LossAggregation,
    schedule: UpdateSchedule = UpdateSchedule(), requirements: PolicyRequirements = [],
    penalty: KLPenalty = KLPenalty(coefficient: 0), entropy: EntropyControl = EntropyControl(coefficient: 0),
    value: (coefficient: Double, term: ValueLoss)? = nil, weightings: [any PolicyWeighting] = [],
    overlong: OverlongPunishment? = nil, rewardRange: ClosedRange<Double>? = nil,
    selection: CompletionSelection = CompletionSelection(), extraTerms: [(coefficient: Double, term: any ObjectiveTerm)] = []
  ) {
    self.advantage = advantage
    self.surrogate = surrogate
    self.aggregation = aggregation
    self.schedule = schedule
    self.requirements = requirements
    self.penalty = penalty
    self.entropy = entropy
    self.value = value
    self.weightings = weightings
    self.overlong = overlong
    self.rewardRange = rewardRange
    self.selection = selection
    self.extraTerms = extraTerms
  }
}

/// An algorithm that says what it is made of and nothing else; the rest follows.
public protocol ComposedAlgorithm: Algorithm {
  var parts: AlgorithmParts { get set }

  /// Makes its parts of the options, in the order in which a manual should list them.
  init(reading options: inout AlgorithmOptions)
}

extension ComposedAlgorithm {
  public init(options: inout OptionReader) {
    var own = AlgorithmOptions(options, for: Self.name)
    self.init(reading: &own)
    options = own.reader
    parts.written = WrittenOptions(own)
  }

  public var requirements: PolicyRequirements {
    var requirements = parts.requirements
    if parts.penalty.isActive { requirements.insert(.referencePolicy) }
    // Values learnt from demonstrations would be those of another policy.
    if parts.value != nil { requirements.formUnion([.valueHead, .sampledCompletions]) }
    return requirements
  }

  public var schedule: UpdateSchedule { parts.schedule }
  public var aggregation: any LossAggregation { parts.aggregation }
  public var entropyAggregation: (any LossAggregation)? { parts.entropyAggregation }
  public var penaltyAggregation: (any LossAggregation)? { parts.penaltyAggregation }
  public var selection: CompletionSelection { parts.selection }
  public var minibatchWhitening: Whitening? { parts.minibatchWhitening }

  public var advantage: any AdvantageEstimator {
    let penalty = parts.penalty.isActive && parts.penalty.placement == .reward ? parts.penalty : nil
    guard penalty != nil || parts.overlong != nil || parts.rewardRange != nil else { return parts.advantage }
    return ShapedRewards(
      parts.advantage, overlong: parts.overlong, penalty: penalty, range: parts.rewardRange, order: parts.penalty.order)
  }

  public var objective: Objective {
    var summands: [(coefficient: Double, term: any ObjectiveTerm)] = [(1, parts.surrogate)]
    if parts.penalty.isActive, parts.penalty.placement == .loss {
      summands.append((parts.penalty.coefficient, parts.penalty.term))
    }
    let entropy = parts.entropy.effectiveCoefficient
    if entropy > 0 { summands.append((entropy, EntropyBonus())) }
    if let value = parts.value { summands.append((value.coefficient, value.term)) }
    return Objective(summands + parts.extraTerms, weightings: parts.weightings)
  }

  /// The coefficients that adapt, by name.
  public var state: [String: Double] {
    get {
      var state: [String: Double] = [:]
      if parts.penalty.controller != nil { state["kl_coefficient"] = parts.penalty.coefficient }
      if parts.entropy.target != nil {
        state["entropy_coefficient"] = parts.entropy.coefficient
        state["entropy_below_target"] = parts.entropy.isBelowTarget ? 1 : 0
      }
      return state
    }
    set {
      if let coefficient = newValue["kl_coefficient"] { parts.penalty.coefficient = coefficient }
      if let coefficient = newValue["entropy_coefficient"] { parts.entropy.coefficient = coefficient }
      if let isBelow = newValue["entropy_below_target"] { parts.entropy.isBelowTarget = isBelow > 0 }
    }
  }

  public mutating func adapt(to report: ObjectiveReport) {
    let means = report.means
    if let controller = parts.penalty.controller, let divergence = means["policy/kl_reference_sequence"] {
      // Without the number, an update that ran to its end: every epoch saw every completion.
      let completions = report.completions ?? report.count(of: "policy/kl_reference_sequence") / Double(parts.schedule.epochs)
      parts.penalty.coefficient = controller.coefficient(
        after: parts.penalty.coefficient, divergence: divergence, completions: completions)
    }
    if let entropy = means["policy/entropy"] { parts.entropy.adapt(to: entropy) }
  }
}
