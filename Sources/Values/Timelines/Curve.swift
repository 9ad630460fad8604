import Numbers

/// Numbers at a fixed rate over the time of a track.
package struct Curve {
  package var values: [Float]
  /// Numbers a second; number i stands for second i / rate.
  package var rate: Double

  package init(values: [Float], rate: Double) {
    self.values = values
    self.rate = rate
  }

  package var duration: Double { Double(values.count) / rate }

  package func time(ofIndex index: Int) -> Double { Double(index) / rate }

  /// Indices of the numbers within `reach` seconds of a time.
  package func indices(near time: Double, reach: Double) -> Range<Int> {
    let first = max(0, Int(saturating: ((time - reach) * rate).rounded(.up)))
    let last = min(values.count, Int(saturating: ((time + reach) * rate).rounded(.down)) + 1)
    return min(first, values.count)..<max(min(first, values.count), last)
  }

  /// The largest number near a time, with its own time; `nil` where there is none.
  package func largest(near time: Double, reach: Double) -> (time: Double, value: Float)? {
    indices(near: time, reach: reach).max { values[$0] < values[$1] }.map { (self.time(ofIndex: $0), values[$0]) }
  }

  /// When it is largest.
  package var peakTime: Double? { values.indices.max { values[$0] < values[$1] }.map(time) }

  /// Times of the numbers above a threshold that none within `reach` seconds exceeds, in order; of equals the first.
  package func peaks(above threshold: Float, reach: Double) -> [Double] {
    values.indices.filter { index in
      guard values[index] > threshold else { return false }
      return indices(near: time(ofIndex: index), reach: reach).allSatisfy { other in
        values[other] < values[index] || (values[other] == values[index] && other >= index)
      }
    }.map(time)
  }

  /// Times at which it differs from the number before.
  package var changes: [Double] { values.indices.dropFirst().filter { values[$0] != values[$0 - 1] }.map(time) }

  /// The mean over a stretch of time; 0 for none.
  package func mean(in stretch: Interval) -> Float {
    let first = max(0, Int(saturating: (stretch.start * rate).rounded(.up)))
    let last = min(values.count, Int(saturating: (stretch.end * rate).rounded(.up)))
    guard first < last else { return 0 }
    return values[first..<last].reduce(0, +) / Float(last - first)
  }

  /// Stretches between boundaries, from 0 to the end.
  package static func stretches(between boundaries: [Double], duration: Double) -> [Interval] {
    let ends = [0] + boundaries.filter { $0 > 0 && $0 < duration }.sorted() + [duration]
    return zip(ends, ends.dropFirst()).compactMap { Interval(start: $0, end: $1) }
  }

  /// The stretches whose mean lies within `tolerance` of the largest, or of the smallest.
  package func extreme(highest: Bool, of stretches: [Interval], tolerance: Float) -> [Interval] {
    let means = stretches.map { mean(in: $0) * (highest ? 1 : -1) }
    guard let most = means.max() else { return [] }
    return IntervalSet(zip(stretches, means).filter { $0.1 >= most - tolerance }.map(\.0)).intervals
  }
}
