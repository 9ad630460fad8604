/// Cuts folded text into the tokens of the time grammars.
struct AnswerLexer {
  /// Minutes of a clock time have at most as many digits; longer ones are no time.
  static let mostMinuteDigits = 7

  let bytes: [UInt8]
  var position = 0
  private(set) var tokens: [AnswerToken] = []

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  static func tokens(of bytes: [UInt8]) -> [AnswerToken] {
    var lexer = AnswerLexer(bytes)
    lexer.tokens.reserveCapacity(16)
    while lexer.position < bytes.count { lexer.step() }
    return lexer.tokens
  }

  /// The byte at `index`, or 0 past the end.
  func byte(_ index: Int) -> UInt8 {
    index < bytes.count ? bytes[index] : 0
  }

  mutating func append(_ token: AnswerToken) {
    if token.kind == .word, tokens.last?.kind == .word { return }
    tokens.append(token)
  }

  private mutating func step() {
    let current = bytes[position]
    if current.isDigit || (current == UInt8(ascii: ".") && byte(position + 1).isDigit) {
      append(number(isNegative: false))
    } else if current.isLetter {
      word()
    } else {
      punctuation(current)
    }
  }

  private mutating func word() {
    var key = AnswerKeywords.Key()
    let first = bytes[position].lowercased
    while position < bytes.count {
      let current = bytes[position]
      let isJoint = current == UInt8(ascii: "'") || current == UInt8(ascii: "/")
      guard current.isLetter || current.isDigit || (isJoint && byte(position + 1).isLetter) else { break }
      key.append(current.lowercased)
      position += 1
    }
    append(AnswerKeywords.shared.token(for: key, first: first) ?? AnswerToken(.word))
  }

  private mutating func punctuation(_ current: UInt8) {
    position += 1
    switch current {
    case UInt8(ascii: "\n"): append(AnswerToken(.newline))
    case UInt8(ascii: ","), UInt8(ascii: ";"): append(AnswerToken(.comma))
    case UInt8(ascii: ":"): colon()
    case UInt8(ascii: "="): append(AnswerToken(.colon))
    case UInt8(ascii: "."): dots()
    case UInt8(ascii: "!"), UInt8(ascii: "?"): append(AnswerToken(.stop))
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): append(AnswerToken(.open))
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ">"): append(AnswerToken(.close))
    case UInt8(ascii: "&"): append(AnswerToken(.and))
    case UInt8(ascii: "@"): append(AnswerToken(.introducing))
    case UInt8(ascii: "%"), UInt8(ascii: "#"): append(AnswerToken(.counting))
    case UInt8(ascii: "/"), UInt8(ascii: "+"), UInt8(ascii: "^"): append(AnswerToken(.word))
    case UInt8(ascii: "~"): if isAfterTime { append(AnswerToken(.range)) }
    case UInt8(ascii: "-"): dash()
    case UInt8(ascii: "<"): angle()
    default: break
    }
  }

  /// Whether the last token is a time or closes a bracket around one.
  private var isAfterTime: Bool {
    guard let last = tokens.last else { return false }
    return last.isTime || last.kind == .fault || last.kind == .close
  }

  /// The end of a sentence, or dots that join two times, such as `0:57..1:12`.
  private mutating func dots() {
    let isRun = byte(position) == UInt8(ascii: ".")
    skip { $0 == UInt8(ascii: ".") }
    append(AnswerToken(isRun && isAfterTime && byte(position).isDigit ? .range : .stop))
  }

  /// A colon, or a clock time that has lost its minutes.
  private mutating func colon() {
    guard byte(position).isDigit, position < 2 || bytes[position - 2].isBlank else { return append(AnswerToken(.colon)) }
    skip { $0.isDigit }
    append(AnswerToken(.fault, fault: .ambiguous))
  }

  /// A minus sign, an arrow, or the dash of a range.
  private mutating func dash() {
    while byte(position) == UInt8(ascii: "-") { position += 1 }
    if byte(position) == UInt8(ascii: ">") {
      position += 1
    } else if byte(position).isDigit, !isAfterTime, position < 2 || !bytes[position - 2].isLetter {
      append(number(isNegative: true))
      return
    }
    append(AnswerToken(.range))
  }

  /// A time in tokens, a tag to step over, or a bracket.
  private mutating func angle() {
    if let time = digitTokens() {
      append(time)
      return
    }
    var end = position
    if byte(end) == UInt8(ascii: "/") { end += 1 }
    while end - position < 32, byte(end).isLetter { end += 1 }
    if byte(end) == UInt8(ascii: ">"), end > position {
      position = end + 1
    } else {
      append(AnswerToken(.open))
    }
  }
}
