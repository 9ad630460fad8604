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
  mutating func duration(first: Decimal) -> AnswerToken? {
    if let primes = primes(minutes: first) { return primes }
    let isGlued = byte(position) == UInt8(ascii: ",")
    guard !isGlued, var unit = unit() else { return nil }
    var total = unit == .millisecond ? first.value / 1000 : first.value * unit.seconds
    while let (part, smaller) = continuation(below: unit) {
      guard part < 60 else { return AnswerToken(.fault, fault: .badClock) }
      total += part * smaller.seconds
      unit = smaller
    }
    if unit.rawValue > Unit.second.rawValue, isBareNumberNext { return AnswerToken(.fault, fault: .ambiguous) }
    guard total < Self.longestTime else { return AnswerToken(.fault, fault: .notFinite) }
    return AnswerToken(.seconds, value: total)
  }

  /// `1'12"`, with two digits for the seconds and the second prime optional.
  private mutating func primes(minutes: Decimal) -> AnswerToken? {
    guard byte(position) == UInt8(ascii: "'"), byte(position + 1).isDigit, byte(position + 2).isDigit,
      !byte(position + 3).isDigit, !minutes.hasFraction, minutes.count <= Self.mostMinuteDigits
    else { return nil }
    let seconds = byte(position + 1).digit * 10 + byte(position + 2).digit
    position += 3
    skip { $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\"") }
    guard seconds < 60 else { return AnswerToken(.fault, fault: .badClock) }
    return AnswerToken(.seconds, value: minutes.value * 60 + Double(seconds))
  }

  /// A number with a unit smaller than `unit`, after blanks, a comma or *and*; two digits right after `m` are seconds.
  private mutating func continuation(below unit: Unit) -> (Double, Unit)? {
    guard unit.rawValue > Unit.second.rawValue else { return nil }
    let before = position
    let isAdjacent = byte(position).isDigit
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
    }
    position = before
    return nil
  }

  /// Whether a number of one or two digits without a unit follows and ends there, as in `1 min 12`: seconds, perhaps.
  private var isBareNumberNext: Bool {
    var next = position
    while byte(next) == UInt8(ascii: " ") { next += 1 }
    guard next > position, byte(next).isDigit else { return false }
    next += byte(next + 1).isDigit ? 2 : 1
    if byte(next) == UInt8(ascii: "."), byte(next + 1).isDigit { return false }
    while byte(next) == UInt8(ascii: " ") { next += 1 }
    return [0, UInt8(ascii: "\n"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "-"), UInt8(ascii: ")")].contains(
      byte(next))
  }

  private mutating func skipBlanks() {
    skip { $0 == UInt8(ascii: " ") }
  }

  private mutating func skipAnd() {
    guard byte(position) == UInt8(ascii: "a"), byte(position + 1) == UInt8(ascii: "n"), byte(position + 2) == UInt8(ascii: "d"),
      byte(position + 3) == UInt8(ascii: " ")
    else { return }
    position += 4
    skipBlanks()
  }

  /// The unit that follows, after blanks or a hyphen; `nil`, with nothing consumed, where none does.
  mutating func unit() -> Unit? {
    let before = position
    skipBlanks()
    if position == before, byte(position) == UInt8(ascii: "-"), byte(position + 1).lowercased == UInt8(ascii: "s") {
      position += 1
    }
    var key = AnswerKeywords.Key()
    while byte(position).isLetter, key.length < 16 {
      key.append(byte(position).lowercased)
      position += 1
    }
    if !byte(position).isLetter, key.length > 0, let unit = Self.units[key] { return unit }
    position = before
    return nil
  }

  private static let units: [AnswerKeywords.Key: Unit] = {
    let words: [(Unit, String)] = [
      (.millisecond, "ms msec millisecond milliseconds"),
      (.second, "s sec secs second seconds"),
      (.minute, "m min mins minute minutes"),
      (.hour, "h hr hrs hour hours"),
    ]
    return Dictionary(
      uniqueKeysWithValues: words.flatMap { unit, list in
        list.split(separator: " ").map { (AnswerKeywords.Key(String($0)), unit) }
      })
  }()

  /// A time spelled in tokens of its own, read from behind the first angle bracket; `nil` where there is none.
  ///
  /// `<a_1><a_2><f_4>` and `<TIME_1><TIME_2><TIME_DOT><TIME_4>` are both 12.4 s (TimeAudio).
  mutating func digitTokens() -> AnswerToken? {
    let before = position
    var whole = 0.0
    var scale = 1.0
    var digits = 0
    var isFraction = false
    while let symbol = digitToken(isFirst: digits == 0 && !isFraction), digits < 12 {
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
    return AnswerToken(.seconds, value: whole / scale)
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
