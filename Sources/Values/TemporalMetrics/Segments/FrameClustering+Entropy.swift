import RealModule

extension FrameClustering {
  /// Over- and under-segmentation: `precision` is 1 − H(estimate | reference)/Z, `recall` 1 − H(reference | estimate)/Z,
  /// entropies in bits over frames.
  ///
  /// Z is log₂ of the number of labels of the conditioned side (normalised conditional entropy, Lukashevich 2008, *Towards
  /// Quantitative Measures of Evaluating Song Segmentation*). A side whose Z is 0 gives 0, so one label for all scores 0.
  public var normalizedConditionalEntropy: PrecisionRecall {
    conditionalEntropy(
      referenceScale: Double.log2(Double(referenceCounts.count)), estimatedScale: Double.log2(Double(estimatedCounts.count)))
  }

  /// The same with Z the entropy of the conditioned side's labels.
  ///
  /// Rosenberg and Hirschberg 2007, *V-Measure: A Conditional Entropy-Based External Cluster Evaluation Measure*.
  public var vMeasure: PrecisionRecall {
    conditionalEntropy(referenceScale: Self.bits(referenceCounts), estimatedScale: Self.bits(estimatedCounts))
  }

  private func conditionalEntropy(referenceScale: Double, estimatedScale: Double) -> PrecisionRecall {
    guard !isEmpty else { return PrecisionRecall(precision: 0, recall: 0) }
    let frames = Double(frameCount)
    let estimateGivenReference = zip(table, referenceCounts).reduce(0.0) { $0 + Double($1.1) / frames * Self.bits($1.0) }
    let referenceGivenEstimate = estimatedCounts.indices.reduce(0.0) { sum, column in
      sum + Double(estimatedCounts[column]) / frames * Self.bits(table.map { $0[column] })
    }
    return PrecisionRecall(
      precision: estimatedScale > 0 ? 1 - estimateGivenReference / estimatedScale : 0,
      recall: referenceScale > 0 ? 1 - referenceGivenEstimate / referenceScale : 0)
  }

  /// Entropy in bits of a histogram.
  private static func bits(_ counts: [Int]) -> Double { nats(counts) / Double.log(2) }

  /// Entropy in nats of a histogram.
  static func nats(_ counts: [Int]) -> Double {
    let total = Double(counts.reduce(0, +))
    return counts.reduce(0.0) { entropy, count in
      guard count > 0 else { return entropy }
      return entropy - Double(count) / total * (Double.log(Double(count)) - Double.log(total))
    }
  }
}
