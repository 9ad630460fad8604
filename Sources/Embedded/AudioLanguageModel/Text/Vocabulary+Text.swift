import Numbers
package import Policies

extension Vocabulary {
  /// Text as tokens.
  ///
  /// Blanks separate words; marks may touch them. Words are taken as written or else in lower case. A time `M:SS`, with or
  /// without a fraction, becomes the token of the nearest second. A dash or en dash may stand between two times only and is
  /// implied there: `0:57-1:12` is two tokens.
  ///
  /// - Parameter code: what a failure is called: a bad prompt or a bad completion.
  /// - Throws: for a word that is not in the vocabulary, a time past the last token, and a dash elsewhere.
  package func encode(_ text: String, orThrow code: PolicyError.Code) throws(PolicyError) -> [Token] {
    var tokens: [Token] = []
    var opensInterval = false
    for chunk in text.split(whereSeparator: \.isWhitespace) {
      for piece in pieces(of: chunk) {
        if Self.isDash(piece) {
          guard !opensInterval, let last = tokens.last, second(of: last) != nil else {
            throw PolicyError(code, "'\(chunk)' in '\(text)': a dash can only stand between two times")
          }
          opensInterval = true
          continue
        }
        let token = try token(of: piece, in: text, orThrow: code)
        if opensInterval, second(of: token) == nil {
          throw PolicyError(code, "'\(piece)' in '\(text)': a dash can only stand between two times")
        }
        opensInterval = false
        tokens.append(token)
      }
    }
    guard !opensInterval else { throw PolicyError(code, "'\(text)' ends in a dash: write the time that follows it") }
    return tokens
  }

  /// The tokens with every time moved by a number of seconds; throws where one then lies outside the times that there are.
  func moved(_ tokens: [Token], by seconds: Int, orThrow code: PolicyError.Code) throws(PolicyError) -> [Token] {
    guard seconds != 0 else { return tokens }
    var moved = tokens
    for index in tokens.indices {
      guard let second = second(of: tokens[index]) else { continue }
      guard let token = token(ofSecond: second + seconds) else {
        throw PolicyError(
          code, "the second \(second) moved by \(seconds) is outside 0…\(maximumSeconds - 1), the times of the policy")
      }
      moved[index] = token
    }
    return moved
  }

  /// Tokens as text, up to the first `end`.
  ///
  /// Two times in a row are an interval, `0:57-1:12`; marks touch their word. Encoding the text gives the tokens back.
  /// Traps for a token outside the vocabulary.
  package func decode(_ tokens: some Sequence<Token>) -> String { decodeWithOffsets(tokens).text }

  /// The text, and for each token where in its UTF-8 the token's own text begins; separators belong to the token before.
  func decodeWithOffsets(_ tokens: some Sequence<Token>) -> (text: String, offsets: [Int]) {
    var text = ""
    var offsets: [Int] = []
    var previous: Token?
    var hasEnded = false
    for token in tokens {
      hasEnded = hasEnded || token == Self.end
      if !hasEnded {
        precondition(token >= 0 && token < Token(count), "token \(token) is outside the vocabulary")
        text += separator(between: previous, and: token)
      }
      offsets.append(text.utf8.count)
      if !hasEnded { text += texts[Int(token)] }
      previous = token
    }
    return (text, offsets)
  }

  private func separator(between previous: Token?, and next: Token) -> String {
    guard let previous else { return "" }
    if second(of: previous) != nil, second(of: next) != nil { return "-" }
    let before = texts[Int(previous)]
    let after = texts[Int(next)]
    if before == "(" || before == "[" { return "" }
    return Self.closingMarks.contains(after) ? "" : " "
  }

  private static let closingMarks: Set<String> = [",", ";", ".", "?", ":", ")", "]"]
  private static let openingMarks: Set<Character> = ["(", "["]

  private static func isDash(_ piece: Substring) -> Bool { piece == "-" || piece == "–" }

  /// Takes marks off both ends of a word, and dashes out of an interval; a word with marks inside, as `is(are)`, stays whole.
  private func pieces(of chunk: Substring) -> [Substring] {
    var core = chunk
    var opening: [Substring] = []
    var closing: [Substring] = []
    while !isWord(core) {
      if let first = core.first, Self.openingMarks.contains(first) {
        opening.append(core.prefix(1))
        core = core.dropFirst()
      } else if let last = core.last, Self.closingMarks.contains(String(last)) {
        closing.append(core.suffix(1))
        core = core.dropLast()
      } else {
        break
      }
    }
    var middle: [Substring] = []
    var rest = core
    if !isWord(core) {
      while let dash = rest.firstIndex(where: { $0 == "-" || $0 == "–" }) {
        middle.append(rest[..<dash])
        middle.append(rest[dash...dash])
        rest = rest[rest.index(after: dash)...]
      }
    }
    middle.append(rest)
    return opening + middle.filter { !$0.isEmpty } + closing.reversed()
  }

  private func isWord(_ piece: Substring) -> Bool {
    piece.isEmpty || token(ofWord: String(piece)) != nil || token(ofWord: piece.lowercased()) != nil
  }

  private func token(
    of piece: Substring, in text: String, orThrow code: PolicyError.Code
  ) throws(PolicyError) -> Token {
    if let token = token(ofWord: String(piece)) ?? token(ofWord: piece.lowercased()) { return token }
    guard let seconds = Self.seconds(ofClock: piece) else {
      throw PolicyError(
        code, "'\(piece)' in '\(text)' is not in the policy's vocabulary: use other words or add it to the policy's words")
    }
    guard let token = token(ofSecond: seconds) else {
      throw PolicyError(
        code,
        "the time \(piece) in '\(text)' lies past \(Self.clock(maximumSeconds - 1)), the last that the policy can write: "
          + "raise its maximum seconds")
    }
    return token
  }

  /// `M:SS` or `M:SS.fff` to the nearest second; `nil` where the text is no such time or the seconds are 60 or more.
  static func seconds(ofClock text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...6).contains(parts[0].count), parts[0].allSatisfy(\.isASCIIDigit),
      let minutes = Int(parts[0])
    else { return nil }
    let digits = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    guard digits.count <= 2, digits[0].count == 2, digits.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isASCIIDigit) }),
      let seconds = Double(parts[1]), seconds < 60
    else { return nil }
    return minutes * 60 + Int(saturating: seconds.rounded())
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
