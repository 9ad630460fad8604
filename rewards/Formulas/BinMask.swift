import Timelines

/// The bins of a grid that intervals paint: sorted, disjoint runs.
///
/// Bin k stands for the time k·width; the grid has the bins 0…round(duration/width). An interval paints the bins from the one
/// nearest its start to the one nearest its end, both ends included, so that an interval of length zero paints one bin.
struct BinMask {
  /// Number of bins.
  let count: Int
  private(set) var runs: [Range<Int>]

  init(_ intervals: [Interval], duration: Double, width: Double) {
    count = BinMask.count(duration: duration, width: width)
    runs = []
    runs.reserveCapacity(intervals.count)
    var isSorted = true
    for interval in intervals {
      guard let run = BinMask.run(interval, width: width, count: count) else { continue }
      if let last = runs.last, run.lowerBound < last.upperBound { isSorted = false }
      runs.append(run)
    }
    if !isSorted { merge() }
  }

  static func count(duration: Double, width: Double) -> Int {
    let last = (duration / width).rounded()
    return last >= 0 && last < 1e7 ? Int(last) + 1 : 0
  }

  /// The bins of one interval; `nil` where it lies outside the grid.
  static func run(_ interval: Interval, width: Double, count: Int) -> Range<Int>? {
    let first = max(0, (interval.start / width).rounded())
    let last = min(Double(count - 1), (interval.end / width).rounded())
    return first <= last ? Int(first)..<Int(last) + 1 : nil
  }

  private mutating func merge() {
    var merged: [Range<Int>] = []
    for run in runs.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, run.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, run.upperBound)
      } else {
        merged.append(run)
      }
    }
    runs = merged
  }
}
