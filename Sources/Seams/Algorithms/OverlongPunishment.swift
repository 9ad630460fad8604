/// A reward that falls as a completion nears its limit on tokens, so that being cut off is no surprise.
///
/// With length n, limit L, buffer C and factor f:
///
///     0                            n ≤ L − C
///     −f · (n − (L − C)) / C       beyond, and not below −f where `isCapped`
///
/// Yu et al. 2025, *DAPO*, eq. 13. verl, ms-swift and NeMo-RL do not cap; TRL and OpenRLHF do.
package struct OverlongPunishment: Sendable, Hashable {
  /// L, in tokens.
  package var limit: Int
  /// C, in tokens, within 1…L.
  package var buffer: Int
  /// f, in units of reward.
  package var factor: Double
  package var isCapped: Bool

  package init(limit: Int, buffer: Int, factor: Double = 1, isCapped: Bool = true) {
    precondition(buffer >= 1 && buffer <= limit, "the buffer lies within the limit")
    self.limit = limit
    self.buffer = buffer
    self.factor = factor
    self.isCapped = isCapped
  }

  package func reward(length: Int) -> Double {
    let excess = Double(max(length - (limit - buffer), 0)) / Double(buffer)
    return excess == 0 ? 0 : -factor * (isCapped ? min(excess, 1) : excess)
  }
}
