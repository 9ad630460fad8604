/// Times of events in seconds: finite, ascending (equal times are events of their own), none after 30,000 s.
///
/// Negative times are allowed, as in mir_eval.
public struct EventTimes: Sendable, Hashable {
  public let times: [Double]

  /// No event.
  public static let none = EventTimes(unchecked: [])

  /// Latest time allowed, in seconds.
  package static let latest = 30_000.0

  /// Throws where a time is not finite, comes after 30,000 s, or is smaller than the one before.
  public init(_ times: [Double]) throws(AnnotationError) {
    for (index, time) in times.enumerated() {
      guard time.isFinite else {
        throw AnnotationError(
          .notFinite, "event \(index) is at \(time) s; a time is a finite number of seconds: drop the event")
      }
      guard time <= Self.latest else {
        throw AnnotationError(
          .tooLate, "event \(index) is at \(time) s, after \(Self.latest) s: give times in seconds, not in samples")
      }
      if index > 0, time < times[index - 1] {
        throw AnnotationError(
          .unordered, "event \(index) at \(time) s comes after one at \(times[index - 1]) s; sort the events by time")
      }
    }
    self.times = times
  }

  /// Events in any order; those that are not finite or come after 30,000 s are left out.
  public init(sorting times: [Double]) {
    self.times = times.filter { $0.isFinite && $0 <= Self.latest }.sorted()
  }

  private init(unchecked times: [Double]) {
    self.times = times
  }

  package var count: Int { times.count }
  package var isEmpty: Bool { times.isEmpty }

  /// The events at `start` seconds or later: MIREX leaves out the first 5 s of a track when it compares beats.
  public func trimmed(before start: Double = 5) -> EventTimes {
    EventTimes(unchecked: times.filter { $0 >= start })
  }
}
