extension AnswerLexer {
  enum Unit: Int {
    case millisecond, second, minute, hour

    var seconds: Double {
      switch self {
      case .millisecond: 0.001
      case .second: 1
      case .minute: 60
      case .hour: 3600
      }
    }
  }

  /// A number with its unit, and the smaller units that continue it, such as `1 min 12 s`, `1m12s` or `1'12"`.
  ///
  /// `nil`, with nothing consumed, where no unit follows.
  mutating func duration(first: Decimal, isQuoted: Bool) -> AnswerToken? {
    if !isQuoted, let primes = primes(minutes: first) { return primes }
    let isGlued = byte(position) == UInt8(ascii: ",")
    let isHyphenated = byte(position) == UInt8(ascii: "-")
    guard !isGlued, let unit = unit() else { return nil }
    var token = duration(of: first.value, unit)
    if isHyphenated { token.sense = .unit }
    return token
  }

  /// The same for a number in words; *a* is 1 before a minute or an hour, but not before *second*.
  mutating func duration(ofNumeral value: Double, isArticle: Bool) -> AnswerToken? {
    guard let first = numeral(from: value), let unit = unit() else { return nil }
    if isArticle, unit.rawValue < Unit.minute.rawValue { return nil }
    if unit.rawValue >= Unit.minute.rawValue, skipsHalf() {
      isCombining = true
      return AnswerTime.rounded((first + 0.5) * unit.seconds).map { AnswerToken(.seconds, value: $0) }
    }
    // `one second guitar`
    return duration(of: first, unit)
  }

  /// Steps over *and a half* that ends there, as in *a minute and a half*.
  private mutating func skipsHalf() -> Bool {
    let before = position
    for word in Self.andAHalf {
      skipBlanks()
      guard position + word.count <= bytes.count, bytes[position..<(position + word.count)].elementsEqual(word) else {
        position = before
        return false
      }
      position += word.count
    }
    let end = position
    let isFollowed = byte(end).isDigit || byte(end).isLetter || unit() != nil
    position = isFollowed ? before : end
    return !isFollowed
  }

  private static let andAHalf = ["and", "a", "half"].map { Array($0.utf8) }

  private mutating func duration(of value: Double, _ first: Unit) -> AnswerToken {
    var unit = first
    var isSingle = true
    var total = unit == .millisecond ? value / 1000 : value * unit.seconds
    while let (part, smaller) = continuation(below: unit) {
      guard part < 60 else { return AnswerToken(.fault, fault: .badClock) }
      total += part * smaller.seconds
      unit = smaller
      isSingle = false
    }
    isCombining = true
    if unit.rawValue > Unit.second.rawValue, isBareNumberNext || skipsNumeral() {
      skipTail()
      return AnswerToken(.fault, fault: .ambiguous)
    }
    guard let rounded = AnswerTime.rounded(total) else { return AnswerToken(.fault, fault: .notFinite) }
    return AnswerToken(.seconds, value: rounded, unit: isSingle ? first : nil)
  }

