/// Rank agreement of two lists of numbers by how far ranks lie apart.
///
/// Spearman 1904, *The Proof and Measurement of Association between Two Things*; agrees with `scipy.stats.spearmanr`.
public enum SpearmanCorrelation {
  /// The Pearson correlation of the ranks, equal values sharing their mean rank: −1…1.
  ///
  /// `nil` where a list is constant or has fewer than two items. Traps where the lists differ in length.
  public static func coefficient(_ first: [Double], _ second: [Double]) -> Double? {
    precondition(first.count == second.count, "paired lists are equally long")
    let mean = 0.5 * Double(first.count + 1)
    let (a, b) = (ranks(of: first).map { $0 - mean }, ranks(of: second).map { $0 - mean })
    let spread = a.reduce(0) { $0 + $1 * $1 } * b.reduce(0) { $0 + $1 * $1 }
    guard spread > 0 else { return nil }
    return max(-1, min(1, zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } / spread.squareRoot()))
  }

  /// Ranks from 1 by rising value; equal values share the mean of the ranks they fill.
  public static func ranks(of values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = Array(repeating: 0.0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for index in order[start..<end] { ranks[index] = 0.5 * Double(start + 1 + end) }
      start = end
    }
    return ranks
  }
}
