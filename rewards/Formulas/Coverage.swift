import Timelines

/// Seconds that an answer and a reference cover, each as the union of its intervals.
struct Coverage {
  var answer: Double
  var reference: Double
  var both: Double

  init(answer: [Interval], reference: [Interval]) {
    switch (Coverage.isSortedAndDisjoint(answer), Coverage.isSortedAndDisjoint(reference)) {
    case (true, true): self.init(disjoint: answer, reference)
    case (true, false): self.init(disjoint: answer, IntervalSet(reference).intervals)
    case (false, true): self.init(disjoint: IntervalSet(answer).intervals, reference)
    case (false, false): self.init(disjoint: IntervalSet(answer).intervals, IntervalSet(reference).intervals)
    }
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

  private init(disjoint answer: [Interval], _ reference: [Interval]) {
    self.answer = answer.reduce(0) { $0 + $1.duration }
    self.reference = reference.reduce(0) { $0 + $1.duration }
    both = 0
    var i = 0
    var j = 0
    while i < answer.count, j < reference.count {
      both += answer[i].overlap(with: reference[j])
      if answer[i].end <= reference[j].end { i += 1 } else { j += 1 }
    }
  }

  static func isSortedAndDisjoint(_ intervals: [Interval]) -> Bool {
    for index in intervals.indices.dropFirst() where intervals[index].start < intervals[index - 1].end { return false }
    return true
  }
}

/// The number, or 0 where lengths beyond all music made it infinite or undefined.
func finite(_ number: Double) -> Double { number.isFinite ? number : 0 }
