public import Options
public import Questions
public import Rewards

/// Agreement of an answered order with the true one, with partial credit.
///
/// Of n items, with K pairs in the wrong order, places σ and the longest increasing subsequence L of the answer:
/// 1 − 2K/(n(n − 1)) (`pairs`), Kendall's τ (`kendall`, −1…1), 1 − Σ|i − σ(i)|/⌊n²/2⌋ (`footrule`), (L − 1)/(n − 1)
/// (`longest-run`), 1 or 0 (`exact`).
///
/// - A lettered option that stands for an order (MusTBench's GTO: the permutations of three items) is judged as that order.
/// - Several references: the best counts. Nothing readable: the least score.
/// - Of three items the footrule cannot tell the three worst orders apart.
///
/// Kendall 1938; Diaconis and Graham 1977, *Spearman's Footrule as a Measure of Disarray*.
public struct Ordering: TemporalReward, ConfigurableReward {
  /// How disagreement of two orders is counted.
  public enum Measure: String, CaseIterable, FormulaForm {
    /// The share of pairs in the right order.
    case pairs
    /// Kendall's τ, −1…1.
    case kendall
    /// Spearman's footrule over its greatest value, subtracted from 1.
    case footrule
    /// The longest increasing subsequence.
    case longestRun = "longest-run"
    /// 1 or 0.
    case exact

    package var formula: String {
      switch self {
      case .pairs: "1 − 2K/(n(n − 1))"
      case .kendall: "τ = 1 − 4K/(n(n − 1))"
      case .footrule: "1 − Σ|i − σ(i)|/⌊n²/2⌋"
      case .longestRun: "(L − 1)/(n − 1)"
      case .exact: "1[σ = id]"
      }
    }
  }

  public static let name = "ordering"

  public static let documentation = RewardDocumentation(
    summary: "Agreement of an answered order with the true one, with partial credit.",
    formula: "of n items, K pairs in the wrong order, places σ, longest increasing subsequence L",
    forms: RewardForm.all(of: Measure.self, option: "measure"),
    degenerateCases: "Fewer than two items: 1. A letter of permutations is its order; of other options: does not apply.",
    source: "Kendall 1938; Diaconis and Graham 1977; MusTBench GTO (arXiv 2605.29300) for the letters.",
    family: .orderings, kinds: [.order, .choice], promises: [.exactIsBest])

  let measure: Measure

  /// - Parameter measure: how disagreement is counted.
  public init(measure: Measure = .pairs) {
    self.measure = measure
  }

  public init(options: inout OptionReader, usual: Self?) {
    let usual = usual ?? Self()
    self.init(measure: options.choice("measure", default: usual.measure, help: "how disagreement is counted"))
  }

  public var range: ClosedRange<Double> { measure == .kendall ? -1...1 : 0...1 }

  public func score(_ reading: Reading, in response: Response, to question: Question) -> Double? {
    let references = question.references.compactMap { Self.order($0, in: question) }
    guard !references.isEmpty else { return nil }
    guard let answer = reading.answer.flatMap({ Self.order($0, in: question) }) else { return range.lowerBound }
    return references.map { score(answer, reference: $0) }.max()
  }

  private func score(_ answer: [Int], reference: [Int]) -> Double {
    guard let agreement = OrderAgreement(answer: answer, reference: reference) else { return range.lowerBound }
    switch measure {
    case .pairs: return agreement.pairwiseAccuracy
    case .kendall: return agreement.kendallTau
    case .footrule: return agreement.footruleSimilarity
    case .longestRun: return agreement.longestRun
    case .exact: return agreement.isExact ? 1 : 0
    }
  }

  private static func order(_ answer: Answer, in question: Question) -> [Int]? {
    switch (question.kind, answer) {
    case (.order, .order(let order)): order
    case (.choice, .choice(let choice)): LetterOrder.items(of: choice, in: question)
    default: nil
    }
  }
}
