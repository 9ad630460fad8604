/// One-to-one matching of events on a line.
///
/// An estimate e may take a reference r where e − w ≤ r ≤ e + w, both bounds rounded to double as written: at an exact boundary
/// this is not the same as |r − e| ≤ w (r = 1.05, e = 1, w = 0.05 is a match), and it is what mir_eval tests.
public enum EventMatching {
  /// The largest number of pairs in which no event occurs twice; O(n + m), without allocation.
  ///
  /// Both lists ascend, so both bounds of successive estimates ascend (subtraction and addition round monotonically), and
  /// taking pairs from the left is a maximum matching. Proof: let e be the earliest estimate and r the earliest reference. If r
  /// < e − w, r is below every bound and has no partner. If r > e + w, so is every reference, and e has no partner. Otherwise
  /// some maximum matching pairs r with e: where it pairs r with e′ and e with r′ instead, r ≤ r′ and e ≤ e′ give e′ − w ≤ r ≤
  /// r′ ≤ e + w ≤ e′ + w, so r′ and e′ match too, and the pairs can be exchanged.
  ///
  /// Traps where the window is negative or NaN. Window in seconds.
  public static func size(reference: EventTimes, estimated: EventTimes, window: Double) -> Int {
    size(reference: reference.times, estimated: estimated.times, window: window)
  }

  static func size(reference: [Double], estimated: [Double], window: Double) -> Int {
    precondition(window >= 0, "a window is a length of time")
    return reference.withUnsafeBufferPointer { reference in
      estimated.withUnsafeBufferPointer { estimated in
        var matches = 0
        var i = 0
        var j = 0
        while i < reference.count, j < estimated.count {
          let isTooEarly = reference[i] < estimated[j] - window
          let isTooLate = reference[i] > estimated[j] + window
          i += isTooLate ? 0 : 1
          j += isTooEarly ? 0 : 1
          matches += isTooEarly || isTooLate ? 0 : 1
        }
        return matches
      }
    }
  }
}
