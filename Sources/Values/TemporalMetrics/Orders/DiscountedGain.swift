import RealModule

/// Normalised discounted cumulative gain: whether what is relevant is ranked first.
///
/// Järvelin and Kekäläinen 2002, *Cumulated Gain-Based Evaluation of IR Techniques*; ties by McSherry and Najork 2008. Agrees
/// with `sklearn.metrics.ndcg_score`.
public enum DiscountedGain {
  /// Σ gain/log₂(rank + 1) over the first `limit` ranks by falling score, over the same sum by falling gain: 0…1.
  ///
  /// Gains are linear and ≥ 0; equal scores share their mean gain. 0 where no gain lies within the limit. Traps where the lists
  /// differ in length.
  public static func normalized(relevance: [Double], scores: [Double], limit: Int? = nil) -> Double {
    precondition(relevance.count == scores.count, "each item has one relevance and one score")
    let discounts = relevance.indices.map { rank in
      rank < limit ?? Int.max ? 1 / Double.log2(Double(rank + 2)) : 0
    }
    let best = zip(relevance.sorted(by: >), discounts).reduce(0) { $0 + $1.0 * $1.1 }
    guard best > 0 else { return 0 }
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    var gain = 0.0
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, scores[order[end]] == scores[order[start]] { end += 1 }
      let mean = order[start..<end].reduce(0) { $0 + relevance[$1] } / Double(end - start)
      gain += mean * discounts[start..<end].reduce(0, +)
      start = end
    }
    return gain / best
  }
}
