import Numbers
import Timelines

/// Runs of bins, sorted and disjoint, in memory that somebody else owns.
typealias BinRuns = UnsafeMutableBufferPointer<Range<Int>>

/// The grid on which masks of intervals are painted.
///
/// Bin k stands for the time k·width; the grid has the bins 0…round(duration/width). An interval paints the bins from the one
/// nearest its start to the one nearest its end, both ends included, so that an interval of length zero paints one bin.
struct BinGrid {
  /// Seconds a bin.
  let width: Double
  /// Number of bins; 0 where the duration is no length of a track.
  let count: Int

  init(duration: Double, width: Double) {
    let last = (duration / width).rounded()
    self.width = width
    count = last >= 0 && last < 1e7 ? Int(saturating: last) + 1 : 0
  }

  /// Calls `body` with the painted runs of two lists of intervals.
  func withRuns<Result>(of first: [Interval], _ second: [Interval], _ body: (BinRuns, BinRuns) -> Result) -> Result {
    withUnsafeTemporaryAllocation(of: Range<Int>.self, capacity: first.count + second.count) { buffer in
      let front = paint(first, into: BinRuns(rebasing: buffer[..<first.count]))
      let back = paint(second, into: BinRuns(rebasing: buffer[first.count...]))
      return body(front, back)
    }
  }

  private func paint(_ intervals: [Interval], into buffer: BinRuns) -> BinRuns {
    var painted = 0
    for interval in intervals {
      guard let run = run(of: interval) else { continue }
      buffer.initializeElement(at: painted, to: run)
      painted += 1
    }
    return BinRuns(rebasing: buffer[..<mergeSpans(BinRuns(rebasing: buffer[..<painted]))])
  }

  /// The bins of one interval; `nil` where it lies outside the grid.
  func run(of interval: Interval) -> Range<Int>? {
    let end = interval.end / width
    // Rounds half up by truncation: `rounded` is a call into the C library.
    guard end > -0.5, count > 0 else { return nil }
    let first = Int(saturating: min(max(0, interval.start / width), Double(count)) + 0.5)
    let last = min(count - 1, Int(saturating: min(max(0, end), Double(count)) + 0.5))
    return first <= last ? first..<last + 1 : nil
  }
}
