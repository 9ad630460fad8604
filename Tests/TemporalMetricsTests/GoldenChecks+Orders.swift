import GoldenLines
import TemporalMetrics
import Testing

extension GoldenChecks {
  static func rankCorrelations(_ line: GoldenLine) throws {
    line.params.variant.expect("b (tau_b), c (tau_c); tau_a by counting; spearman by scipy.stats.spearmanr")
    let (x, y) = (line.input.x.numbers, line.input.y.numbers)
    let tau = KendallTau(x, y)
    line.check(tau.a, line.expected.tau_a, "τa")
    line.check(tau.b, line.expected.tau_b, "τb")
    line.check(tau.c, line.expected.tau_c, "τc")
    line.check(Double(tau.concordant), line.expected.concordant, "concordant")
    line.check(Double(tau.discordant), line.expected.discordant, "discordant")
    line.check(SpearmanCorrelation.coefficient(x, y), line.expected.spearman, "ρ")
  }

  static func orderDistance(_ line: GoldenLine) throws {
    line.params.footrule_max.expect("floor(n^2/2)")
    line.params.pairs.expect("n(n-1)/2")
    let distance = try #require(OrderDistance(predicted: line.input.predicted.strings, reference: line.input.reference.strings))
    let expected = line.expected
    line.check(Double(distance.footrule), expected.footrule, "footrule")
    line.check(distance.normalizedFootrule, expected.footrule_normalised, "normalised footrule")
    line.check(distance.footruleSimilarity, expected.footrule_similarity, "footrule similarity")
    line.check(Double(distance.kendall), expected.kendall_distance, "Kendall")
    line.check(distance.pairwiseAccuracy, expected.pairwise_accuracy, "pairwise accuracy")
    line.check(distance.positionAccuracy, expected.position_accuracy, "position accuracy")
    line.check(Double(distance.cayley), expected.cayley, "Cayley")
    line.check(Double(distance.ulam), expected.ulam, "Ulam")
    #expect(distance.isExact == expected.exact.bool, "\(line.id)")
  }

  static func discountedGain(_ line: GoldenLine) throws {
    line.params.ignore_ties.expect(false)
    let gain = DiscountedGain.normalized(
      relevance: line.input.relevance.numbers, scores: line.input.scores.numbers, limit: line.params.k.number.map { Int($0) })
    line.check(gain, line.expected.ndcg, "NDCG")
  }
}
