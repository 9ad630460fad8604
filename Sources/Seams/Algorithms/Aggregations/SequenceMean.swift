/// The mean over completions of the mean over their tokens: w = 1 / (N · length).
///
/// Every completion counts the same, so each token of a long one counts less. N is the number of completions; `empty` says
/// whether those without tokens count. Weights add up to 1 where every completion has tokens.
///
/// DeepSeek-AI 2024, *DeepSeekMath*, eq. 3.
package struct SequenceMean: LossAggregation {
  package var empty: EmptySequences
  /// Added to each length; verl adds 10⁻⁸ against a division by 0 that ragged sequences do not have.
  package var lengthSlack: Double

  package init(empty: EmptySequences = .counted, lengthSlack: Double = 0) {
    self.empty = empty
    self.lengthSlack = lengthSlack
  }

  package func tokenWeights(sequenceLengths: [Int], of batch: BatchExtent?) -> [Double] {
    let count = empty.count(sequenceLengths)
    return sequenceLengths.map { $0 == 0 ? 0 : 1 / (count * (Double($0) + lengthSlack)) }
  }
}
