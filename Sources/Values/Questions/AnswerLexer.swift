/// Cuts folded text into the tokens of the time grammars.
struct AnswerLexer {
  let bytes: [UInt8]
  var position = 0
  var tokens: [AnswerToken] = []
  /// Whether some tokens mean something else beside their neighbours.
  var isCombining = false
  /// Whether a single quote is open, so that the next one is no prime.
  private var isQuoted = false
  /// The number of the last item of a list.
  private var lastLabel = 0
  /// How many angle brackets are open.
  private var angles = 0
  /// Whether the unit of the key ends with its line, as in `start_ms: 57000`.
  var isBareKey = false
  /// The unit that the key of an object gives the numbers behind it, as in `"start_ms"`.
  var keyUnit: Unit?
  /// Whether a key of this text gave its numbers a unit other than seconds.
  var hasKeyUnit = false
  /// The unit that an object names for its numbers, as in `"unit": "ms"`; `nil` where it is unknown.
  var namedUnit: NamedUnit?

  enum NamedUnit: Equatable { case known(Unit), unknown }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  static func tokens(of bytes: [UInt8]) -> [AnswerToken] {
    var lexer = AnswerLexer(LatexText.rewritten(MarkdownTable.rewritten(bytes)))
    lexer.tokens.reserveCapacity(16)
    while lexer.position < lexer.bytes.count { lexer.step() }
    lexer.applyNamedUnit()
    lexer.spoilMilliseconds()
    if lexer.isCombining { lexer.spoilMinutes() }
    return lexer.isCombining ? TokenCombining.combined(lexer.tokens) : lexer.tokens
  }

  /// The byte at `index`, or 0 past the end.
  func byte(_ index: Int) -> UInt8 {
    index < bytes.count ? bytes[index] : 0
  }

  mutating func append(_ token: AnswerToken) {
    if token.kind == .word, let last = tokens.last, last.kind == .word {
      guard last.sense == .whole || token.sense == .whole || last.sense == .into else {
        let label = last.label &* 31 &+ token.label
        if token.sense == .perfect {
          let isUnreal = last.sense == .would || last.sense == .correcting
          if isUnreal { tokens[tokens.count - 1].sense = .hypothetical }
        } else if last.sense == .parting || last.sense == .hypothetical {
          // What it says stays said.
        } else if token.sense != .plain || last.sense == .measuring {
          tokens[tokens.count - 1] = token
        }
        tokens[tokens.count - 1].label = label
        return
      }
    }
    tokens.append(token)
  }

  /// Makes the last token a fault, because of what follows it.
  mutating func spoilLast() {
    tokens[tokens.count - 1] = AnswerToken(.fault, fault: .ambiguous)
  }

  private mutating func step() {
    let current = bytes[position]
    if current.isDigit || (current == UInt8(ascii: ".") && byte(position + 1).isDigit) {
      let isLineStart = tokens.last.map { $0.kind == .newline } ?? true
      if isLineStart, label() { return append(AnswerToken(.bullet)) }
      let isSpaced = position > 1 && bytes[position - 1] == UInt8(ascii: " ") && bytes[position - 2].isDigit
      let token = number(isNegative: false, isQuoted: isQuoted)
      // `57 000 ms`.
      if isSpaced, token.unit == .millisecond, tokens.last?.kind == .number { return spoilLast() }
      append(token)
    } else if current.isLetter {
      word()
    } else {
      punctuation(current)
    }
  }

  /// Steps over `1. ` or `2) ` where it numbers an item of a list, which begins with 1 and counts on.
  private mutating func label() -> Bool {
    var end = position
    var value = 0
    while byte(end).isDigit, end - position < 3 {
      value = value * 10 + byte(end).digit
      end += 1
    }
    guard byte(end) == UInt8(ascii: ".") || byte(end) == UInt8(ascii: ")"), byte(end + 1) == UInt8(ascii: " "),
      value == 1 || (value == lastLabel + 1 && lastLabel > 0)
    else { return false }
    lastLabel = value
    position = end + 2
    return true
  }

