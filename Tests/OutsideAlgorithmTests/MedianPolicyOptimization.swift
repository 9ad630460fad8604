import Algorithms
import Options
import RealModule

/// Rewards against the group's median, with a loss that levels off as a token's log ratio grows.
///
///     A = R − median of the group                                → ``MedianAdvantage``
///     ℓ_t = −A·w·tanh(log ρ_t / w)                               → ``LevellingSurrogate``
///     loss = mean over tokens
///
/// One outlier among the rewards moves a mean and no median. An algorithm as someone writes it who has Takt as a package.
struct MedianPolicyOptimization: ComposedAlgorithm {
  static let name = "median"
  static let summary = "rewards against the group's median, ratios that level off"
  var parts: AlgorithmParts

  /// Takes the profile's choices but for what is given; `width` is w, 0.01…10 nats, by default 0.5.
  init(
    profile: Profile = .takt, width: Double? = nil, schedule: ScheduleOptions = ScheduleOptions(), kl: KLOptions = KLOptions()
  ) {
    let options = AlgorithmOptions(profile, for: Self.name, schedule: schedule, kl: kl)
    self = options.make { Self(width: width, &$0) }
  }

  init(reading options: inout AlgorithmOptions) { self.init(width: nil, &options) }

  private init(width: Double?, _ options: inout AlgorithmOptions) {
    let width = options.reader.number(
      "width", default: width ?? 0.5, in: 0.01...10, unit: "nats", help: "where the loss levels off")
    parts = options.parts(
      advantage: MedianAdvantage(), surrogate: LevellingSurrogate(width: width),
      aggregation: options.aggregation(default: .tokenMean))
  }
}

struct MedianAdvantage: AdvantageEstimator {
  func estimates(for batch: EstimatorBatch) -> [[AdvantageEstimate]] {
    batch.groups.map { group in
      let rewards = group.compactMap(\.totalReward).sorted()
      let median = rewards.isEmpty ? 0 : (rewards[(rewards.count - 1) / 2] + rewards[rewards.count / 2]) / 2
      return group.map { AdvantageEstimate(uniform: $0.totalReward.map { $0 - median } ?? 0, count: $0.tokenCount) }
    }
  }
}

struct LevellingSurrogate: TokenSurrogate {
  /// w, nats.
  var width: Double

  var ratioLimits: (low: Double, high: Double) { (Double.exp(-width), Double.exp(width)) }

  func loss(of token: SurrogateToken) -> TokenLoss {
    let level = Double.tanh(token.logRatio / width)
    return TokenLoss(value: -token.advantage * width * level, derivative: -token.advantage * (1 - level * level))
  }
}
