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

  package var scale = GroupRelativeAdvantage.Scale.group
  package var baseline = Baseline.mean
  /// Added to a group's deviation.
  package var advantageEpsilon = 1e-4
  package var singleton = GroupRelativeAdvantage.Singleton.zero
  /// RLOO's, `group` or `none`.
  package var leaveOneOutScale = RLOO.Scale.none
  package var leaveOneOutRatio = ActionUnit.completion
  /// What GDPO whitens over.
  package var decoupledUnit = Whitening.Unit.completions
  /// Added to the deviation of a component in GDPO; `nil` is `advantageEpsilon`.
  package var decoupledEpsilon: Double?
  /// Added to the deviation of the sum in GDPO; `nil` is `advantageEpsilon`.
  package var decoupledWhiteningEpsilon: Double?
  /// Whether REINFORCE++ subtracts the group's mean.
  package var plusHasBaseline = false
  /// Whether the clip range of an algorithm's own paper stands before `clipLow` and `clipHigh`.
  package var takesPaperClip = true
  package var clipLow = 0.2
  package var clipHigh = 0.2
  /// CISPO's bounds on the weight of a token.
  package var importanceLow = 0.0
  package var importanceHigh = 5.0
  /// 0 is none.
  package var dualClip = 0.0
  /// Nats; 0 is none.
  package var logRatioLimit = 0.0
  /// Whether that limit holds ratios below 1 too.
  package var limitsSmallRatios = true
  /// DPPO's largest ratio.
  package var divergenceCap = 20.0
  /// Bound on a reward's magnitude; 0 is none.
  package var rewardLimit = 0.0
  package var aggregation = AggregationName.sequenceMean
  /// What a mean over tokens is taken over in DAPO, CISPO and VESPO.
  package var tokenMean = AggregationName.tokenMean
  package var emptySequences = EmptySequences.counted
  package var lengthSlack = 0.0
  package var klCoefficient = 0.0
  /// `nil` is the algorithm's own.
  package var klPlacement: KLPenalty.Placement?
  package var klOrder = KLPenalty.Order.before
  /// The estimate in the loss, `nil` for the algorithm's own or k3; in the reward it is k1.
  package var klEstimator: KLEstimator?
  package var klImportance = ReferenceKL.Importance.none
  /// Nats; 0 is none.
  package var klDifferenceLimit = 0.0
  /// Nats; 0 is none.
  package var klEstimateLimit = 0.0
  package var klClampScope = KLClamp.Scope.all
  package var klFollowsCorrection = false
  package var klAggregation = TermAggregation.loss
  package var entropyCoefficient = 0.0
  package var entropyAggregation = TermAggregation.loss
  /// What bounds do to the weight of another engine's rollouts.
  package var correctionMode = CorrectionOptions.Mode.none
  package var correctionLevel = SamplerCorrection.Level.token
  package var correctionLow = 0.0
  package var correctionHigh = 2.0
  package var discount = 1.0
  package var lambda = 1.0
  package var whitening = Whitening.standard
  package var whiteningScope = WhiteningScope.batch
  package var valueForm = ValueLoss.Form.clippedMaximum
  /// 0 is none.
  package var valueClip = 0.0
  package var valueCoefficient = 0.5
  /// PPO's; the group-relative algorithms take 1.
  package var epochs = 4
  package var minibatches = 4
  package var maximumGradientNorm = 1.0
  /// Nats; 0 never stops an update.
  package var targetKL = 0.0
  package var overlongIsCapped = true

  package init() {}
}

extension Whitening: CustomStringConvertible {
  public var description: String {
    "over \(unit.rawValue), \(deviation.rawValue) deviation, \(guarding)\(countSlack > 0 ? ", count + \(countSlack)" : "")\(keepsLone ? ", one alone kept" : "")"
  }
}
