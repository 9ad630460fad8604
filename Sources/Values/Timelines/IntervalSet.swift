/// A union of intervals: sorted by start, disjoint, not touching, each of positive length.
public struct IntervalSet: Sendable, Hashable {
  public let intervals: [Interval]

  /// Drops intervals of length zero, sorts, and merges those that overlap or touch.
  public init(_ parts: some Sequence<Interval>) {
    var merged: [Interval] = []
    for part in parts.filter({ $0.end > $0.start }).sorted(by: { $0.start < $1.start }) {
      if let last = merged.last, part.start <= last.end {
        merged[merged.count - 1] = Interval(last.start, max(last.end, part.end))
      } else {
        merged.append(part)
      }
    }
    intervals = merged
  }

  public var isEmpty: Bool { intervals.isEmpty }

  /// Total length in seconds.
  public var measure: Double { intervals.reduce(0) { $0 + $1.duration } }

  /// Seconds that both sets cover.
  public func intersectionMeasure(with other: IntervalSet) -> Double {
    var total = 0.0
    var i = 0
    var j = 0
    while i < intervals.count, j < other.intervals.count {
      total += intervals[i].overlap(with: other.intervals[j])
      if intervals[i].end <= other.intervals[j].end { i += 1 } else { j += 1 }
    }
    return total
  }

  /// The part that lies inside `span`.
  public func clipped(to span: Interval) -> IntervalSet {
    IntervalSet(
      intervals.compactMap { Interval(start: max($0.start, span.start), end: min($0.end, span.end)) })
  }
}
