/// Sorts spans by their start and merges those that overlap or touch, in place; returns how many are left at the front.
///
/// Lists of spans are short and nearly sorted, so this inserts rather than sorts until they are long.
func mergeSpans<Bound: Comparable>(_ list: UnsafeMutableBufferPointer<Range<Bound>>) -> Int {
  var spans = list
  guard spans.count > 1 else { return spans.count }
  if spans.count > 32 {
    spans.sort { $0.lowerBound < $1.lowerBound }
  } else {
    for index in 1..<spans.count {
      let span = spans[index]
      var hole = index
      while hole > 0, spans[hole - 1].lowerBound > span.lowerBound {
        spans[hole] = spans[hole - 1]
        hole -= 1
      }
      spans[hole] = span
    }
  }
  var last = 0
  for index in 1..<spans.count {
    if spans[index].lowerBound <= spans[last].upperBound {
      let end = max(spans[last].upperBound, spans[index].upperBound)
      spans[last] = spans[last].lowerBound..<end
    } else {
      last += 1
      spans[last] = spans[index]
    }
  }
  return last + 1
}
