public import Timelines

/// Retrieval of moments: each query has reference windows and predicted windows with scores.
///
/// The overlap of two windows is intersection over hull (`SpanOverlap.hullIoU`), 0 where the hull has no length. Agrees with
/// the evaluation of Moment-DETR before it rounds to percentages. Lei, Berg and Bansal 2021, *QVHighlights*.
public enum MomentRetrieval {
  public struct Prediction: Sendable, Hashable {
    public var window: Interval
    public var score: Double

    public init(window: Interval, score: Double) {
      self.window = window
      self.score = score
    }
  }

  /// One question: what is right, and what was answered, most trusted first.
  public struct Query: Sendable, Hashable {
    public var references: [Interval]
    public var predictions: [Prediction]

    public init(references: [Interval], predictions: [Prediction]) {
      self.references = references
      self.predictions = predictions
    }
  }

  /// 0.50, 0.55 … 0.95.
  public static let thresholds = (10...19).map { Double($0) / 20 }

  /// R@1: share of queries whose first prediction overlaps some reference by at least `threshold`.
  ///
  /// A query without a prediction or a reference is a miss; `nil` without queries. Time-R1 and UniTime ask for *more* than the
  /// threshold, which moves scores, since times in whole seconds meet 0.5 exactly.
  public static func recallAtOne(_ queries: [Query], threshold: Double) -> Double? {
    guard !queries.isEmpty else { return nil }
    let hits = queries.count { query in
      guard let first = query.predictions.first else { return false }
      return query.references.contains { overlap(first.window, $0) >= threshold }
    }
    return Double(hits) / Double(queries.count)
  }

  /// Mean over queries of the average precision at `threshold`; `nil` without queries.
  ///
  /// Of each query the first `limit` predictions count, taken by falling score. Each goes to the free reference that it
  /// overlaps most, by at least the threshold, and is wrong where there is none. Precision is interpolated: at each recall the
  /// highest precision at that recall or a higher one. A query without a reference or a prediction scores 0.
  public static func meanAveragePrecision(_ queries: [Query], threshold: Double, limit: Int = 10) -> Double? {
    guard !queries.isEmpty else { return nil }
    let sum = queries.reduce(0) { $0 + averagePrecision($1, threshold: threshold, limit: limit) }
    return sum / Double(queries.count)
  }

  /// Average precision of one query, 0…1.
  static func averagePrecision(_ query: Query, threshold: Double, limit: Int) -> Double {
    let isRight = judged(query, threshold: threshold, limit: limit)
    var found = 0
    let precisions = isRight.enumerated().map { rank, right in
      found += right ? 1 : 0
      return Double(found) / Double(rank + 1)
    }
    var best = 0.0
    var sum = 0.0
    for (right, precision) in zip(isRight, precisions).reversed() {
      best = max(best, precision)
      if right { sum += best }
    }
    return query.references.isEmpty ? 0 : sum / Double(query.references.count)
  }

  /// Whether each prediction is right, by falling score; equal scores keep their order.
  private static func judged(_ query: Query, threshold: Double, limit: Int) -> [Bool] {
    let ranked = query.predictions.prefix(limit).enumerated().sorted {
      ($1.element.score, $0.offset) < ($0.element.score, $1.offset)
    }
    var isTaken = Array(repeating: false, count: query.references.count)
    return ranked.map { _, prediction in
      let overlaps = query.references.map { overlap(prediction.window, $0) }
      let free = overlaps.indices.filter { !isTaken[$0] && overlaps[$0] >= threshold }
      guard let match = free.max(by: { overlaps[$0] < overlaps[$1] }) else { return false }
      isTaken[match] = true
      return true
    }
  }

  private static func overlap(_ prediction: Interval, _ reference: Interval) -> Double {
    SpanOverlap(predicted: prediction, reference: reference).hullIoU ?? 0
  }
}
