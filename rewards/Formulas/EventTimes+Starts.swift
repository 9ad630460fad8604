import TemporalMetrics
import Timelines

extension EventTimes {
  /// The starts of intervals as events, in order of time; those after 30,000 s are left out.
  init(startsOf intervals: [Interval]) {
    let starts = intervals.map(\.start)
    // Lists that ascend already, as most do, need no sorting.
    self = (try? EventTimes(starts)) ?? EventTimes(sorting: starts)
  }
}
