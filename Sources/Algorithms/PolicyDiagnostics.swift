/// What every objective reports of the policy, whatever its terms; unweighted means over tokens.
///
/// With d = log π − log π_old and ρ = eᵈ, over tokens that π_old sampled:
///
/// - `policy/ratio`: ρ
/// - `policy/kl_behavior_k1`, `_k2`, `_k3`: estimates of KL(π_old ‖ π): −d, ½d², ρ − 1 − d
/// - `policy/kl_reference_k1`, `_k2`, `_k3`: of KL(π ‖ π_ref), with e = log π_ref − log π: −e, ½e², eᵉ − 1 − e
/// - `policy/kl_reference_sequence`: the mean over completions of the completion's mean −e, which an adaptive controller follows
/// - `policy/entropy`: H
///
/// Schulman 2020, *Approximating KL Divergence*: k1 and k3 are unbiased, k2 and k3 have less variance, k3 is never negative.
enum PolicyDiagnostics {
  static func measure(_ tokens: TokenBlock, into report: inout ObjectiveReport) {
    let count = Double(tokens.count)
    guard count > 0 else { return }
    if !tokens.logRatios.isEmpty {
      let moments = Moments(logRatios: tokens.logRatios, ratios: tokens.ratios)
      report.add("policy/ratio", sum: moments.ratio, count: count)
      report.add("policy/kl_behavior_k1", sum: -moments.logRatio, count: count)
      report.add("policy/kl_behavior_k2", sum: moments.halfSquare, count: count)
      report.add("policy/kl_behavior_k3", sum: moments.excess, count: count)
    }
    if !tokens.referenceLogRatios.isEmpty {
      let moments = Moments(logRatios: tokens.referenceLogRatios, ratios: tokens.referenceRatios)
      report.add("policy/kl_reference_k1", sum: -moments.logRatio, count: count)
      report.add("policy/kl_reference_k2", sum: moments.halfSquare, count: count)
      report.add("policy/kl_reference_k3", sum: moments.excess, count: count)
      var sum = 0.0
      var sequences = 0.0
      for sequence in tokens.sequences where !sequence.isEmpty {
        sum -= tokens.referenceLogRatios[sequence].reduce(0, +) / Double(sequence.count)
        sequences += 1
      }
      report.add("policy/kl_reference_sequence", sum: sum, count: sequences)
    }
    if !tokens.entropies.isEmpty { report.add("policy/entropy", sum: tokens.entropies.reduce(0, +), count: count) }
  }

  private struct Moments {
    var logRatio = 0.0
    var halfSquare = 0.0
    var ratio = 0.0
    var excess = 0.0

    init(logRatios: [Double], ratios: [Double]) {
      for (logRatio, ratio) in zip(logRatios, ratios) {
        self.logRatio += logRatio
        halfSquare += 0.5 * logRatio * logRatio
        self.ratio += ratio
        excess += ratio - 1 - logRatio
      }
    }
  }
}