  private mutating func word() {
    // `__1:12__`.
    while byte(position) == UInt8(ascii: "_") { position += 1 }
    if byte(position).isDigit { return }
    let start = position
    var key = AnswerKeywords.Key()
    while position < bytes.count {
      let current = bytes[position]
      let isJoint = current == UInt8(ascii: "'") || current == UInt8(ascii: "/")
      guard current.isLetter || current.isDigit || (isJoint && byte(position + 1).isLetter) else { break }
      key.append(current.lowercased)
      position += 1
    }
    if key.length <= 2, abbreviation(key) { return }
    if key == Self.`as`, bytes[position...].starts(with: Self.wellAs) {
      position += Self.wellAs.count
      return append(AnswerToken(.and))
    }
    if key == Self.vi, bytes[position...].starts(with: Self.du) {
      // Vietnamese *ví dụ*: for example.
      position += Self.du.count
      return append(AnswerToken(.doubt))
    }
    guard let token = AnswerKeywords.shared.token(for: key) else { return unknown(start..<position, key) }
    switch token.kind {
    case .numeral: numeral(token, isArticle: bytes[start].lowercased == UInt8(ascii: "a"))
    case .introducing where token.sense == .joining && isAfterTime && isDigitNext: append(AnswerToken(.range))
    case .introducing where bytes[start].lowercased == UInt8(ascii: "a") && key.length == 2 && isAfterTime && isDigitNext:
      // `0:57 à 1:12`.
      append(AnswerToken(bytes[start + 1] == FoldedText.foreignLetter ? .range : .introducing))
    case .word where (token.sense == .finish || token.sense == .place) && colonNext != nil:
      append(MarkdownTable.ends[key].map { AnswerToken($0) } ?? token)
    case .word where token.sense == .only && tokens.last?.kind == .not:
      // `not only` denies nothing.
      tokens[tokens.count - 1] = AnswerToken(.also)
    case .word where token.sense == .parting || token.sense == .silent:
      isCombining = true
      var named = token
      if key.length > 3 { named.label = key.label }
      append(named)
    case .unitWord, .half, .relative, .lasting:
      isCombining = true
      append(token)
    default: append(token)
    }
  }

  private static let `as` = AnswerKeywords.Key("as")
  private static let wellAs = Array(" well as".utf8)
  private static let vi = AnswerKeywords.Key("vi")
  private static let du = Array(" du".utf8)

  /// A number in words with its unit, such as *one minute and twelve seconds*; *a* between two times joins them.
  private mutating func numeral(_ token: AnswerToken, isArticle: Bool) {
    if isArticle, isAfterTime, isDigitNext { return append(AnswerToken(.range)) }
    let before = position
    if let duration = duration(ofNumeral: token.value, isArticle: isArticle) { return append(duration) }
    position = before
    append(AnswerToken(.word))
  }

  private var isDigitNext: Bool {
    var next = position
    while byte(next) == UInt8(ascii: " ") { next += 1 }
    return next > position && byte(next).isDigit
  }

  /// A word that is no keyword, or the name of a value: `time_sec: 57`, `Beginn: 0:57`.
  private mutating func unknown(_ range: Range<Int>, _ key: AnswerKeywords.Key) {
    // Polish: *od 0:57 do 1:12 i od 2:10*.
    if key.length == 1, bytes[range.lowerBound] == UInt8(ascii: "i"), isAfterTime { return append(AnswerToken(.and)) }
    if key.length > 3, let time = isoDuration(range) { return append(time) }
    guard let colon = colonNext else { return append(AnswerToken(naming: key)) }
    if let kind = MarkdownTable.ends[key] { return append(AnswerToken(kind)) }
    guard bytes[range].contains(UInt8(ascii: "_")), namesValue(range, colon: colon) else {
      return append(AnswerToken(naming: key))
    }
  }

  /// Where a colon or an equals sign stands that follows, blanks aside; `nil` where something else does.
  private var colonNext: Int? {
    var next = position
    while byte(next) == UInt8(ascii: " ") { next += 1 }
    return byte(next) == UInt8(ascii: ":") || byte(next) == UInt8(ascii: "=") ? next : nil
  }

