import Numbers

/// What a number of seeds can and cannot show, in words for a report; nothing where it is enough.
package enum SeedAdvice {
  /// Fewer seeds give a poor estimate of how much seeds differ, and intervals that are wide or, drawn from seeds alone, too narrow.
  package static let enoughForIntervals = 5

  /// What speaks against an interval over `seeds` seeds, the fewest of any arm; another has `most`.
  package static func interval(seeds: Int, most: Int? = nil) -> String? {
    switch seeds {
    case ..<1: "No seed has finished: there is nothing to compare."
    case 1 where (most ?? 1) > 1:
      "An arm has one seed and another \(most ?? 1): how much seeds of the one differ is unknown, so arms are not compared. Intervals "
        + "draw seeds where an arm has several, else tracks alone. Run at least \(enoughForIntervals) of each."
    case 1:
      "One seed: how much seeds differ is unknown, so there is no interval over seeds, and those shown speak of other tracks alone. "
        + "Run at least \(enoughForIntervals)."
    case ..<enoughForIntervals:
      "\(seeds) seeds: so few tell little of how much seeds differ. Run at least \(enoughForIntervals) before claiming a "
        + "difference."
    default: nil
    }
  }

  /// What speaks against a test of `pairs` paired seeds, at the level `alpha`.
  ///
  /// `comparisons` is the number of p that the table with this test is corrected for.
  package static func test(pairs: Int, comparisons: Int, alpha: Double = 0.05) -> String? {
    let smallest = SignFlipTest.smallest(pairs: pairs) * Double(max(1, comparisons))
    guard smallest >= alpha else { return nil }
    var needed = pairs
    while SignFlipTest.smallest(pairs: needed) * Double(max(1, comparisons)) >= alpha { needed += 1 }
    let corrected = comparisons > 1 ? " after Holm's correction for \(comparisons) comparisons" : ""
    return "With \(pairs) paired seed\(pairs == 1 ? "" : "s") the smallest p that can come out is "
      + "\(short(min(1, smallest)))\(corrected): "
      + "no difference can be significant at \(short(alpha)). \(needed) seeds could show one."
  }

  private static func short(_ p: Double) -> String {
    let thousandths = Int(saturating: (p * 10_000).rounded())
    let digits = String(thousandths + 10_000).dropFirst()
    return "\(thousandths / 10_000)." + (digits.hasSuffix("00") ? digits.prefix(2) : digits)
  }
}
