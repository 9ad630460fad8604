/// A span of time from `start` to `end`, in seconds, both finite, `start <= end`.
///
/// An interval of length zero is legal (an answer may name one) and has no measure.
public struct Interval: Sendable, Hashable {
  public let start: Double
  public let end: Double

  /// `nil` where an end is not finite or the end lies before the start.
  public init?(start: Double, end: Double) {
    guard start.isFinite, end.isFinite, start <= end else { return nil }
    self.start = start
    self.end = end
  }

  /// Traps where an end is not finite or the end lies before the start: for values that code has made.
  public init(_ start: Double, _ end: Double) {
    precondition(start.isFinite && end.isFinite && start <= end, "an interval runs forward between finite times")
    self.start = start
    self.end = end
  }

  /// Length in seconds.
  public var duration: Double { end - start }

  public var center: Double { 0.5 * (start + end) }

  /// Seconds that both intervals cover.
  public func overlap(with other: Interval) -> Double {
    max(0, min(end, other.end) - max(start, other.start))
  }
}