  /// `1'12"`, `1'5"`, `1'23.5"` and, with two digits for the seconds, `1'12`; what may mean several times is a fault.
  private mutating func primes(minutes: Decimal) -> AnswerToken? {
    guard byte(position) == UInt8(ascii: "'"), !minutes.hasFraction, !byte(position + 1).isLetter else { return nil }
    if byte(position + 1) == UInt8(ascii: "'") {
      position += 2
      return AnswerTime.rounded(minutes.value).map { AnswerToken(.seconds, value: $0, unit: .second) }
    }
    var next = position + 1
    while byte(next) == UInt8(ascii: " ") { next += 1 }
    let isSpaced = next > position + 1
    position += 1
    guard byte(next).isDigit else { return AnswerToken(.fault, fault: .ambiguous) }
    let before = position
    position = next
    guard let seconds = decimal() else { return AnswerToken(.fault, fault: .notFinite) }
    let end = position
    skip { $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\"") }
    let isClosed = position > end
    if isSpaced, !isClosed {
      position = before
      return AnswerToken(.fault, fault: .ambiguous)
    }
    guard !byte(position).isDigit, isClosed || seconds.count == 2, seconds.count <= 2 else {
      skipTail()
      return AnswerToken(.fault, fault: .ambiguous)
    }
    guard minutes.count <= AnswerTime.mostMinuteDigits, let total = AnswerTime.rounded(minutes.value * 60 + seconds.value)
    else {
      return AnswerToken(.fault, fault: .notFinite)
    }
    guard seconds.value < 60 else { return AnswerToken(.fault, fault: .badClock) }
    return AnswerToken(.seconds, value: total)
  }

  /// Steps over what would otherwise be read as a number of its own.
  private mutating func skipTail() {
    skip { $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\"") }
  }

  /// A number with a unit smaller than `unit`, after blanks, a point, a comma or *and*; two digits right after `m` are seconds.
  private mutating func continuation(below unit: Unit) -> (Double, Unit)? {
    guard unit.rawValue > Unit.second.rawValue else { return nil }
    let before = position
    let isAdjacent = byte(position).isDigit
    if byte(position) == UInt8(ascii: ".") { position += 1 }
    skipBlanks()
    if byte(position) == UInt8(ascii: ",") { position += 1 }
    skipBlanks()
    skipAnd()
    if byte(position).isDigit, let part = decimal() {
      if let smaller = self.unit() {
        if smaller.rawValue < unit.rawValue, smaller != .millisecond { return (part.value, smaller) }
      } else if isAdjacent, unit == .minute, part.count == 2, !byte(position).isLetter, byte(position) != UInt8(ascii: ":") {
        return (part.value, .second)
      }
    } else if byte(position).isLetter, let part = numeralHere(), let smaller = self.unit(), smaller.rawValue < unit.rawValue {
      return (part, smaller)
    }
    position = before
    return nil
  }

  // MARK: Numbers in words

  private mutating func numeralHere() -> Double? {
    guard let token = keywordHere(), token.kind == .numeral else { return nil }
    return numeral(from: token.value)
  }

  /// `value`, with the ones that follow tens: *twenty-three*; no ones after anything else.
  private mutating func numeral(from value: Double) -> Double? {
    if value < 10 || value == 100 {
      let before = position
      skipBlanks()
      if value == 100 || (byte(position).lowercased == UInt8(ascii: "h") && keywordHere()?.value == 100) {
        return hundreds(value == 100 ? 1 : value)
      }
      position = before
      return value
    }
    guard value >= 20 else { return value }
    let before = position
    if byte(position) == UInt8(ascii: "-") || byte(position) == UInt8(ascii: " ") { position += 1 }
    if byte(position).isLetter, byte(position).lowercased != UInt8(ascii: "a"), let ones = keywordHere(), ones.kind == .numeral,
      ones.value < 10
    {
      return value + ones.value
    }
    position = before
    return value
  }

  /// `count` hundreds, with the tens and ones that follow: *one hundred and five*.
  private mutating func hundreds(_ count: Double) -> Double? {
    let before = position
    skipBlanks()
    skipAnd()
    if byte(position).isLetter, let rest = keywordHere(), rest.kind == .numeral, rest.value < 100,
      let value = numeral(from: rest.value), value < 100
    {
      return count * 100 + value
    }
    position = before
    return count * 100
  }

  /// The keyword that starts here, stepped over; `nil` for other words.
  private mutating func keywordHere() -> AnswerToken? {
    var key = AnswerKeywords.Key()
    while byte(position).isLetter {
      key.append(byte(position).lowercased)
      position += 1
    }
    return AnswerKeywords.shared.token(for: key)
  }

  /// Whether a number of one or two digits without a unit follows and ends there, as in `1 min 12` or `1m5`: seconds, perhaps.
  private var isBareNumberNext: Bool {
    var next = position
    if byte(next) == UInt8(ascii: ".") { next += 1 }
    while byte(next) == UInt8(ascii: " ") { next += 1 }
    if byte(next) == UInt8(ascii: ",") { next += 1 }
    while byte(next) == UInt8(ascii: " ") { next += 1 }
    if byte(next) == UInt8(ascii: "a"), byte(next + 1) == UInt8(ascii: "n"), byte(next + 2) == UInt8(ascii: "d") { next += 4 }
    guard byte(next).isDigit else { return false }
    next += byte(next + 1).isDigit ? 2 : 1
    if byte(next) == UInt8(ascii: "."), byte(next + 1).isDigit { return false }
    while byte(next) == UInt8(ascii: " ") { next += 1 }
    return Self.endsOfNumbers.contains(byte(next))
  }

  /// Steps over a number in words without a unit, as in *one minute twenty-three*, if nothing but the end of the clause follows.
  private mutating func skipsNumeral() -> Bool {
    let before = position
    skipBlanks()
    if position > before {
      skipAnd()
      if byte(position).isLetter, numeralHere() != nil {
        var next = position
        while byte(next) == UInt8(ascii: " ") { next += 1 }
        if Self.endsOfNumbers.contains(byte(next)) { return true }
      }
    }
    position = before
    return false
  }

  private static let endsOfNumbers = [0] + Array("\n.,-)]}\"'*;!?<".utf8)

  private mutating func skipBlanks() {
    skip { $0 == UInt8(ascii: " ") }
  }

  /// Steps over *and*, in any of the languages that are known.
  private mutating func skipAnd() {
    guard byte(position).isLetter else { return }
    let before = position
    if keywordHere()?.kind == .and, byte(position) == UInt8(ascii: " ") { skipBlanks() } else { position = before }
  }

  /// The unit that follows, after blanks or a hyphen; `nil`, with nothing consumed, where none does.
  mutating func unit() -> Unit? {
    let before = position
    skipBlanks()
    if position == before, byte(position) == UInt8(ascii: "-"), byte(position + 1).isLetter { position += 1 }
    var key = AnswerKeywords.Key()
    while byte(position).isLetter {
      key.append(byte(position).lowercased)
      position += 1
    }
    if key.length > 0, let token = AnswerKeywords.shared.token(for: key), token.kind == .unitWord { return token.unit }
    position = before
    return nil
  }

  /// A time spelled in tokens of its own, read from behind the first angle bracket; `nil` where there is none.
  ///
  /// `<a_1><a_2><f_4>` and `<TIME_1><TIME_2><TIME_DOT><TIME_4>` are both 12.4 s (TimeAudio).
  mutating func digitTokens() -> AnswerToken? {
    let before = position
    var whole = 0.0
    var scale = 1.0
    var digits = 0
    var isFraction = false
    while let symbol = digitToken(isFirst: digits == 0 && !isFraction) {
      switch symbol {
      case .whole(let digit):
        whole = whole * 10 + Double(digit)
        if isFraction { scale *= 10 }
        digits += 1
      case .fraction(let digit):
        isFraction = true
        whole = whole * 10 + Double(digit)
        scale *= 10
        digits += 1
      case .point:
        isFraction = true
      }
    }
    guard digits > 0 else {
      position = before
      return nil
    }
    guard digits <= 15, let value = AnswerTime.rounded(whole / scale) else { return AnswerToken(.fault, fault: .notFinite) }
    return AnswerToken(.seconds, value: value, unit: .second)
  }

  private enum DigitToken { case whole(Int), fraction(Int), point }

  private mutating func digitToken(isFirst: Bool) -> DigitToken? {
    var index = position
    if !isFirst {
      guard byte(index) == UInt8(ascii: "<") else { return nil }
      index += 1
    }
    var prefix = AnswerKeywords.Key()
    while byte(index).isLetter, prefix.length < 16 {
      prefix.append(byte(index).lowercased)
      index += 1
    }
    let digit = byte(index).isDigit ? byte(index).digit : nil
    let end = digit == nil ? index : index + 1
    guard byte(end) == UInt8(ascii: ">"), let symbol = Self.symbol(prefix, digit) else { return nil }
    position = end + 1
    return symbol
  }

  private static func symbol(_ prefix: AnswerKeywords.Key, _ digit: Int?) -> DigitToken? {
    switch (prefix, digit) {
    case (wholePrefix, .some(let digit)), (timePrefix, .some(let digit)): .whole(digit)
    case (fractionPrefix, .some(let digit)): .fraction(digit)
    case (pointName, nil): .point
    default: nil
    }
  }

  private static let wholePrefix = AnswerKeywords.Key("a_")
  private static let fractionPrefix = AnswerKeywords.Key("f_")
  private static let timePrefix = AnswerKeywords.Key("time_")
  private static let pointName = AnswerKeywords.Key("time_dot")
}
