import Algorithms
import Rewards

/// How much of the variance of the advantages each component of the reward carries.
///
/// Within a group, with R the total, A the mean advantage of a completion's tokens and s = Σ A·(R − ⟨R⟩) / Σ (R − ⟨R⟩)²:
///
///     v = s²·Σ (R − ⟨R⟩)²                               the variance that the group's rewards bring into the advantages
///     share_c = Σ_groups v·cov(w_c·R_c, R)/Σ_c cov(w_c·R_c, R)  /  Σ_groups v
///
/// Exact where A is s·(R − b), as in every group-relative estimator. The shares add up to 1; there are none where all groups tie.
struct ComponentShares {
  /// In the order of the components; empty where nothing varies.
  let shares: [Double]

  init(_ groups: [RolloutGroup<some Sendable>], credits: [[AdvantageEstimate]], weights: [Double]) {
    var carried = [Double](repeating: 0, count: weights.count)
    var whole = 0.0
    for (group, credits) in zip(groups, credits) {
      let members = zip(group.members, credits).filter { $0.0.judgement.total != nil }
      let rewards = Self.centred(members.map { $0.0.judgement.total ?? 0 })
      let squares = rewards.reduce(0) { $0 + $1 * $1 }
      let covariances = weights.indices.map { index in
        let scores = members.map { weights[index] * ($0.0.judgement.components[index] ?? 0) }
        return zip(Self.centred(scores), rewards).reduce(0) { $0 + $1.0 * $1.1 }
      }
      let sum = covariances.reduce(0, +)
      guard squares > 0, sum > 0 else { continue }
      let advantages = members.map { $0.1.advantages.reduce(0, +) / Double(max($0.1.advantages.count, 1)) }
      let slope = zip(advantages, rewards).reduce(0) { $0 + $1.0 * $1.1 } / squares
      for index in weights.indices { carried[index] += slope * slope * squares * covariances[index] / sum }
      whole += slope * slope * squares
    }
    shares = whole > 0 ? carried.map { $0 / whole } : []
  }

  private static func centred(_ numbers: [Double]) -> [Double] {
    let mean = numbers.reduce(0, +) / Double(max(numbers.count, 1))
    return numbers.map { $0 - mean }
  }
}
