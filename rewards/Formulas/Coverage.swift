import Timelines

/// Seconds that an answer and a reference cover, each as the union of its intervals.
///
/// Nothing is allocated for lists of ordinary length: this is in the inner loop of scoring.
struct Coverage {
  var answer = 0.0
  var reference = 0.0
  var both = 0.0

  init(answer: [Interval], reference: [Interval]) {
    self = withUnsafeTemporaryAllocation(of: Range<Double>.self, capacity: answer.count + reference.count) { buffer in
      let first = UnsafeMutableBufferPointer(rebasing: buffer[..<answer.count])
      let second = UnsafeMutableBufferPointer(rebasing: buffer[answer.count...])
      return Coverage(
        UnsafeMutableBufferPointer(rebasing: first[..<Coverage.fill(first, with: answer)]),
        UnsafeMutableBufferPointer(rebasing: second[..<Coverage.fill(second, with: reference)]))
    }
  }

  /// Of merged spans.
  private init(_ answer: UnsafeMutableBufferPointer<Range<Double>>, _ reference: UnsafeMutableBufferPointer<Range<Double>>) {
    for span in answer { self.answer += span.upperBound - span.lowerBound }
    for span in reference { self.reference += span.upperBound - span.lowerBound }
    var i = 0
    var j = 0
    while i < answer.count, j < reference.count {
      let start = max(answer[i].lowerBound, reference[j].lowerBound)
      let end = min(answer[i].upperBound, reference[j].upperBound)
      both += max(0, end - start)
      if answer[i].upperBound <= reference[j].upperBound { i += 1 } else { j += 1 }
    }
  }

  /// Writes the union of `intervals` to the front of `buffer`; returns how many spans it has.
  private static func fill(_ buffer: UnsafeMutableBufferPointer<Range<Double>>, with intervals: [Interval]) -> Int {
    var count = 0
    for interval in intervals where interval.end > interval.start {
      buffer.initializeElement(at: count, to: interval.start..<interval.end)
      count += 1
    }
    return mergeSpans(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
  }

  /// Seconds covered by at least one of the two.
  var either: Double { answer + reference - both }

  /// |P ∩ R| / |P ∪ R|; 1 where both are empty.
  var ratio: Double {
    guard answer > 0 || reference > 0 else { return 1 }
    return min(1, finite(both / either))
  }

  /// The share of the answer that is right; 0 for an answer without length.
  var precision: Double { answer > 0 ? min(1, finite(both / answer)) : 0 }

  /// The share of the reference that was found; 0 for a reference without length.
  var recall: Double { reference > 0 ? min(1, finite(both / reference)) : 0 }
}

/// The number, or 0 where lengths beyond all music made it infinite or undefined.
func finite(_ number: Double) -> Double { number.isFinite ? number : 0 }
