/// What lies beyond the ends of a track when a mask is smoothed; the names are those of `scipy.ndimage`.
public enum EdgeMode: String, CaseIterable, Sendable {
  /// The mask mirrored at its ends: … c b a | a b c … Smoothing keeps its total.
  case reflect
  /// Nothing.
  case constant
  /// The first and the last bin, repeated.
  case nearest

  /// Calls `body` with `runs` and with every run beyond the ends that lies within `reach` bins of the grid of `count` bins.
  @inline(__always) func forEachRun(of runs: BinRuns, count: Int, reach: Int, _ body: (Range<Int>) -> Void) {
    for run in runs {
      switch self {
      case .constant: body(run)
      case .nearest:
        body((run.lowerBound == 0 ? -reach : run.lowerBound)..<(run.upperBound == count ? count + reach : run.upperBound))
      case .reflect:
        body(run)
        body(-run.upperBound..<(-run.lowerBound))
        let period = 2 * count
        body(period - run.upperBound..<period - run.lowerBound)
        // Every further image is at least the length of the grid away from it.
        var shift = period
        while shift - count < reach {
          body(-shift - run.upperBound..<(-shift - run.lowerBound))
          body(run.lowerBound + shift..<run.upperBound + shift)
          body(run.lowerBound - shift..<run.upperBound - shift)
          shift += period
          body(shift - run.upperBound..<shift - run.lowerBound)
        }
      }
    }
  }
}
