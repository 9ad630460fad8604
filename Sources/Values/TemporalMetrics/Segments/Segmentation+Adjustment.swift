import Timelines

extension Segmentation {
  /// Label of a segment added in front.
  package static let startLabel = "__T_MIN"
  /// Label of a segment added at the end.
  package static let endLabel = "__T_MAX"

  /// The segmentation cut and extended to run from `start` to `end`, in seconds; a bound that is `nil` is left as it is.
  ///
  /// Segments before the first that ends at `start` or later are dropped, and from the first on that begins after `end`; the
  /// rest is clipped, so one that only touches a bound stays with length zero. A missing stretch becomes a segment with a label
  /// of its own. Without segments the whole stretch gets the start label. Agrees with `mir_eval.util.adjust_intervals`.
  ///
  /// Throws where there is nothing to adjust and a bound is missing, or where every segment begins after `end`. Traps where
  /// labels are missing for some segments.
  public func adjusted(from start: Double?, to end: Double?) throws(AnnotationError) -> Segmentation {
    precondition(
      labels.isEmpty || labels.count == intervals.count, "a segmentation has a label for each segment or none at all")
    guard !intervals.isEmpty else {
      guard let start, let end, let whole = Interval(start: start, end: end) else {
        throw AnnotationError(.nothingToAdjust, "there is no segment to adjust; give both bounds, the first before the last")
      }
      return Segmentation(intervals: [whole], labels: [Self.startLabel])
    }
    var result = self
    if let start { result.begin(at: start) }
    if let end { result.finish(at: end) }
    guard !result.intervals.isEmpty else {
      throw AnnotationError(.nothingToAdjust, "every segment begins after \(end ?? .infinity) s; give a later end")
    }
    return result
  }

  private mutating func begin(at start: Double) {
    if let first = intervals.firstIndex(where: { $0.end >= start }) {
      intervals.removeFirst(first)
      labels.removeFirst(min(first, labels.count))
    }
    intervals = intervals.map { Interval(max(start, $0.start), max(start, $0.end)) }
    guard let earliest = span?.start, earliest > start else { return }
    if !labels.isEmpty { labels.insert(Self.startLabel, at: 0) }
    intervals.insert(Interval(start, earliest), at: 0)
  }

  private mutating func finish(at end: Double) {
    if let behind = intervals.firstIndex(where: { $0.start > end }) {
      intervals.removeSubrange(behind...)
      labels.removeSubrange(min(behind, labels.count)...)
    }
    intervals = intervals.map { Interval(min(end, $0.start), min(end, $0.end)) }
    guard let latest = span?.end, latest < end else { return }
    if !labels.isEmpty { labels.append(Self.endLabel) }
    intervals.append(Interval(latest, end))
  }
}
