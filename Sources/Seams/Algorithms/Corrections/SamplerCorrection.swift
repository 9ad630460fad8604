import RealModule

/// Corrects for rollouts that another engine sampled, whose probabilities differ from the policy's own.
///
/// With d_t = log π_old,t − log π_sampler,t and factor
///
///     token:      f_t = exp d_t
///     sequence:   f = exp Σ_t d_t
///     geometric:  f = exp((1/n)·Σ_t d_t)
///
/// `truncate` holds f within low…high; `mask` takes f where low ≤ f ≤ high, else 0. Exponents are held within ±20. The policy loss is
/// multiplied by the factor, a constant to the derivative. Without sampler log-probabilities nothing changes.
///
/// `truncate` biases little and bounds the variance (Yao et al. 2025, *Your Efficient RL Framework Secretly Brings You Off-Policy
/// RL Training*, TIS); `mask` by token is IcePop (Ling Team 2025, *Every Step Evolves*); by sequence, MIS (Liu et al. 2025).
///
/// Metrics: `policy/sampler_ratio`, the mean factor before bounds; `policy/sampler_bounded`, the fraction of tokens bounded.
public struct SamplerCorrection: PolicyWeighting, Hashable {
  public enum Level: String, Sendable, Hashable, CaseIterable {
    case token, sequence, geometric
  }

  package enum Mode: String, Sendable, Hashable, CaseIterable {
    case truncate, mask
  }

  package var level: Level
  package var mode: Mode
  /// At least 0; 0 bounds nothing.
  package var low: Double
  package var high: Double
  private static let exponentLimit = 20.0

  package init(level: Level, mode: Mode, low: Double = 0, high: Double) {
    self.level = level
    self.mode = mode
    self.low = low
    self.high = high
  }

  public func scale(_ tokens: inout TokenBlock, report: inout ObjectiveReport) {
    for (index, factor) in factors(tokens, report: &report).enumerated() { tokens.policyWeights[index] *= factor }
  }

  /// The bounded factor of each token; empty where the policy sampled.
  func factors(_ tokens: TokenBlock, report: inout ObjectiveReport) -> [Double] {
    guard !tokens.samplerLogProbabilities.isEmpty else { return [] }
    precondition(!tokens.behaviorLogProbabilities.isEmpty, "needs the policy's own log-probabilities at sampling time")
    let differences = zip(tokens.behaviorLogProbabilities, tokens.samplerLogProbabilities).map { $0 - $1 }
    var all = [Double](repeating: 1, count: tokens.count)
    var sum = 0.0
    var bounded = 0.0
    for sequence in tokens.sequences where !sequence.isEmpty {
      for (index, factor) in zip(sequence, factors(differences[sequence])) {
        sum += factor
        bounded += self.bounded(factor) == factor ? 0 : 1
        all[index] = self.bounded(factor)
      }
    }
    report.add("policy/sampler_ratio", sum: sum, count: Double(tokens.count))
    report.add("policy/sampler_bounded", sum: bounded, count: Double(tokens.count))
    return all
  }

  /// One factor a token of a completion, before bounds.
  package func factors(_ differences: ArraySlice<Double>) -> [Double] {
    let limit = Self.exponentLimit
    guard level != .token else { return differences.map { Double.exp(min(max($0, -limit), limit)) } }
    let share = level == .geometric ? 1 / Double(max(differences.count, 1)) : 1
    let exponent = differences.reduce(0, +) * share
    return [Double](repeating: Double.exp(min(max(exponent, -limit), limit)), count: differences.count)
  }

  package func bounded(_ factor: Double) -> Double {
    switch mode {
    case .truncate: max(min(factor, high), low)
    case .mask: factor >= low && factor <= high ? factor : 0
    }
  }
}
