/// Mean and spread of the rewards that are compared with each other.
///
/// Ties are found by exact equality before anything is divided: where all rewards are one number, the mean is that number
/// bit for bit, the deviation is 0, and every difference from the mean is exactly 0.
public struct RewardStatistics: Sendable, Hashable {
  /// By what the sum of squared differences is divided.
  public enum Deviation: String, Sendable, Hashable, CaseIterable {
    /// n − 1.
    case sample
    /// n.
    case population
  }

  package let count: Int
  /// 0 without rewards.
  package let mean: Double
  /// 0 for fewer than two rewards.
  package let deviation: Double
  /// Whether there is nothing to tell apart: all rewards equal, one alone, or none.
  package let isTied: Bool

  package init(_ rewards: [Double], deviation kind: Deviation = .sample) {
    count = rewards.count
    guard let first = rewards.first, rewards.contains(where: { $0 != first }) else {
      mean = rewards.first ?? 0
      deviation = 0
      isTied = true
      return
    }
    let mean = rewards.reduce(0, +) / Double(rewards.count)
    let squares = rewards.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    deviation = (squares / Double(kind == .sample ? rewards.count - 1 : rewards.count)).squareRoot()
    isTied = false
  }
}
