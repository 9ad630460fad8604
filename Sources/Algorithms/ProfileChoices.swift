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
  public var leaveOneOutScale = GroupRelativeAdvantage.Scale.none
  public var leaveOneOutRatio = ActionUnit.completion
  /// What GDPO whitens over.
  public var decoupledUnit = Whitening.Unit.completions
  /// Added to the deviation of a component in GDPO; `nil` is `advantageEpsilon`.
  public var decoupledEpsilon: Double?
  /// Added to the deviation of the sum in GDPO; `nil` is `advantageEpsilon`.
  public var decoupledWhiteningEpsilon: Double?
  public var clipLow = 0.2
  public var clipHigh = 0.2
  /// CISPO's bounds on the weight of a token.
  public var importanceLow = 0.0
  public var importanceHigh = 5.0
  /// 0 is none.
  public var dualClip = 0.0
  /// Nats; 0 is none.
  public var logRatioLimit = 0.0
  public var aggregation = AggregationName.sequenceMean
  public var emptySequences = EmptySequences.counted
  public var lengthSlack = 0.0
  public var klCoefficient = 0.0
  public var klPlacement = KLPenalty.Placement.loss
  public var klEstimator = KLEstimator.k3
  public var klImportance = ReferenceKL.Importance.none
  /// Nats; 0 is none.
  public var klDifferenceLimit = 0.0
  /// Nats; 0 is none.
  public var klEstimateLimit = 0.0
  public var klFollowsCorrection = false
  public var entropyCoefficient = 0.0
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
  public var overlongIsCapped = true

  public init() {}

  /// Choice → value in words, in the order of an update.
  public var table: KeyValuePairs<String, String> {
    [
      "scale": scale.rawValue, "baseline": baseline.rawValue, "advantage-epsilon": "\(advantageEpsilon)",
      "singleton": singleton.rawValue, "rloo scale": leaveOneOutScale.rawValue, "rloo ratio": leaveOneOutRatio.rawValue,
      "gdpo whitening-unit": decoupledUnit.rawValue, "gdpo advantage-epsilon": "\(decoupledEpsilon ?? advantageEpsilon)",
      "gdpo whitening-epsilon": decoupledUnit == .tokens ? "-" : "\(decoupledWhiteningEpsilon ?? advantageEpsilon)",
      "cispo ratio-low": "\(importanceLow)", "cispo ratio-high": "\(importanceHigh)", "clip-low": "\(clipLow)",
      "clip-high": "\(clipHigh)", "dual-clip": "\(dualClip)",
      "log-ratio-limit": "\(logRatioLimit)", "aggregation": aggregation.rawValue, "empty-sequences": emptySequences.rawValue,
      "length-slack": "\(lengthSlack)", "kl.coefficient": "\(klCoefficient)", "kl.placement": klPlacement.rawValue,
      "kl.estimator": klEstimator.rawValue, "kl.importance": klImportance.rawValue,
      "kl.difference-limit": "\(klDifferenceLimit)", "kl.estimate-limit": "\(klEstimateLimit)",
      "kl.follows-correction": "\(klFollowsCorrection)", "entropy.coefficient": "\(entropyCoefficient)",
      "discount": "\(discount)", "lambda": "\(lambda)", "whitening": whitening.description, "whiten": whiteningScope.rawValue,
      "value.form": valueForm.rawValue,
      "value.clip": "\(valueClip)", "value.coefficient": "\(valueCoefficient)", "epochs": "\(epochs)",
      "minibatches": "\(minibatches)", "maximum-gradient-norm": "\(maximumGradientNorm)",
      "overlong.capped": "\(overlongIsCapped)",
    ]
  }
}

extension Whitening: CustomStringConvertible {
  public var description: String {
    "over \(unit.rawValue), \(deviation.rawValue) deviation, \(guarding)\(countSlack > 0 ? ", count + \(countSlack)" : "")"
  }
}
