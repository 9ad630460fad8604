/// How a mean over tokens or completions is taken; ``LossAggregation`` by name.
public enum AggregationName: String, Sendable, Hashable, CaseIterable {
  case sequenceMean = "sequence-mean"
  case tokenMean = "token-mean"
  case batchTokenMean = "batch-token-mean"
  case tokenSum = "token-sum"
  case sequenceSum = "sequence-sum"
  case constantLength = "constant-length"
}

/// Over what PPO's advantages are whitened.
public enum WhiteningScope: String, Sendable, Hashable, CaseIterable {
  case none, minibatch, batch
}

/// What groups get that teach nothing, where advantages are whitened over the batch.
public enum Ties: String, Sendable, Hashable, CaseIterable {
  /// Advantage 0, bit for bit.
  case exact
  /// What the whitening makes of them: the batch's mean is subtracted from their 0, as in the toolkits.
  case shifted
}

/// How a term beside the policy loss is averaged.
public enum TermAggregation: String, Sendable, Hashable, CaseIterable {
  case loss
  case tokenMean = "token-mean"
}

/// Every numerical choice in which implementations of one algorithm differ; an option of the same name overrides it.
public struct ProfileChoices: Sendable, Hashable {
  /// What a group's rewards are compared with: the mean of all, or of the others.
  public enum Baseline: String, Sendable, Hashable, CaseIterable {
    case mean
    case leaveOneOut = "leave-one-out"
  }

  /// What RLOO's ratio belongs to.
  public enum ActionUnit: String, Sendable, Hashable, CaseIterable {
    case completion, token
  }

  public var scale = GroupRelativeAdvantage.Scale.group
  public var baseline = Baseline.mean
  /// Added to a group's deviation.
  public var advantageEpsilon = 1e-4
  public var singleton = GroupRelativeAdvantage.Singleton.zero
  /// RLOO's, `group` or `none`.
  public var leaveOneOutScale = RLOO.Scale.none
  public var leaveOneOutRatio = ActionUnit.completion
  /// What GDPO whitens over.
  public var decoupledUnit = Whitening.Unit.completions
  /// Added to the deviation of a component in GDPO; `nil` is `advantageEpsilon`.
  public var decoupledEpsilon: Double?
  /// Added to the deviation of the sum in GDPO; `nil` is `advantageEpsilon`.
  public var decoupledWhiteningEpsilon: Double?
  /// Whether REINFORCE++ subtracts the group's mean.
  public var plusHasBaseline = false
  /// Whether the clip range of an algorithm's own paper stands before `clipLow` and `clipHigh`.
  public var takesPaperClip = true
  public var clipLow = 0.2
  public var clipHigh = 0.2
  /// CISPO's bounds on the weight of a token.
  public var importanceLow = 0.0
  public var importanceHigh = 5.0
  /// 0 is none.
  public var dualClip = 0.0
  /// Nats; 0 is none.
  public var logRatioLimit = 0.0
  /// Whether that limit holds ratios below 1 too.
  public var limitsSmallRatios = true
  /// DPPO's largest ratio.
  public var divergenceCap = 20.0
  /// Bound on a reward's magnitude; 0 is none.
  public var rewardLimit = 0.0
  public var aggregation = AggregationName.sequenceMean
  /// What a mean over tokens is taken over in DAPO, CISPO and VESPO.
  public var tokenMean = AggregationName.tokenMean
  public var emptySequences = EmptySequences.counted
  public var lengthSlack = 0.0
  public var klCoefficient = 0.0
  /// `nil` is the algorithm's own.
  public var klPlacement: KLPenalty.Placement?
  public var klOrder = KLPenalty.Order.before
  /// The estimate in the loss, `nil` for the algorithm's own or k3; in the reward it is k1.
  public var klEstimator: KLEstimator?
  public var klImportance = ReferenceKL.Importance.none
  /// Nats; 0 is none.
  public var klDifferenceLimit = 0.0
  /// Nats; 0 is none.
  public var klEstimateLimit = 0.0
  public var klClampScope = KLClamp.Scope.all
  public var klFollowsCorrection = false
  public var klAggregation = TermAggregation.loss
  public var entropyCoefficient = 0.0
  public var entropyAggregation = TermAggregation.loss
  /// What bounds do to the weight of another engine's rollouts.
  public var correctionMode = CorrectionOptions.Mode.none
  public var correctionLevel = SamplerCorrection.Level.token
  public var correctionLow = 0.0
  public var correctionHigh = 2.0
  public var discount = 1.0
  public var lambda = 1.0
  public var whitening = Whitening.standard
  public var whiteningScope = WhiteningScope.batch
  public var valueForm = ValueLoss.Form.clippedMaximum
  /// 0 is none.
  public var valueClip = 0.0
  public var valueCoefficient = 0.5
  /// PPO's; the group-relative algorithms take 1.
  public var epochs = 4
  public var minibatches = 4
  public var maximumGradientNorm = 1.0
  /// Nats; 0 never stops an update.
  public var targetKL = 0.0
  public var overlongIsCapped = true

  public init() {}
}

extension Whitening: CustomStringConvertible {
  public var description: String {
    "over \(unit.rawValue), \(deviation.rawValue) deviation, \(guarding)\(countSlack > 0 ? ", count + \(countSlack)" : "")\(keepsLone ? ", one alone kept" : "")"
  }
}
