import Numbers
import RealModule

/// How energetic music is over time, from its notes: how many begin, each as loud as it is.
///
/// Notes are counted by loudness in steps of 0.25 s and smoothed over ±4 s with triangular weights. The logarithm of the result, between
/// its 10th and 90th percentile over the piece, is cut into five levels; stretches shorter than 6 s join the neighbour that is nearer
/// in level; each boundary then moves by up to 3 s to where the seconds before and after differ most. Music whose percentiles lie
/// within 30 % of each other is one section of level 3.
public struct IntensityCurve: Sendable, Hashable {
  /// Seconds of a step.
  public static let step = 0.25
  private static let reach = 16
  private static let shortest = 24
  private static let search = 12

  /// Loudness that begins in each step.
  private let onsets: [Double]
  /// The same, smoothed.
  public let values: [Double]
  public let duration: Double

  /// - Parameter onsets: times in seconds with loudnesses above 0; those outside 0..<duration are left out.
  public init(onsets: some Sequence<(time: Double, loudness: Double)>, duration: Double) {
    self.duration = duration
    var sums = [Double](repeating: 0, count: max(1, Int(saturating: (duration / Self.step).rounded(.up))))
    for (time, loudness) in onsets where time >= 0 && time < duration {
      sums[min(Int(saturating: time / Self.step), sums.count - 1)] += loudness
    }
    self.onsets = sums
    values = Self.smoothed(sums)
  }

  /// A curve that was estimated without knowing the notes: one value of 0 or more a step, as smooth as ``values`` of notes are.
  public init(values: [Double], duration: Double) {
    onsets = values
    self.values = values
    self.duration = duration
  }

  /// The value of the step that a time lies in, or of the nearest; 0 where there is none.
  public func value(at time: Double) -> Double {
    values.isEmpty ? 0 : values[min(max(0, Int(saturating: time / Self.step)), values.count - 1)]
  }

  /// What of it lies in a window, to the nearest step, with times counted from the window's start.
  package func cropped(to window: Interval) -> IntensityCurve {
    let first = min(Int(saturating: (max(0, window.start) / Self.step).rounded()), onsets.count)
    let end = min(first + Int(saturating: (window.duration / Self.step).rounded(.up)), onsets.count)
    return IntensityCurve(
      onsets: Array(onsets[first..<end]), values: Array(values[first..<end]), duration: window.duration)
  }

  private init(onsets: [Double], values: [Double], duration: Double) {
    (self.onsets, self.values, self.duration) = (onsets, values, duration)
  }

  /// Sections of intensity 0, 0.25 … 1 that cover the whole duration; none where it is 0.
  package var sections: [Timeline.Section] {
    guard duration > 0, !values.isEmpty else { return [] }
    var runs = Self.merged(levels())
    refine(&runs)
    return runs.indices.map { index in
      let start = Double(runs[index].start) * Self.step
      let end = index + 1 < runs.count ? Double(runs[index + 1].start) * Self.step : duration
      return Timeline.Section(interval: Interval(start, end), label: "", intensity: Double(runs[index].level - 1) / 4)
    }
  }

  private static func smoothed(_ onsets: [Double]) -> [Double] {
    onsets.indices.map { index in
      var sum = 0.0
      var weight = 0.0
      for other in max(0, index - reach)...min(onsets.count - 1, index + reach) {
        let share = Double(reach + 1 - abs(other - index))
        sum += share * onsets[other]
        weight += share
      }
      return sum / weight
    }
  }

  /// A level 1…5 for each step.
  private func levels() -> [Int] {
    let sorted = values.sorted()
    let median = sorted[sorted.count / 2]
    let low = sorted[sorted.count / 10]
    let high = sorted[sorted.count * 9 / 10]
    guard high > 1.3 * low, high > 0 else { return values.map { _ in 3 } }
    // A share of the median keeps silence from stretching the scale.
    let offset = 0.1 * (median > 0 ? median : high)
    let bottom = Double.log(low + offset)
    let span = Double.log(high + offset) - bottom
    return values.map { value in
      Int(saturating: min(max(1 + (5 * (Double.log(value + offset) - bottom) / span).rounded(.down), 1), 5))
    }
  }

  private struct Run {
    var start: Int
    var length: Int
    var level: Int
  }

  private static func merged(_ levels: [Int]) -> [Run] {
    var runs: [Run] = []
    for (index, level) in levels.enumerated() {
      if let last = runs.last, last.level == level {
        runs[runs.count - 1].length += 1
      } else {
        runs.append(Run(start: index, length: 1, level: level))
      }
    }
    while runs.count > 1, let index = runs.indices.min(by: { runs[$0].length < runs[$1].length }), runs[index].length < shortest
    {
      let before = index > 0 ? abs(runs[index - 1].level - runs[index].level) : .max
      let after = index + 1 < runs.count ? abs(runs[index + 1].level - runs[index].level) : .max
      let target = before <= after ? index - 1 : index + 1
      runs[target].length += runs[index].length
      runs[target].start = min(runs[target].start, runs[index].start)
      runs.remove(at: index)
      joinEqualNeighbours(&runs)
    }
    return runs
  }

  private static func joinEqualNeighbours(_ runs: inout [Run]) {
    var index = 1
    while index < runs.count {
      if runs[index].level == runs[index - 1].level {
        runs[index - 1].length += runs[index].length
        runs.remove(at: index)
      } else {
        index += 1
      }
    }
  }

  private func refine(_ runs: inout [Run]) {
    for index in runs.indices.dropFirst() {
      let boundary = runs[index].start
      let rises = runs[index].level > runs[index - 1].level
      let earliest = max(runs[index - 1].start + Self.search, boundary - Self.search)
      let latest = min(boundary + Self.search, boundary + runs[index].length - Self.search)
      guard earliest < latest else { continue }
      let best = (earliest...latest).max { contrast(at: $0, rises: rises) < contrast(at: $1, rises: rises) } ?? boundary
      runs[index].length -= best - boundary
      runs[index - 1].length += best - boundary
      runs[index].start = best
    }
  }

  /// Mean of the 4 s after a step less that of the 4 s before; negated for a fall.
  private func contrast(at index: Int, rises: Bool) -> Double {
    let before = onsets[max(0, index - Self.reach)..<index]
    let after = onsets[index..<min(onsets.count, index + Self.reach)]
    let difference =
      after.reduce(0, +) / Double(max(after.count, 1)) - before.reduce(0, +) / Double(max(before.count, 1))
    return rises ? difference : -difference
  }
}
