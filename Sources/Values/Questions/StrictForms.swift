import Timelines

/// The prescribed forms, read from bytes without a detour: nothing is allocated but the list of intervals.
enum StrictForms {
  /// The reading of `range` if it holds the prescribed form and nothing else but line breaks at either end.
  static func read(_ bytes: Span<UInt8>, _ range: Range<Int>, form: AnswerForm) -> Reading? {
    let body = withoutLineBreaks(bytes, range)
    switch form.kind {
    case .instant:
      var position = body.lowerBound
      guard let seconds = clock(bytes, &position, end: body.upperBound), position == body.upperBound else { return nil }
      return answered(.instant(seconds))
    case .intervals:
      if isNone(bytes, body) { return Reading(outcome: .empty, answer: nil, isStrict: true) }
      return intervals(bytes, body).map { answered(.intervals($0)) }
    case .choice:
      guard body.count == 1 else { return nil }
      let index = Int(bytes[body.lowerBound]) - Int(UInt8(ascii: "A"))
      return (0..<min(26, form.choiceCount)).contains(index) ? answered(.choice(index)) : nil
    case .order:
      return order(bytes, body, items: form.items).map { answered(.order($0)) }
    case .text:
      return nil
    }
  }

  private static func answered(_ answer: Answer) -> Reading {
    Reading(outcome: .answered, answer: answer, isStrict: true)
  }

  private static func withoutLineBreaks(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, bytes[start].isLineBreak { start += 1 }
    while end > start, bytes[end - 1].isLineBreak { end -= 1 }
    return start..<end
  }

  private static func isNone(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = range.lowerBound
    return range.count == 4 && bytes[start] == UInt8(ascii: "n") && bytes[start + 1] == UInt8(ascii: "o")
      && bytes[start + 2] == UInt8(ascii: "n") && bytes[start + 3] == UInt8(ascii: "e")
  }

  /// `M:SS` from `position` on, in seconds; minutes have one to seven digits.
  @inline(__always)
  private static func clock(_ bytes: Span<UInt8>, _ position: inout Int, end: Int) -> Double? {
    var minutes = 0
    let start = position
    while position < end, bytes[position].isDigit {
      minutes = minutes &* 10 &+ bytes[position].digit
      position += 1
    }
    guard (1...AnswerTime.mostMinuteDigits).contains(position - start), position + 2 < end,
      bytes[position] == UInt8(ascii: ":")
    else { return nil }
    let tens = bytes[position + 1]
    let ones = bytes[position + 2]
    guard tens.isDigit, tens.digit < 6, ones.isDigit else { return nil }
    position += 3
    return Double(minutes * 60 + tens.digit * 10 + ones.digit)
  }

  /// Room for as many intervals is made at once.
  private static let usualIntervals = 4

  private static func intervals(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [Interval]? {
    let end = range.upperBound
    var position = range.lowerBound
    var found: [Interval] = []
    while true {
      guard let onset = clock(bytes, &position, end: end), position < end, bytes[position] == UInt8(ascii: "-") else {
        return nil
      }
      position += 1
      guard let offset = clock(bytes, &position, end: end), let interval = Interval(start: onset, end: offset) else {
        return nil
      }
      if found.isEmpty { found.reserveCapacity(usualIntervals) }
      found.append(interval)
      if position == end { return found }
      guard position + 2 < end, bytes[position] == UInt8(ascii: ","), bytes[position + 1] == UInt8(ascii: " ") else {
        return nil
      }
      position += 2
    }
  }

  private static func order(_ bytes: Span<UInt8>, _ range: Range<Int>, items: [String]) -> [Int]? {
    var position = range.lowerBound
    var order: [Int] = []
    while order.count < items.count {
      if !order.isEmpty {
        guard position < range.upperBound, bytes[position] == UInt8(ascii: ",") else { return nil }
        position += 1
      }
      let next = items.indices.filter { !order.contains($0) && holds(items[$0], bytes, position..<range.upperBound) }
      guard let index = next.max(by: { items[$0].utf8.count < items[$1].utf8.count }) else { return nil }
      order.append(index)
      position += items[index].utf8.count
    }
    return position == range.upperBound && !order.isEmpty ? order : nil
  }

  private static func holds(_ item: String, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard !item.isEmpty, item.utf8.count <= range.count else { return false }
    var position = range.lowerBound
    for byte in item.utf8 {
      guard bytes[position] == byte else { return false }
      position += 1
    }
    return true
  }
}
