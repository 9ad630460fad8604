import RealModule

/// How well estimated beats agree with reference beats.
///
/// Times in seconds; nothing is trimmed (`EventTimes.trimmed` does that).
///
/// Every measure lies in 0…1, is 1 for identical beats wherever a beat interval exists, and is 0 where either list is empty.
/// Those that need an interval between beats are 0 where either list has fewer than two. All agree with `mir_eval.beat`.
///
/// Davies, Degara and Plumbley 2009, *Evaluation Methods for Musical Audio Beat Tracking Algorithms*.
public enum BeatMetrics {
  /// F-measure of beats matched one to one within `window` seconds.
  public static func fMeasure(reference: EventTimes, estimated: EventTimes, window: Double = 0.07) -> Double {
    OnsetDetection.score(reference: reference, estimated: estimated, window: window).fMeasure()
  }

  /// Index of the time nearest to `time`, the first on a tie; `times` is not empty.
  static func nearest(to time: Double, in times: [Double]) -> Int {
    var best = 0
    for index in times.indices where abs(times[index] - time) < abs(times[best] - time) { best = index }
    return best
  }

  /// The ways in which a listener may tap the same beats.
  ///
  /// As they are, off the beat (mid points), at double tempo, and at half tempo from the first beat and from the second.
  static func variations(of times: [Double]) -> [[Double]] {
    var doubled: [Double] = []
    for (time, next) in zip(times, times.dropFirst()) { doubled += [time, time + 0.5 * (next - time)] }
    doubled += times.suffix(1)
    return [
      times, everySecond(of: doubled, from: 1), doubled, everySecond(of: times, from: 0), everySecond(of: times, from: 1),
    ]
  }

  private static func everySecond(of times: [Double], from start: Int) -> [Double] {
    stride(from: start, to: times.count, by: 2).map { times[$0] }
  }
}
