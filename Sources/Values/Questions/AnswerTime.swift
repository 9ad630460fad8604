/// Which times answers may hold, for reader and writer alike, so that whatever is read can be written and read again as the same.
enum AnswerTime {
  /// Minutes of a clock time have at most as many digits.
  static let mostMinuteDigits = 7
  /// Times at or above this many seconds are no times: they do not fit into `mostMinuteDigits`.
  static let longest = 600_000_000.0

  private static let microseconds = 1e6

  /// `seconds` to the microsecond, or `nil` where they are no time: not finite, or so large that they would be written with eight digits of
  /// minutes.
  ///
  /// Negative times are rounded too.
  static func rounded(_ seconds: Double) -> Double? {
    let scaled = (seconds * microseconds).rounded()
    guard scaled.magnitude < longest * microseconds else { return nil }
    return scaled / microseconds
  }
}
