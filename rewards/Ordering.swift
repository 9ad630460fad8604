import Options
import Questions
import Rewards

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
struct Ordering: TemporalReward {
  enum Measure: String, CaseIterable, Sendable {
    case pairs, kendall, footrule
    case longestRun = "longest-run"
    case exact
  }

  static let name = "ordering"

  static let documentation = RewardDocumentation(
    summary: "Agreement of an answered order with the true one, with partial credit.",
    formula: "1 − 2K/(n(n−1)) · τ = 1 − 4K/(n(n−1)) · 1 − Σ|i − σ(i)|/⌊n²/2⌋ · (L − 1)/(n − 1) · 1[σ = id]",
    degenerateCases: "Fewer than two items: 1. A letter of permutations is its order; of other options: does not apply.",
    source: "Kendall 1938; Diaconis and Graham 1977; MusTBench GTO (arXiv 2605.29300) for the letters.",
    family: .orderings, kinds: [.order, .choice], promises: [.exactIsBest])

  let measure: Measure

  init(options: inout OptionReader) {
    measure = options.choice("measure", default: .pairs, help: "how disagreement is counted")
  }

  var range: ClosedRange<Double> { measure == .kendall ? -1...1 : 0...1 }

  func score(_ reading: Reading, in response: Response, to question: Question) -> Double? {
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
