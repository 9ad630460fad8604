import Numbers

extension AnswerLexer {
  /// Digits with an optional fraction.
  struct Decimal {
    var value: Double
    /// Digits before the point.
    var count: Int
    var hasFraction: Bool
  }

  /// The number, clock time or duration that starts here; `isQuoted` where a single quote that follows ends a text.
  mutating func number(isNegative: Bool, isQuoted: Bool) -> AnswerToken {
    let start = position
    guard var decimal = decimal() else { return AnswerToken(.fault, fault: .notFinite) }
    if byte(position) == UInt8(ascii: ":"), byte(position + 1).isDigit {
      guard !decimal.hasFraction else {
        skip { $0.isDigit || $0 == UInt8(ascii: ":") }
        return AnswerToken(.fault, fault: .ambiguous)
      }
      return signed(clock(first: decimal), isNegative)
    }
    if isNumberlike() {
      // `1 1/2`.
      if byte(position) == UInt8(ascii: "/"), tokens.last?.kind == .number { spoilLast() }
      let isFraction = byte(position) == UInt8(ascii: "/")
      skip { $0.isDigit || $0.isLetter || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") }
      // `3/4 of a minute`.
      let of = Array(" of a ".utf8)
      if isFraction, position + of.count <= bytes.count, bytes[position..<(position + of.count)].elementsEqual(of) {
        isCombining = true
        return AnswerToken(.half)
      }
      return AnswerToken(.word)
    }
    if let exponent = exponent(from: start) {
      guard exponent.isFinite else { return AnswerToken(.fault, fault: .notFinite) }
      decimal.value = exponent
      decimal.hasFraction = true
    }
    if thousands(&decimal), tokens.last?.kind == .range, tokens.count > 1, tokens[tokens.count - 2].kind == .number {
      // `57,000-72,000 ms`.
      return AnswerToken(.fault, fault: .ambiguous)
    }
    if decimalComma(&decimal) == false { return AnswerToken(.fault, fault: .ambiguous) }
    if let duration = duration(first: decimal, isQuoted: isQuoted) { return signed(duration, isNegative) }
    if byte(position).isLetter { return suffixed(decimal) }
    if let keyUnit, let value = AnswerTime.rounded(decimal.value * keyUnit.seconds) {
      return signed(AnswerToken(.seconds, value: value, unit: keyUnit), isNegative)
    }
    guard let value = AnswerTime.rounded(decimal.value) else { return AnswerToken(.fault, fault: .notFinite) }
    var token = AnswerToken(.number, value: isNegative ? -value : value, isGlued: isGlued(decimal))
    if decimal.hasFraction { token.label = 1 }
    return token
  }

  /// Steps over groups of three digits before milliseconds, as in `57,000 ms`.
  private mutating func thousands(_ decimal: inout Decimal) -> Bool {
    guard byte(position) == UInt8(ascii: ","), !decimal.hasFraction, decimal.count <= 3 else { return false }
    let before = position
    var value = decimal.value
    while byte(position) == UInt8(ascii: ","), byte(position + 1).isDigit, byte(position + 2).isDigit,
      byte(position + 3).isDigit,
      !byte(position + 4).isDigit, position - before < 16
    {
      value = value * 1000 + Double(byte(position + 1).digit * 100 + byte(position + 2).digit * 10 + byte(position + 3).digit)
      position += 4
    }
    let end = position
    let isMilliseconds = end > before && unit() == .millisecond
    position = isMilliseconds ? end : before
    if isMilliseconds { decimal.value = value }
    return isMilliseconds
  }

  /// Steps over a decimal comma and its one digit before a unit, as in `57,5 Sekunden`; `false` where two or three digits may be more numbers.
  ///
  /// `nil` where there is no such thing.
  private mutating func decimalComma(_ decimal: inout Decimal) -> Bool? {
    guard byte(position) == UInt8(ascii: ","), byte(position + 1).isDigit, !decimal.hasFraction,
      tokens.last.map({ $0.kind != .comma && $0.kind != .number }) ?? true
    else { return nil }
    let before = position
    position += 1
    let start = position
    while byte(position).isDigit, position - start < 4 { position += 1 }
    let count = position - start
    let end = position
    guard byte(end) != UInt8(ascii: ":"), count < 4, let unit = unit(), unit != .millisecond else {
      position = before
      return nil
    }
    // `1,5 s` may stand in English, where a comma is none of a fraction.
    let isForeign = isForeignUnit(end..<position)
    position = end
    guard count == 1, isForeign else { return false }
    decimal.value += Double(byte(start).digit) / 10
    decimal.hasFraction = true
    return true
  }

  /// Whether the unit is spelt as no English text spells it.
  private func isForeignUnit(_ range: Range<Int>) -> Bool {
    let word = bytes[range].drop { !$0.isLetter }.map(\.lowercased)
    return word.count >= 5 && !Self.englishUnits.contains(String(decoding: word, as: UTF8.self))
  }

  private static let englishUnits: Set<String> = ["second", "seconds", "minute", "minutes", "hours"]

  /// `PT1M12S`, a duration of ISO 8601 in hours, minutes and seconds; `nil` where the word is none.
  mutating func isoDuration(_ range: Range<Int>) -> AnswerToken? {
    guard byte(range.lowerBound).lowercased == UInt8(ascii: "p"), byte(range.lowerBound + 1).lowercased == UInt8(ascii: "t"),
      byte(range.lowerBound + 2).isDigit
    else { return nil }
    let before = position
    position = range.lowerBound + 2
    var total = 0.0
    var last = Unit.hour.rawValue + 1
    while byte(position).isDigit, let part = decimal() {
      let unit: Unit? =
        switch byte(position).lowercased {
        case UInt8(ascii: "h"): .hour
        case UInt8(ascii: "m"): .minute
        case UInt8(ascii: "s"): .second
        default: nil
        }
      guard let unit, unit.rawValue < last else { break }
      last = unit.rawValue
      total += part.value * unit.seconds
      position += 1
    }
    guard position >= range.upperBound, !byte(position).isDigit, !byte(position).isLetter else {
      position = before
      return AnswerToken(.fault, fault: .ambiguous)
    }
    guard let value = AnswerTime.rounded(total) else { return AnswerToken(.fault, fault: .notFinite) }
    return AnswerToken(.seconds, value: value)
  }

  /// A number with letters: an ordinal of a second, or no time at all, such as the date and time `02T00:00:57Z`.
  private mutating func suffixed(_ decimal: Decimal) -> AnswerToken {
    let start = position
    while byte(position).isDigit || byte(position).isLetter
      || (byte(position) == UInt8(ascii: ":") && byte(position + 1).isDigit)
    {
      position += 1
    }
    var ending = AnswerKeywords.Key()
    for byte in bytes[start..<position] { ending.append(byte.lowercased) }
    guard Self.ordinals.contains(ending), !decimal.hasFraction else { return AnswerToken(.word) }
    let before = position
    guard let unit = unit(), unit != .millisecond else { return AnswerToken(.word) }
    guard unit == .second, let value = AnswerTime.rounded(decimal.value) else {
      position = before
      return AnswerToken(.word)
    }
    if value <= Self.mostPlayers, isWordNext { return AnswerToken(.fault, fault: .ambiguous) }
    return AnswerToken(.seconds, value: value, unit: .second)
  }

  /// English and French endings.
  private static let ordinals = Set(["st", "nd", "rd", "th", "e", "eme", "ieme"].map { AnswerKeywords.Key($0) })

  /// Up to here an ordinal before *second* may count players: the 2nd second violin.
  private static let mostPlayers = 12.0

  /// Whether a word follows on the same line that makes *second* an ordinal, as in `the 2nd second violin`.
  private var isWordNext: Bool {
    var next = position
    while byte(next) == UInt8(ascii: " ") { next += 1 }
    guard next > position, byte(next).isLetter else { return false }
    var key = AnswerKeywords.Key()
    while byte(next).isLetter {
      key.append(byte(next).lowercased)
      next += 1
    }
    return AnswerKeywords.shared.token(for: key) == nil
  }

  private func signed(_ token: AnswerToken, _ isNegative: Bool) -> AnswerToken {
    isNegative && token.kind != .fault ? AnswerToken(.fault, fault: .negative) : token
  }

  mutating func skip(while condition: (UInt8) -> Bool) {
    while position < bytes.count, condition(bytes[position]) { position += 1 }
  }

  /// Whether what follows the digits makes them a metre or a version.
  private func isNumberlike() -> Bool {
    (byte(position) == UInt8(ascii: "/") || byte(position) == UInt8(ascii: ".")) && byte(position + 1).isDigit
  }

  /// Whether a decimal comma may follow; a clock time after the comma, or a point on either side, rules it out.
  private func isGlued(_ decimal: Decimal) -> Bool {
    guard !decimal.hasFraction, byte(position) == UInt8(ascii: ","), byte(position + 1).isDigit else { return false }
    var end = position + 1
    while end - position < 24, byte(end).isDigit { end += 1 }
    return byte(end) != UInt8(ascii: ":") && !(byte(end) == UInt8(ascii: ".") && byte(end + 1).isDigit)
  }

  /// Digits and a fraction, steps over them; `nil` where there are more than any time has.
  mutating func decimal() -> Decimal? {
    let start = position
    var digits = 0
    while byte(position).isDigit {
      if position - start < 18 { digits = digits * 10 + byte(position).digit }
      position += 1
    }
    let count = position - start
    guard count <= 18 else {
      skip { $0.isDigit || $0 == UInt8(ascii: ".") }
      return nil
    }
    guard byte(position) == UInt8(ascii: "."), byte(position + 1).isDigit else {
      return Decimal(value: Double(digits), count: count, hasFraction: false)
    }
    position += 1
    let places = fraction(after: &digits, count: count)
    return Decimal(value: places < 0 ? text(start) : Double(digits) / Self.powersOfTen[places], count: count, hasFraction: true)
  }

  /// Appends the digits of a fraction to `digits` and returns how many there are; −1 where they are too many to be exact.
  private mutating func fraction(after digits: inout Int, count: Int) -> Int {
    let start = position
    while byte(position).isDigit {
      if count + position - start < 15 { digits = digits * 10 + byte(position).digit }
      position += 1
    }
    return count + position - start <= 15 ? position - start : -1
  }

  /// The text from `start` to here as a number; digits that cannot change it are left out.
  private func text(_ start: Int) -> Double {
    Double(String(decoding: bytes[start..<min(position, start + 64)], as: UTF8.self)) ?? .infinity
  }

  private static let powersOfTen: [Double] = (0...15).map { (0..<$0).reduce(1) { power, _ in power * 10 } }

  private mutating func exponent(from start: Int) -> Double? {
    guard byte(position).lowercased == UInt8(ascii: "e") else { return nil }
    var end = position + 1
    if byte(end) == UInt8(ascii: "-") || byte(end) == UInt8(ascii: "+") { end += 1 }
    guard byte(end).isDigit else { return nil }
    let digits = end
    while byte(end).isDigit { end += 1 }
    position = end
    return end - digits > 6 ? .infinity : text(start)
  }

  // MARK: Clock times

  /// `M:SS` or `H:MM:SS` with a fraction, `first` being read already.
  private mutating func clock(first: Decimal) -> AnswerToken {
    var whole = Int(saturating: first.value)
    var later = 0
    var isShort = false
    var isBad = false
    while byte(position) == UInt8(ascii: ":"), byte(position + 1).isDigit {
      position += 1
      let start = position
      var value = 0
      while byte(position).isDigit {
        if position - start < 3 { value = value * 10 + byte(position).digit }
        position += 1
      }
      later += 1
      if later < 3 { whole = whole * 60 + value }
      isShort = isShort || position - start == 1
      isBad = isBad || position - start != 2 || value >= 60
    }
    let fraction = clockFraction()
    unitAfterClock()
    if isTimeOfDay() { return AnswerToken(.fault, fault: .ambiguous) }
    if isShort || fraction == nil { return AnswerToken(.fault, fault: .ambiguous) }
    if later > 2 || isBad { return AnswerToken(.fault, fault: .badClock) }
    guard first.count <= AnswerTime.mostMinuteDigits else { return AnswerToken(.fault, fault: .notFinite) }
    guard let fraction, Double(whole) < AnswerTime.longest else { return AnswerToken(.fault, fault: .notFinite) }
    guard fraction.places > 0 else { return AnswerToken(.clock, value: Double(whole)) }
    let scale = Self.powersOfTen[fraction.places]
    return AnswerToken(.clock, value: (Double(whole) * scale + Double(fraction.digits)) / scale)
  }

  /// Digits after a point, or exactly three after a comma; `nil` where a colon follows.
  ///
  /// Those below a microsecond are ignored.
  private mutating func clockFraction() -> (digits: Int, places: Int)? {
    let isPoint = byte(position) == UInt8(ascii: ".") && byte(position + 1).isDigit
    let isComma =
      byte(position) == UInt8(ascii: ",") && byte(position + 1).isDigit && byte(position + 2).isDigit
      && byte(position + 3).isDigit && !byte(position + 4).isDigit && byte(position + 4) != UInt8(ascii: ":")
    guard isPoint || isComma else { return (0, 0) }
    position += 1
    var digits = 0
    var places = 0
    while byte(position).isDigit {
      if places < 6 {
        digits = digits * 10 + byte(position).digit
        places += 1
      }
      position += 1
    }
    return byte(position) == UInt8(ascii: ":") && byte(position + 1).isDigit ? nil : (digits, places)
  }

  /// Whether a mark of the half of a day follows, such as *PM*; *am* in small letters is a word of German.
  private func isTimeOfDay() -> Bool {
    var next = position
    if byte(next) == UInt8(ascii: " ") { next += 1 }
    let first = byte(next)
    guard [UInt8(ascii: "a"), UInt8(ascii: "p")].contains(first.lowercased) else { return false }
    let hasPoint = byte(next + 1) == UInt8(ascii: ".")
    let last = next + (hasPoint ? 2 : 1)
    guard byte(last).lowercased == UInt8(ascii: "m"), !byte(last + 1).isLetter, !byte(last + 1).isDigit else { return false }
    return hasPoint || first.lowercased == UInt8(ascii: "p") || (first.isCapital && byte(last).isCapital)
  }

  private mutating func unitAfterClock() {
    let before = position
    if let unit = unit(), unit == .second || unit == .minute { return }
    position = before
  }
}
