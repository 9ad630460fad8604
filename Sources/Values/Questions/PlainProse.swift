import Timelines

/// The commonest answers that are not in the prescribed form, read from bytes in one pass.
///
/// One time, or one row of intervals, among words that say nothing else: `The flute enters at 0:57.`, `**Answer:** 0:57-1:12, 2:10-2:25`.
/// It reads nothing otherwise than the grammars do, and leaves to them whatever holds another word, mark or number; tests compare both.
enum PlainProse {
  /// Longer texts are left to the grammars.
  private static let longest = 400

  static func read(_ bytes: Span<UInt8>, _ kind: AnswerKind) -> Reading? {
    guard kind == .instant || kind == .intervals, bytes.count <= longest else { return nil }
    let wantsInstant = kind == .instant
    let end = bytes.count
    let keywords = AnswerKeywords.shared
    var position = 0
    var instant: Double?
    var intervals: [Interval] = []
    // Whether a blank, or the start, stands before; whether nothing but one stands between here and the time before.
    var isApart = true
    var isAfterTime = false
    var hasTime = false
    var lastRole = AnswerKeywords.PlainRole.plain
    var lastLength = 0
    while position < end {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "*"):
        position += 1
        isApart = true
      case _ where byte.isDigit:
        guard isApart, !hasTime else { return nil }
        if wantsInstant {
          guard let time = clock(bytes, &position), isEnd(bytes, position) else { return nil }
          instant = time
        } else {
          guard row(bytes, &position, into: &intervals) else { return nil }
        }
        hasTime = true
        isAfterTime = true
        isApart = false
        lastRole = .plain
        lastLength = 0
      case _ where byte.isLetter:
        guard isApart, byte != UInt8(ascii: "_"), byte != FoldedText.foreignLetter else { return nil }
        var key = AnswerKeywords.Key()
        let start = position
        while position < end {
          let next = bytes[position]
          guard next.isLetter || (next == UInt8(ascii: "'") && position + 1 < end && bytes[position + 1].isLetter) else {
            break
          }
          // `0:57 PM'…`.
          guard next != UInt8(ascii: "_"), next != FoldedText.foreignLetter, next != UInt8(ascii: "'") || !isAfterTime else {
            return nil
          }
          key.append(next.lowercased)
          position += 1
        }
        lastRole = keywords.plainRole(of: key)
        lastLength = position - start
        switch lastRole {
        case .other: return nil
        case .start where !wantsInstant || hasTime: return nil
        case .marker where hasTime: return nil
        default: break
        }
        // `0:57 PM`; *i* is Polish for *and*.
        if isAfterTime, lastLength <= 2 { return nil }
        isAfterTime = false
        isApart = false
      case UInt8(ascii: "."):
        // Points of abbreviations are left to the lexer.
        guard isAfterTime || lastLength > 2, position + 1 == end || bytes[position + 1].isBlank else { return nil }
        position += 1
        isAfterTime = false
        isApart = false
        lastLength = 0
      case UInt8(ascii: ","):
        guard isAfterTime || lastLength > 0, position + 1 < end, bytes[position + 1] == UInt8(ascii: " ") else { return nil }
        position += 1
        isAfterTime = false
        isApart = false
      case UInt8(ascii: ":"):
        guard lastRole == .marker, !hasTime, position + 1 < end, !bytes[position + 1].isDigit else { return nil }
        position += 1
        isApart = false
        lastLength = 0
        lastRole = .plain
      case UInt8(ascii: "\n") where wantsInstant || position + 1 == end:
        position += 1
        isAfterTime = false
        isApart = true
      default: return nil
      }
    }
    if let instant { return AnswerGrammar.answered(.instant(instant)) }
    return intervals.isEmpty ? nil : AnswerGrammar.answered(.intervals(intervals))
  }

  /// `0:57-1:12, 2:10-2:25`.
  private static func row(_ bytes: Span<UInt8>, _ position: inout Int, into intervals: inout [Interval]) -> Bool {
    while true {
      guard let onset = clock(bytes, &position), dash(bytes, &position), let offset = clock(bytes, &position),
        isEnd(bytes, position), let interval = Interval(start: onset, end: offset)
      else { return false }
      if intervals.isEmpty { intervals.reserveCapacity(4) }
      intervals.append(interval)
      guard position + 2 < bytes.count, bytes[position] == UInt8(ascii: ","), bytes[position + 1] == UInt8(ascii: " "),
        bytes[position + 2].isDigit
      else { return true }
      position += 2
    }
  }

  /// `M:SS`, in seconds.
  private static func clock(_ bytes: Span<UInt8>, _ position: inout Int) -> Double? {
    var minutes = 0
    let start = position
    while position < bytes.count, bytes[position].isDigit {
      minutes = minutes &* 10 &+ bytes[position].digit
      position += 1
    }
    guard position - start <= AnswerTime.mostMinuteDigits, position > start, position + 2 < bytes.count,
      bytes[position] == UInt8(ascii: ":"), bytes[position + 1].isDigit, bytes[position + 1].digit < 6,
      bytes[position + 2].isDigit
    else { return nil }
    let seconds = bytes[position + 1].digit * 10 + bytes[position + 2].digit
    position += 3
    return Double(minutes * 60 + seconds)
  }

  /// A hyphen or an en dash.
  private static func dash(_ bytes: Span<UInt8>, _ position: inout Int) -> Bool {
    guard position < bytes.count else { return false }
    if bytes[position] == UInt8(ascii: "-") {
      position += 1
      return true
    }
    guard position + 2 < bytes.count, bytes[position] == 0xE2, bytes[position + 1] == 0x80, bytes[position + 2] == 0x93 else {
      return false
    }
    position += 3
    return true
  }

  /// Whether a time that ends here goes on in no way.
  private static func isEnd(_ bytes: Span<UInt8>, _ position: Int) -> Bool {
    guard position < bytes.count else { return true }
    switch bytes[position] {
    case UInt8(ascii: " "), UInt8(ascii: "*"), UInt8(ascii: "\n"): return true
    case UInt8(ascii: "."), UInt8(ascii: ","): return position + 1 == bytes.count || bytes[position + 1].isBlank
    default: return false
    }
  }
}
