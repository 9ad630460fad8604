/// The mean over completions of their token sums, divided by one length for all: w = 1 / (N · L).
///
/// Neither a completion's own length nor that of the others changes how much a token counts, which removes the length bias of
/// ``SequenceMean``. L is usually the limit on tokens. Weights add up to mean length / L.
///
/// Liu et al. 2025, *Understanding R1-Zero-Like Training: A Critical Perspective* (Dr. GRPO).
package struct ConstantLength: LossAggregation {
  /// L, in tokens, above 0.
  package var length: Double
  package var empty: EmptySequences

  package init(length: Double, empty: EmptySequences = .counted) {
    precondition(length > 0, "a constant length must be above 0")
    self.length = length
    self.empty = empty
  }

  package func tokenWeights(sequenceLengths: [Int], of batch: BatchExtent?) -> [Double] {
    let weight = 1 / (empty.count(sequenceLengths) * length)
    return sequenceLengths.map { _ in weight }
  }
}
