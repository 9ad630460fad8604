extension FrameClustering {
  /// Precision and recall of pairs of frames that share a label.
  ///
  /// Precision is over the pairs of the estimate, recall over those of the reference; NaN where a side has no such pair. Both
  /// are 0 where a side has no segment. Levy and Sandler 2008, *Structural Segmentation of Musical Audio by Constrained
  /// Clustering*.
  public var pairwise: PrecisionRecall {
    guard !isEmpty else { return PrecisionRecall(precision: 0, recall: 0) }
    return PrecisionRecall(precision: sharedPairs / estimatedPairs, recall: sharedPairs / referencePairs)
  }

  /// Share of all pairs of frames on which both agree, to be together or apart, 0…1; NaN with fewer than two frames.
  ///
  /// Rand 1971, *Objective Criteria for the Evaluation of Clustering Methods*.
  public var randIndex: Double {
    guard !isEmpty else { return 0 }
    let all = Self.pairs(frameCount)
    return (all + 2 * sharedPairs - referencePairs - estimatedPairs) / all
  }

  /// The Rand index corrected for chance: 1 for identical clusterings, 0 expected at random, negative below.
  ///
  /// 1 where both sides have one cluster only, none at all, or one for each frame. Hubert and Arabie 1985, *Comparing
  /// Partitions*.
  public var adjustedRandIndex: Double {
    guard !isEmpty else { return 0 }
    let counts = (referenceCounts.count, estimatedCounts.count)
    if counts.0 == counts.1, [0, 1, frameCount].contains(counts.0) { return 1 }
    let expected = referencePairs * estimatedPairs / Self.pairs(frameCount)
    return (sharedPairs - expected) / (0.5 * (referencePairs + estimatedPairs) - expected)
  }

  private var sharedPairs: Double { table.reduce(0) { $0 + $1.reduce(0) { $0 + Self.pairs($1) } } }
  private var referencePairs: Double { referenceCounts.reduce(0) { $0 + Self.pairs($1) } }
  private var estimatedPairs: Double { estimatedCounts.reduce(0) { $0 + Self.pairs($1) } }
}