  private mutating func punctuation(_ current: UInt8) {
    position += 1
    switch current {
    case UInt8(ascii: "\n"):
      if isBareKey { keyUnit = nil }
      append(AnswerToken(.newline))
    case UInt8(ascii: ","), UInt8(ascii: ";"): append(AnswerToken(.comma))
    case UInt8(ascii: ":"): colon()
    case UInt8(ascii: "=") where byte(position) == UInt8(ascii: ">"):
      position += 1
      if isAfterTime { append(AnswerToken(.range)) }
    case UInt8(ascii: "="): append(labelled())
    case UInt8(ascii: "."): dots()
    case UInt8(ascii: "!"): append(AnswerToken(.stop))
    case UInt8(ascii: "?"):
      append(AnswerToken(.hedge, .asking))
      append(AnswerToken(.stop))
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): append(AnswerToken(.open))
    case UInt8(ascii: ">") where angles == 0 && !isQuote && isBound: bound()
    case UInt8(ascii: ">"):
      angles = max(0, angles - 1)
      append(AnswerToken(.close))
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): append(AnswerToken(.close))
    case UInt8(ascii: "&"): append(AnswerToken(.and))
    case UInt8(ascii: "@"): append(AnswerToken(.introducing))
    case UInt8(ascii: "%"), UInt8(ascii: "#"):
      // `##` begins a heading.
      if byte(position).isDigit || tokens.last.map({ $0.kind != .newline }) ?? false { append(AnswerToken(.counting)) }
    case UInt8(ascii: "+") where byte(position) == UInt8(ascii: "/") && byte(position + 1) == UInt8(ascii: "-"): tolerance()
    case UInt8(ascii: "/"), UInt8(ascii: "+"), UInt8(ascii: "^"): append(AnswerToken(.word))
    case UInt8(ascii: "~"): if isAfterTime { append(AnswerToken(.range)) }
    case UInt8(ascii: "-"): dash()
    case UInt8(ascii: "<"): angle()
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      if key(quote: current) { return }
      if current == UInt8(ascii: "'") { isQuoted = !isQuoted && (position < 2 || !bytes[position - 2].isLetter) }
    default: break
    }
  }

  /// Whether the last token is a time or closes a bracket around one.
  var isAfterTime: Bool {
    guard let last = tokens.last else { return false }
    return last.isTime || last.kind == .fault || last.kind == .close
  }

  /// The end of a sentence, or dots that join two times, such as `0:57..1:12`.
  ///
  /// The point of an abbreviation such as *approx.* is none.
  private mutating func dots() {
    let isRun = byte(position) == UInt8(ascii: ".")
    skip { $0 == UInt8(ascii: ".") }
    if isRun, isAfterTime, byte(position).isDigit { return append(AnswerToken(.range)) }
    if let last = tokens.last?.kind, last == .introducing || last == .unitWord, byte(position) == UInt8(ascii: " ") { return }
    append(AnswerToken(.stop))
  }

  /// A colon, or a clock time that has lost its minutes.
  private mutating func colon() {
    guard byte(position).isDigit, position < 2 || bytes[position - 2].isBlank || Self.gaps.contains(bytes[position - 2]),
      tokens.last?.kind != .marker,
      tokens.last?.kind != .copula
    else { return append(labelled()) }
    let start = position
    skip { $0.isDigit }
    // `:0:57`.
    if byte(position) == UInt8(ascii: ":"), byte(position + 1).isDigit {
      position = start
      return append(labelled())
    }
    append(AnswerToken(.fault, fault: .ambiguous))
  }

  /// Steps over what stands behind `±`, which is no time; its unit is also that of a bare number before it.
  private mutating func tolerance() {
    position += 2
    skip { $0 == UInt8(ascii: " ") }
    guard byte(position).isDigit else { return }
    let unit = number(isNegative: false, isQuoted: isQuoted).unit
    if let unit, let last = tokens.last, last.kind == .number, let value = AnswerTime.rounded(last.value * unit.seconds) {
      tokens[tokens.count - 1] = AnswerToken(.seconds, value: value, unit: unit)
    }
  }

  /// A minus sign, an arrow, the dash of a range, or a bullet.
  private mutating func dash() {
    let start = position
    var isArrow = false
    while byte(position) == UInt8(ascii: "-") { position += 1 }
    if byte(position) == UInt8(ascii: ">") {
      position += 1
      isArrow = true
    } else if byte(position).isDigit, start > 1, bytes[start - 2].lowercased == UInt8(ascii: "t"),
      start == 2 || !bytes[start - 3].isLetter
    {
      // `T-0:30`.
      return append(AnswerToken(.fault, fault: .negative))
    } else if byte(position).isDigit, !isAfterTime, position < 2 || !bytes[position - 2].isLetter {
      append(number(isNegative: true, isQuoted: isQuoted))
      return
    } else if byte(position) == UInt8(ascii: " "), tokens.last.map({ $0.kind == .newline }) ?? true {
      return append(AnswerToken(.bullet))
    }
    let isSpaced = start > 1 && bytes[start - 2].isBlank
    var token = isSpaced ? AnswerToken(.range, .joining) : AnswerToken(.range)
    if isArrow { token.label = 1 }
    append(token)
  }

  /// A colon with the name before it: what stands between it and the start of the line or the last comma, if that is a name.
  private func labelled() -> AnswerToken {
    var colon = AnswerToken(.colon)
    var index = tokens.count - 1
    var isName = false
    while index >= 0 {
      switch tokens[index].kind {
      case .newline, .comma, .stop, .bullet, .open, .close, .key, .colon, .clock, .seconds, .range: index = 0
      case .start, .end, .marker, .box, .final, .lasting, .copula, .between, .remark: return colon
      case .word, .counting, .listen, .presence, .tell, .also, .never, .no, .numeral: isName = true
      default: break
      }
      index -= 1
    }
    guard isName else { return colon }
    var start = position - 1
    while start > 0, position - start < 64, !Self.endsOfLabels.contains(bytes[start - 1]) { start -= 1 }
    colon.label = AnswerLabels.name(bytes[start..<(position - 1)])
    return colon
  }

  /// What stands for minutes that are not known, as in `?:57`.
  private static let gaps = Array("?-_".utf8)

  private static let endsOfLabels = Array("\n,;.!?([{\"".utf8)

  /// Whether a number follows that `<` or `>` bounds, as in `> 0:57`; not what stands in angle brackets.
  private var isBound: Bool {
    var next = position
    while byte(next) == UInt8(ascii: " ") || byte(next) == UInt8(ascii: "=") { next += 1 }
    guard byte(next).isDigit, !isAfterTime else { return false }
    while next < bytes.count, bytes[next] != UInt8(ascii: "\n") {
      if bytes[next] == UInt8(ascii: ">") { return false }
      next += 1
    }
    return true
  }

  /// Whether the `>` before here begins a quoted line.
  private var isQuote: Bool {
    byte(position) == UInt8(ascii: " ") && byte(position + 1) != UInt8(ascii: "=")
      && (tokens.last.map { $0.kind == .newline } ?? true)
  }

  /// The time behind `<` or `>` is not the answer.
  private mutating func bound() {
    skip { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "=") }
    let token = number(isNegative: false, isQuoted: isQuoted)
    append(token.isExplicitTime ? AnswerToken(.fault, fault: .ambiguous) : token)
  }

  /// A time in tokens, a tag, or a bracket; the name of an opening tag means what the word means.
  private mutating func angle() {
    if isBound { return bound() }
    if let time = digitTokens() {
      append(time)
      return
    }
    var end = position
    let isClose = byte(end) == UInt8(ascii: "/")
    if isClose { end += 1 }
    var key = AnswerKeywords.Key()
    while end - position < 32, byte(end).isLetter {
      key.append(byte(end).lowercased)
      end += 1
    }
    guard byte(end) == UInt8(ascii: ">"), end > position else {
      angles += 1
      return append(AnswerToken(.open))
    }
    position = end + 1
    guard !isClose, let token = AnswerKeywords.shared.token(for: key) else { return }
    if token.kind == .unitWord, key.length > 1 {
      isCombining = true
      return append(token)
    }
    if token.kind == .start || token.kind == .end { append(token) }
  }
}
