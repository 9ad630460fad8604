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
struct PolicyDiagnostics {
  private struct Divergence {
    var count = 0.0
    var logRatio = 0.0
    var halfSquare = 0.0
    var ratio = 0.0
    var excess = 0.0

    mutating func add(logRatios: [Double], ratios: [Double]) {
      let sums = ColumnSums.moments(logRatios: logRatios, ratios: ratios)
      count += Double(logRatios.count)
      logRatio += sums.logRatio
      halfSquare += sums.halfSquare
      ratio += sums.ratio
      excess += sums.excess
    }

    mutating func add(_ sums: (Double, Double, Double, Double), count added: Double) {
      count += added
      logRatio += sums.0
      halfSquare += 0.5 * sums.1
      ratio += sums.2
      excess += sums.3
    }

    func add(to report: inout ObjectiveReport, _ k1: String, _ k2: String, _ k3: String) {
      guard count > 0 else { return }
      report.add(k1, sum: -logRatio, count: count)
      report.add(k2, sum: halfSquare, count: count)
      report.add(k3, sum: excess, count: count)
    }
  }

  private var behavior = Divergence()
  private var reference = Divergence()
  private var sequenceDivergence = 0.0
  private var sequences = 0.0
  private var entropy = 0.0
  private var entropies = 0.0

  mutating func add(_ tokens: TokenBlock) {
    behavior.add(logRatios: tokens.logRatios, ratios: tokens.ratios)
    reference.add(logRatios: tokens.referenceLogRatios, ratios: tokens.referenceRatios)
    entropy += ColumnSums.sum(tokens.entropies)
    entropies += Double(tokens.entropies.count)
    guard !tokens.referenceLogRatios.isEmpty else { return }
    for sequence in tokens.sequences where !sequence.isEmpty {
      sequenceDivergence -= ColumnSums.sum(tokens.referenceLogRatios, sequence) / Double(sequence.count)
      sequences += 1
    }
  }

  /// Sums of d, d², ρ and ρ − 1 − d over so many tokens; `reference` is `nil` without a reference policy.
  mutating func add(
    behavior sums: (Double, Double, Double, Double), reference: (Double, Double, Double, Double)?, count: Double
  ) {
    behavior.add(sums, count: count)
    if let reference { self.reference.add(reference, count: count) }
  }

  mutating func add(entropies column: [Float], count: Int) {
    guard !column.isEmpty else { return }
    entropy += ColumnSums.sum(column, count: count)
    entropies += Double(count)
  }

  /// Σ(log π − log π_ref) over one completion of so many tokens.
  mutating func add(sequenceDivergence sum: Double, of tokens: Int) {
    guard tokens > 0 else { return }
    sequenceDivergence += sum / Double(tokens)
    sequences += 1
  }

  func add(to report: inout ObjectiveReport) {
    behavior.add(to: &report, "policy/kl_behavior_k1", "policy/kl_behavior_k2", "policy/kl_behavior_k3")
    if behavior.count > 0 { report.add("policy/ratio", sum: behavior.ratio, count: behavior.count) }
    reference.add(to: &report, "policy/kl_reference_k1", "policy/kl_reference_k2", "policy/kl_reference_k3")
    if sequences > 0 { report.add("policy/kl_reference_sequence", sum: sequenceDivergence, count: sequences) }
    if entropies > 0 { report.add("policy/entropy", sum: entropy, count: entropies) }
  }
}
