import Numbers
public import Options
import Questions
public import Rewards
package import Timelines

/// F1 of answered and reference time after both are smoothed, so that a near miss earns something.
///
/// The intervals paint the bins 0…round(T/bin) of a grid, both ends included; both masks are smoothed by a Gaussian of `sigma`
/// seconds cut off at 4 sigma. With the smoothed masks p and g: 2Σpg/(Σp² + Σg²) (`dice`), 2Σmin(p, g)/(Σp + Σg) (`min`),
/// 2Σpg/(Σp + Σg) (`product`).
///
/// - Both masks empty: 1. One empty: 0. Duplicates, order and cuts change nothing.
/// - Time outside the track paints nothing; `out-of-track` charges it.
/// - The product form scores an exact answer below 1 and, for long references, below the whole track: it is here to be compared.
///
/// MusT (arXiv 2605.29300) states sigma 15 and radius 60; the form, the grid and the edges are open there. Dice, 1 s bins and
/// mirrored edges (scipy's default) are this implementation's choice.
public struct SoftF1: IntervalReward, ConfigurableReward {
  /// Which F1 of the smoothed masks p and g.
  public enum Form: String, CaseIterable, FormulaForm {
    /// 2Σpg/(Σp² + Σg²)
    case dice
    /// 2Σmin(p, g)/(Σp + Σg)
    case min
    /// 2Σpg/(Σp + Σg): below 1 for the exact answer.
    case product

    package var formula: String {
      switch self {
      case .dice: "2Σpg/(Σp² + Σg²)"
      case .min: "2Σmin(p, g)/(Σp + Σg)"
      case .product: "2Σpg/(Σp + Σg)"
      }
    }
  }

  /// What lies beyond the ends of the track when a mask is smoothed.
  public typealias Edge = EdgeMode

  public static let name = "soft-f1"

  public static let documentation = RewardDocumentation(
    summary: "F1 of answered and reference time after both are smoothed by a Gaussian.",
    formula: "p = G_σ ∗ mask(P), g = G_σ ∗ mask(R), σ in s",
    forms: RewardForm.all(of: Form.self, option: "form"),
    degenerateCases: "Both empty: 1; one empty: 0. Time outside the track paints nothing. Nothing readable: 0.",
    source: "MusT, arXiv 2605.29300 (σ 15 s, radius 60 s); form, grid and edges are open there.",
    family: .intervalSets, kinds: [.intervals], promises: [.duplication, .splitting, .permutation])

  /// Bins a standard deviation at most: bounds the tables.
  private static let finestGrid = 200.0

  let form: Form
  let sigma: Double
  let bin: Double
  let truncate: Double
  let overlap: SmoothedOverlap
  package let references: ReferenceRule

  /// Traps where sigma is more than 200 bins.
  ///
  /// - Parameters:
  ///   - sigma: the standard deviation of the Gaussian, seconds, 0.05…300.
  ///   - bin: the width of one bin of the grid, seconds, 0.01…60.
  ///   - truncate: standard deviations after which the Gaussian is cut off, 1…8.
  ///   - form: which F1 of the smoothed masks.
  ///   - edge: what lies beyond the ends of the track.
  ///   - references: what several references of one question are to each other.
  public init(
    sigma: Double = 15, bin: Double = 1, truncate: Double = 4, form: Form = .dice, edge: Edge = .reflect,
    references: ReferenceRule = .union
  ) {
    precondition(
      sigma / bin <= Self.finestGrid, "soft-f1: 'sigma' is \(sigma / bin) bins wide; at most 200 are allowed: use a larger bin")
    self.sigma = sigma
    self.bin = bin
    self.truncate = truncate
    self.form = form
    self.references = references
    // scipy rounds the radius in the same way.
    let deviation = sigma / bin
    let kernel = GaussianKernel(sigma: deviation, radius: Int(saturating: truncate * deviation + 0.5))
    overlap = SmoothedOverlap(kernel: kernel, edge: edge)
  }

  public init(options: inout OptionReader, usual: Self?) {
    let usual = usual ?? Self()
    var sigma = options.number(
      "sigma", default: usual.sigma, in: 0.05...300, unit: "s", help: "standard deviation of the Gaussian")
    let bin = options.number("bin", default: usual.bin, in: 0.01...60, unit: "s", help: "width of one bin of the grid")
    let truncate = options.number(
      "truncate", default: usual.truncate, in: 1...8, help: "standard deviations after which it is cut off")
    let form = options.choice("form", default: usual.form, help: "which F1 of the smoothed masks")
    let edge = options.choice("edge", default: usual.overlap.edge, help: "what lies beyond the ends of the track")
    let references = ReferenceRule(options: &options, default: usual.references)
    if sigma / bin > Self.finestGrid {
      options.record("is \(OptionValue.written(sigma / bin)) bins wide; at most 200 are allowed: use a larger bin", at: "sigma")
      sigma = bin
    }
    self.init(sigma: sigma, bin: bin, truncate: truncate, form: form, edge: edge, references: references)
  }

  package func compare(_ answer: [Interval], with reference: [Interval], duration: Double) -> Double? {
    let grid = BinGrid(duration: duration, width: bin)
    return grid.withRuns(of: answer, reference) { answer, reference in
      guard !answer.isEmpty, !reference.isEmpty else { return answer.isEmpty && reference.isEmpty ? 1 : 0 }
      if form != .product, answer.elementsEqual(reference) { return 1 }
      // Rounding may leave a score some units in the last place outside the range.
      return Swift.min(1, Swift.max(0, score(answer, reference, count: grid.count)))
    }
  }

  private func score(_ answer: BinRuns, _ reference: BinRuns, count: Int) -> Double {
    if form == .dice, overlap.edge == .reflect {
      let both = overlap.reflectedProduct(answer, reference, count: count)
      let squares =
        overlap.reflectedProduct(answer, answer, count: count) + overlap.reflectedProduct(reference, reference, count: count)
      return 2 * both / squares
    }
    let sums = overlap.sums(answer, reference, count: count)
    switch form {
    case .dice: return 2 * sums.product / (sums.answerSquared + sums.referenceSquared)
    case .min: return 2 * sums.lesser / (sums.answer + sums.reference)
    case .product: return 2 * sums.product / (sums.answer + sums.reference)
    }
  }
}
