public import Timelines

extension IntervalOverlap {
  /// As `init(predicted: IntervalSet(predicted), reference:)`, without allocating: for answers scored once.
  public init(predicted: [Interval], reference: IntervalSet) {
    let measures = withUnsafeTemporaryAllocation(of: Interval.self, capacity: max(1, predicted.count)) { merged in
      let count = Self.merge(predicted, into: merged)
      return Self.measures(of: UnsafeMutableBufferPointer(rebasing: merged[..<count]), reference: reference.intervals)
    }
    intersection = measures.intersection
    self.predicted = measures.predicted
    self.reference = reference.measure
  }

  /// Sorts the intervals of positive length and merges those that overlap or touch; the number that remains.
  private static func merge(_ parts: [Interval], into merged: UnsafeMutableBufferPointer<Interval>) -> Int {
    var count = 0
    for part in parts where part.end > part.start {
      merged[count] = part
      count += 1
    }
    UnsafeMutableBufferPointer(rebasing: merged[..<count]).sortByStart()
    guard count > 1 else { return count }
    var last = 0
    for index in 1..<count {
      if merged[index].start <= merged[last].end {
        merged[last] = Interval(merged[last].start, max(merged[last].end, merged[index].end))
      } else {
        last += 1
        merged[last] = merged[index]
      }
    }
    return last + 1
  }

  private static func measures(
    of predicted: UnsafeMutableBufferPointer<Interval>, reference: [Interval]
  ) -> (predicted: Double, intersection: Double) {
    var intersection = 0.0
    var i = 0
    var j = 0
    while i < predicted.count, j < reference.count {
      intersection += max(0, min(predicted[i].end, reference[j].end) - max(predicted[i].start, reference[j].start))
      if predicted[i].end <= reference[j].end { i += 1 } else { j += 1 }
    }
    return (predicted.reduce(0) { $0 + ($1.end - $1.start) }, intersection)
  }
}

extension UnsafeMutableBufferPointer<Interval> {
  /// Lists of answers are short and nearly sorted, where insertion is fastest.
  private static var longestInserted: Int { 32 }

  fileprivate func sortByStart() {
    guard count <= Self.longestInserted else {
      var buffer = self
      buffer.sort { $0.start < $1.start }
      return
    }
    for index in indices.dropFirst() {
      let part = self[index]
      var slot = index
      while slot > 0, self[slot - 1].start > part.start {
        self[slot] = self[slot - 1]
        slot -= 1
      }
      self[slot] = part
    }
  }
}
