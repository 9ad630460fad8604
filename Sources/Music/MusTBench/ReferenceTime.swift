import Timelines

/// Times as MusTBench's references give them: in whole seconds, inside the track.
enum ReferenceTime {
  /// `seconds` to the nearest whole second, halves upward, but no later than the last whole second of the track.
  ///
  /// A reference beyond the end could not be answered: an answer there counts as out of track. Without end where the duration is not
  /// known.
  static func whole(_ seconds: Double, duration: Double) -> Double {
    min((seconds + 0.5).rounded(.towardZero), duration.rounded(.towardZero))
  }

  /// Both ends of each interval in whole seconds; those that keep no length are dropped, those that come to touch are merged.
  static func whole(_ intervals: [Interval], duration: Double) -> [Interval] {
    IntervalSet(
      intervals.compactMap {
        Interval(start: whole($0.start, duration: duration), end: whole($0.end, duration: duration))
      }
    ).intervals
  }
}
