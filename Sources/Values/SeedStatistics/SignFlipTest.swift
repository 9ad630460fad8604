public import Randomness

/// How often a mean difference at least as large would come about if each seed's difference could as well have the other sign.
///
///     p = share of the 2ⁿ sign patterns with |mean(±d_s)| ≥ |mean(d_s)|
///
/// Two-sided and exact up to 20 pairs, all patterns counted; above, `draws` random patterns with the observed one among them,
/// p = (1 + hits) / (1 + draws). It assumes nothing of the differences but symmetry about 0 where the methods do not differ.
///
/// Fisher 1935, *The Design of Experiments*, §21; Phipson and Smyth 2010, *Permutation P-values Should Never Be Zero*.
public enum SignFlipTest {
  static let exactLimit = 20

  /// The smallest p that n pairs can give, 2/2ⁿ: with fewer than 6 pairs no result is below 0.05.
  public static func smallest(pairs: Int) -> Double {
    pairs == 0 ? 1 : 2 / (0..<pairs).reduce(1.0) { power, _ in 2 * power }
  }

  /// p of the differences, 0…1; 1 where there is none or all are 0.
  public static func p(_ differences: [Double], stream: RandomStream, draws: Int = 100_000) -> Double {
    let observed = abs(differences.reduce(0, +))
    // Sums in another order differ in the last bits; a tie is one all the same.
    let bar = observed - 1e-12 * differences.reduce(0) { $0 + abs($1) }
    guard !differences.isEmpty else { return 1 }
    if differences.count <= exactLimit {
      let patterns = 1 << differences.count
      let hits = (0..<patterns).count { pattern in
        abs(differences.indices.reduce(0) { $0 + (pattern >> $1 & 1 == 1 ? -differences[$1] : differences[$1]) }) >= bar
      }
      return Double(hits) / Double(patterns)
    }
    var stream = stream
    let hits = (0..<draws).count { _ in
      abs(differences.reduce(0) { $0 + (Bool.random(using: &stream) ? $1 : -$1) }) >= bar
    }
    return Double(1 + hits) / Double(1 + draws)
  }
}
