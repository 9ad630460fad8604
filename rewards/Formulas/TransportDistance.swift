import Timelines

/// The 1-Wasserstein distance in seconds of the uniform laws on two sets, neither of them empty: ∫|F − G| dt.
///
/// Both distribution functions are linear between the ends of the intervals, so the integral is a sum of triangles and trapezia.
func transportDistance(_ first: IntervalSet, _ second: IntervalSet) -> Double {
  let times = (first.intervals + second.intervals).flatMap { [$0.start, $0.end] }.sorted()
  var one = DistributionFunction(first)
  var other = DistributionFunction(second)
  var total = 0.0
  var previous = (time: times[0], difference: 0.0)
  for time in times.dropFirst() {
    let difference = one.value(at: time) - other.value(at: time)
    let width = time - previous.time
    let (from, to) = (abs(previous.difference), abs(difference))
    if previous.difference * difference >= 0 {
      total += 0.5 * width * (from + to)
    } else {
      total += 0.5 * width * (from * from + to * to) / (from + to)
    }
    previous = (time, difference)
  }
  return total
}

/// The share of a set's measure that lies before a time; asked for ascending times.
private struct DistributionFunction {
  private let intervals: [Interval]
  private let measure: Double
  private var index = 0
  private var before = 0.0

  init(_ set: IntervalSet) {
    intervals = set.intervals
    measure = set.measure
  }

  mutating func value(at time: Double) -> Double {
    while index < intervals.count, intervals[index].end <= time {
      before += intervals[index].duration
      index += 1
    }
    guard index < intervals.count else { return 1 }
    return (before + max(0, time - intervals[index].start)) / measure
  }
}
