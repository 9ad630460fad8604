/// Whose numerical choices an algorithm starts from, so that a result can be moved from and to other toolkits.
///
/// The choices are those of the versions named, read from their sources; golden files hold them to their numbers. Takt's own
/// differ where there is a reason:
///
/// - `clip-high` 0.28: unlikely tokens may grow, which keeps entropy up (Yu et al. 2025, *DAPO*, §3.1).
/// - `dual-clip` 3 and `log-ratio-limit` 20: without them one token with a large ratio and A < 0 has an unbounded loss (Ye et al.
///   2020); neither acts on an ordinary token.
/// - `advantage-epsilon` 10⁻⁴: ties are found exactly, so ε guards no rounding; it damps groups whose rewards differ by less
///   than any listener could tell (10⁻⁴ of a reward of range 1).
/// - `kl.coefficient` 0: a temporal reward is computed, not learnt, so there is no reward model to drift away from (DAPO, §2.3).
/// - `kl.difference-limit` 20 and `kl.estimate-limit` 10, where a penalty is asked for: k3 of one odd token is otherwise e²⁵.
/// - `lambda` 0.95 and no `value.clip` for PPO: Schulman et al. 2016, §6; Andrychowicz et al. 2021, *What Matters in On-Policy
///   Reinforcement Learning?*, found clipping the value to hurt.
public enum Profile: String, Sendable, Hashable, CaseIterable {
  case takt
  /// TRL 1.10–1.16; its PPO is that of 1.10, the last version with one.
  case trl
  /// verl 0.9–0.10.
  case verl
  /// OpenRLHF 0.11.
  case openrlhf
  /// ms-swift 4.6.
  case msSwift = "ms-swift"
  /// NeMo-RL, August 2026.
  case nemo
  /// Stable-Baselines3 2.9.
  case sb3

  /// What all algorithms have in common; ``choices(for:)`` knows the algorithm too.
  package var choices: ProfileChoices {
    var choices = ProfileChoices()
    switch self {
    case .takt: Self.takt(&choices)
    case .trl: Self.trl(&choices)
    case .verl: Self.verl(&choices)
    case .openrlhf: Self.openrlhf(&choices)
    case .msSwift: Self.msSwift(&choices)
    case .nemo: Self.nemo(&choices)
    case .sb3: Self.sb3(&choices)
    }
    return choices
  }

  private static func takt(_ choices: inout ProfileChoices) {
    choices.clipHigh = 0.28
    choices.dualClip = 3
    choices.logRatioLimit = 20
    choices.klDifferenceLimit = 20
    choices.klEstimateLimit = 10
    choices.correctionMode = .truncate
    choices.lambda = 0.95
  }

  private static func trl(_ choices: inout ProfileChoices) {
    choices.aggregation = .batchTokenMean
    choices.tokenMean = .batchTokenMean
    choices.takesPaperClip = false
    choices.klImportance = .behavior
    choices.entropyAggregation = .tokenMean
    choices.correctionMode = .mask
    choices.correctionLevel = .sequence
    choices.correctionHigh = 3
    choices.lambda = 0.95
    choices.whitening = Whitening(guarding: .inRoot(1e-8))
    choices.valueClip = 0.2
    choices.valueCoefficient = 0.1
    choices.minibatches = 1
  }

  private static func verl(_ choices: inout ProfileChoices) {
    choices.advantageEpsilon = 1e-6
    choices.singleton = .reward
    choices.leaveOneOutRatio = .token
    choices.decoupledUnit = .tokens
    choices.importanceLow = 0.8
    choices.importanceHigh = 1.2
    choices.dualClip = 3
    choices.logRatioLimit = 20
    choices.aggregation = .tokenMean
    choices.emptySequences = .leftOut
    choices.lengthSlack = 1e-8
    choices.klDifferenceLimit = 20
    choices.klEstimateLimit = 10
    choices.klClampScope = .exponential
    choices.divergenceCap = 3
    choices.whitening = Whitening(guarding: .inRoot(1e-8), countSlack: 1e-8)
    choices.valueClip = 0.5
    choices.valueCoefficient = 1
    choices.epochs = 1
    choices.overlongIsCapped = false
  }

  private static func openrlhf(_ choices: inout ProfileChoices) {
    choices.advantageEpsilon = 1e-9
    choices.leaveOneOutRatio = .token
    choices.logRatioLimit = 20
    choices.aggregation = .tokenMean
    choices.klCoefficient = 0.01
    choices.emptySequences = .leftOut
    choices.lengthSlack = 1e-8
    choices.rewardLimit = 10
    choices.klPlacement = .reward
    choices.klOrder = .after
    choices.klEstimator = .k1
    choices.klEstimateLimit = 10
    choices.klAggregation = .tokenMean
    choices.entropyAggregation = .tokenMean
    choices.correctionLow = 0.5
    choices.correctionHigh = 5
    choices.whitening = Whitening(deviation: .population, guarding: .floor(1e-8))
    choices.valueClip = 0.5
    choices.valueCoefficient = 1
    choices.epochs = 1
    choices.minibatches = 8
  }

  private static func msSwift(_ choices: inout ProfileChoices) {
    choices.leaveOneOutRatio = .token
    choices.decoupledEpsilon = 1e-8
    choices.decoupledWhiteningEpsilon = 1e-8
    choices.klCoefficient = 0.04
    choices.klDifferenceLimit = 20
    choices.klEstimateLimit = 10
    choices.klFollowsCorrection = true
    choices.epochs = 1
    choices.overlongIsCapped = false
  }

  private static func nemo(_ choices: inout ProfileChoices) {
    choices.baseline = .leaveOneOut
    choices.leaveOneOutRatio = .token
    choices.decoupledWhiteningEpsilon = 0
    choices.advantageEpsilon = 1e-6
    choices.aggregation = .tokenMean
    choices.klCoefficient = 0.01
    choices.klImportance = .policy
    choices.klDifferenceLimit = 20
    choices.klEstimateLimit = 10
    choices.whitening = Whitening(deviation: .population, guarding: .floor(1e-8))
    choices.epochs = 1
    choices.overlongIsCapped = false
  }

  private static func sb3(_ choices: inout ProfileChoices) {
    choices.aggregation = .tokenMean
    choices.discount = 0.99
    choices.lambda = 0.95
    choices.whitening = Whitening(keepsLone: true)
    choices.whiteningScope = .minibatch
    choices.valueForm = .clippedSquare
    choices.epochs = 10
    choices.minibatches = 32
    choices.maximumGradientNorm = 0.5
  }
}
