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
    guard position + 3 < end else { return nil }
    var minutes = Int(bytes[position] &- UInt8(ascii: "0"))
    guard minutes < 10 else { return nil }
    var colon = position + 1
    if bytes[colon] != UInt8(ascii: ":") {
      let most = min(end - 2, position + AnswerTime.mostMinuteDigits)
      while colon < most, bytes[colon].isDigit {
        minutes = minutes * 10 + bytes[colon].digit
        colon += 1
      }
      guard colon + 2 < end, bytes[colon] == UInt8(ascii: ":") else { return nil }
    }
    let tens = bytes[colon + 1] &- UInt8(ascii: "0")
    let ones = bytes[colon + 2] &- UInt8(ascii: "0")
    guard tens < 6, ones < 10 else { return nil }
    position = colon + 3
    return Double(minutes * 60 + Int(tens) * 10 + Int(ones))
  }

  /// Room for the whole list is made at once.
  private static func intervals(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [Interval]? {
    let end = range.upperBound
    var position = range.lowerBound
    guard let onset = clock(bytes, &position, end: end), let first = interval(bytes, from: onset, &position, end: end) else {
      return nil
    }
    if position == end { return [first] }
    // `0:12-0:30, ` is the shortest.
    var found: [Interval] = []
    found.reserveCapacity((end - range.lowerBound) / 11 + 1)
    found.append(first)
    while true {
      guard position + 2 < end, bytes[position] == UInt8(ascii: ","), bytes[position + 1] == UInt8(ascii: " ") else {
        return nil
      }
      position += 2
      guard let onset = clock(bytes, &position, end: end), let next = interval(bytes, from: onset, &position, end: end) else {
        return nil
      }
      found.append(next)
      if position == end { return found }
    }
  }

  /// The interval whose end stands behind the hyphen at `position`.
  @inline(__always)
  private static func interval(_ bytes: Span<UInt8>, from onset: Double, _ position: inout Int, end: Int) -> Interval? {
    guard position < end, bytes[position] == UInt8(ascii: "-") else { return nil }
    position += 1
    guard let offset = clock(bytes, &position, end: end) else { return nil }
    return Interval(start: onset, end: offset)
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
