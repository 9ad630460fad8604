/// What the time grammars share: whether a text denies that there is an answer, and how readings are made.
enum AnswerGrammar {
  /// Whether tokens without a time say "none": such a word alone, an empty list, or a denial such as *no such region*.
  static func isNone(_ tokens: [AnswerToken]) -> Bool {
    guard !tokens.contains(where: { $0.isTime || $0.kind == .fault }) else { return false }
    let words = tokens.filter { token in
      switch token.kind {
      case .open, .close, .stop, .newline, .colon, .marker, .key, .introducing, .copula, .final, .box, .bullet: false
      default: true
      }
    }
    if words.count == 1, [.none, .no, .null].contains(words[0].kind) { return true }
    // `There is none.`
    if words.count == 2, words[0].kind == .word, words[1].kind == .none, tokens.contains(where: { $0.kind == .copula }) {
      return true
    }
    if zip(tokens, tokens.dropFirst()).contains(where: { $0.kind == .open && $1.kind == .close }) { return true }
    guard let denial = words.firstIndex(where: { $0.kind == .no }) else { return false }
    let denied = words[(denial + 1)...].drop { $0.kind == .word }
    return denied.first?.kind == .stretch
  }

  /// Whether a text begins with *none* or an empty list as its whole answer; what follows is about something else, or contradicts it.
  static func startsWithNone(_ tokens: [AnswerToken], _ kinds: KindSet) -> Bool {
    guard kinds.holds(.none) || kinds.holds(.open) else { return false }
    let passed: [AnswerToken.Kind] = [.marker, .key, .colon, .copula, .final, .box, .bullet, .newline]
    guard let first = tokens.firstIndex(where: { !passed.contains($0.kind) }) else { return false }
    var next = first + 1
    switch tokens[first].kind {
    case .none: break
    case .open where next < tokens.count && tokens[next].kind == .close: next += 1
    default: return false
    }
    return next < tokens.count && [.stop, .newline, .comma, .remark, .open].contains(tokens[next].kind)
  }

  static func answered(_ answer: Answer) -> Reading {
    Reading(outcome: .answered, answer: answer, isStrict: false)
  }

  static let empty = Reading(outcome: .empty, answer: nil, isStrict: false)
}
