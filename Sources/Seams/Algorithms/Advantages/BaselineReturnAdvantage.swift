/// Rewards minus the group's mean, spread over the tokens and whitened over the batch rather than the group.
///
///     A = whitened (R − μ)
///
/// A group whose rewards are all equal enters the whitening as zeros, and leaves it as zeros where `tiedStayZero`: whitening shifts
/// by the batch's mean, and in the toolkits a tied group then has a small advantage of the same sign for all.
///
/// Hu et al. 2025, *REINFORCE++* (the form with a baseline).
package struct BaselineReturnAdvantage: AdvantageEstimator {
  package var whitening: Whitening
  /// Whether a lone rewarded completion keeps its reward as it is (verl), or has none.
  package var singleton: GroupRelativeAdvantage.Singleton
  package var tiedStayZero: Bool

  package init(
    whitening: Whitening = .standard, singleton: GroupRelativeAdvantage.Singleton = .zero, tiedStayZero: Bool = true
  ) {
    self.whitening = whitening
    self.singleton = singleton
    self.tiedStayZero = tiedStayZero
  }

  package func estimates(for batch: EstimatorBatch) -> [[AdvantageEstimate]] { finished(comparisons(for: batch), for: batch) }

  package func comparisons(for batch: EstimatorBatch) -> [[AdvantageEstimate]] {
    GroupRelativeAdvantage(scale: .none, singleton: singleton).estimates(for: batch)
  }

  package func finished(_ comparisons: [[AdvantageEstimate]], for batch: EstimatorBatch) -> [[AdvantageEstimate]] {
    let whitened = whitening.whitened(comparisons, counting: batch)
    guard tiedStayZero else { return whitened }
    return zip(batch.groups, zip(comparisons, whitened)).map { group, credits in
      CompletionSelection.isTied(group) && credits.0.allSatisfy({ $0.advantages.allSatisfy { $0 == 0 } })
        ? credits.0 : credits.1
    }
  }
}
