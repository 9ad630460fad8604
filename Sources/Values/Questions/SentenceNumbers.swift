/// Numbers of sentences, inserted in ascending order.
///
/// The first 64, which are all of most answers, need no memory of their own.
struct SentenceNumbers {
  private var first: UInt64 = 0
  private var later: [Int] = []

  mutating func insert(_ number: Int) {
    if number < 64 {
      first |= 1 << UInt64(number)
    } else if later.last != number {
      later.append(number)
    }
  }

  /// O(log n).
  func contains(_ number: Int) -> Bool {
    if number < 64 { return first & (1 << UInt64(number)) != 0 }
    var (low, high) = (0, later.count)
    while low < high {
      let middle = (low + high) / 2
      if later[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < later.count && later[low] == number
  }
}
