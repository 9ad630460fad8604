/// The sum over tokens, as a sum or as a mean over completions: w = 1 or w = 1 / N.
///
/// `perSequence` false adds up everything, whatever the batch; true is verl's `seq-mean-token-sum`.
package struct TokenSum: LossAggregation {
  package var perSequence: Bool
  package var empty: EmptySequences

  package init(perSequence: Bool = false, empty: EmptySequences = .counted) {
    self.perSequence = perSequence
    self.empty = empty
  }

  package func tokenWeights(sequenceLengths: [Int], of batch: BatchExtent?) -> [Double] {
    let weight = perSequence ? 1 / empty.count(sequenceLengths) : 1
    return sequenceLengths.map { _ in weight }
  }
}
