/// Rank agreement of two lists of numbers by pairs: how many pairs are in the same order in both.
///
/// Kendall 1938, *A New Measure of Rank Correlation*; ties by Kendall 1945 (b) and Stuart 1953 (c). Agrees with
/// `scipy.stats.kendalltau`. O(n²) comparisons, without allocation: made for the short lists of a question.
public struct KendallTau: Sendable, Hashable {
  public let count: Int
  /// Pairs in the same order in both lists.
  public let concordant: Int
  /// Pairs in opposite orders.
  public let discordant: Int
  /// Pairs that are equal in the first list, whatever the second.
  public let firstTies: Int
  /// Pairs that are equal in the second list.
  public let secondTies: Int
  /// The smaller number of different values in a list.
  public let levels: Int

  /// Traps where the lists differ in length.
  ///
  /// A NaN is neither below nor above anything, so its pairs count as tied.
  public init(_ first: [Double], _ second: [Double]) {
    precondition(first.count == second.count, "paired lists are equally long")
    count = first.count
    var signSum = 0
    var untied = 0
    var firstTies = 0
    var secondTies = 0
    var firstRepeats = 0
    var secondRepeats = 0
    first.withUnsafeBufferPointer { first in
      second.withUnsafeBufferPointer { second in
        for j in first.indices {
          let (x, y) = (first[j], second[j])
          let (tiesBefore, otherTiesBefore) = (firstTies, secondTies)
          for i in 0..<j {
            let a = (x > first[i] ? 1 : 0) - (x < first[i] ? 1 : 0)
            let b = (y > second[i] ? 1 : 0) - (y < second[i] ? 1 : 0)
            signSum += a * b
            untied += a * a * b * b
            firstTies += 1 - a * a
            secondTies += 1 - b * b
          }
          firstRepeats += firstTies > tiesBefore ? 1 : 0
          secondRepeats += secondTies > otherTiesBefore ? 1 : 0
        }
      }
    }
    concordant = (untied + signSum) / 2
    discordant = (untied - signSum) / 2
    self.firstTies = firstTies
    self.secondTies = secondTies
    levels = count - max(firstRepeats, secondRepeats)
  }

  private var pairs: Int { count * (count - 1) / 2 }

  /// τ_a = (C − D)/(n(n−1)/2), −1…1; ties pull it to 0.
  ///
  /// `nil` with fewer than two items.
  public var a: Double? { pairs > 0 ? Double(concordant - discordant) / Double(pairs) : nil }

  /// τ_b = (C − D)/√((n₀ − T_x)(n₀ − T_y)) with n₀ all pairs, −1…1.
  ///
  /// `nil` where a list is constant or has fewer than two items.
  public var b: Double? {
    let product = Double(pairs - firstTies) * Double(pairs - secondTies)
    guard product > 0 else { return nil }
    return max(-1, min(1, Double(concordant - discordant) / product.squareRoot()))
  }

  /// τ_c = 2(C − D)/(n²(m − 1)/m) with m the smaller number of different values, −1…1.
  ///
  /// `nil` where a list is constant.
  public var c: Double? {
    guard levels > 1 else { return nil }
    let tau = 2 * Double(concordant - discordant) / (Double(count * count) * Double(levels - 1) / Double(levels))
    return max(-1, min(1, tau))
  }
}
