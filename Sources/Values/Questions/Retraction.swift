import Timelines

/// Words that take back what was said before them: *sorry*, *I mean*, *no, wait*, *that's wrong*.
enum Retraction {
  /// Tokens behind an answer among which the words must stand.
  private static let reach = 6

  /// Whether what follows a named answer, to the end of the sentence after its own, takes it back for another time.
  static func follows(_ end: Int, _ answer: Answer, _ tokens: [AnswerToken]) -> Bool {
    var next = end
    while next < tokens.count, tokens[next].isEnd || [.close, .bullet, .comma].contains(tokens[next].kind) { next += 1 }
    if isInterjection(next, tokens), tokens[next + 2].isTime, !holds(answer, tokens[next + 2].value) { return true }
    guard
      let cue = (next..<min(next + reach, tokens.count)).prefix(while: { !tokens[$0].isTime }).first(where: {
        isCue($0, tokens) || tokens[$0].kind == .hedge || tokens[$0].kind == .or
      })
    else { return false }
    var ends = 0
    for index in cue..<min(cue + 64, tokens.count) {
      if tokens[index].isEnd { ends += 1 }
      if ends > 1 { return false }
      if tokens[index].isTime, !holds(answer, tokens[index].value) { return true }
    }
    return false
  }

  /// Whether the words stand between two tokens.
  static func stands(between first: Int, and last: Int, _ tokens: [AnswerToken]) -> Bool {
    guard first + 1 < last else { return false }
    if isInterjection(last - 2, tokens), tokens[first + 1].isEnd || tokens[first + 1].kind == .comma { return true }
    return ((first + 1)..<last).contains { isCue($0, tokens) }
  }

  /// Whether words between marks, in whatever language, stand at `index` before a time with which the sentence ends: `, nee, 0:57`.
  static func isInterjection(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    guard index > 0, index + 2 < tokens.count, tokens[index].kind == .word, tokens[index + 1].kind == .comma,
      tokens[index + 2].isTime, tokens[index - 1].isEnd || tokens[index - 1].kind == .comma
    else { return false }
    return true
  }

  static func isCue(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    let token = tokens[index]
    switch token.kind {
    case .apology: return true
    // `On second thought`.
    case .doubt: return index > 0 && tokens[index - 1].unit == .second
    case .none, .negated: return index + 1 < tokens.count && tokens[index + 1].kind == .comma
    case .hedge: return token.sense == .correcting
    case .no, .not:
      guard index + 1 < tokens.count else { return false }
      let isWordNext = tokens[index + 1].kind == .word && index + 2 < tokens.count && tokens[index + 2].kind == .comma
      return [.comma, .stop, .range, .colon, .hedge, .copula].contains(tokens[index + 1].kind) || tokens[index + 1].isTime
        || isWordNext
        || (index > 0 && tokens[index - 1].sense == .conditional)
    case .word: return token.sense == .retracting || token.sense == .correcting || token.sense == .wrong
    default: return token.sense == .wrong
    }
  }

  private static func holds(_ answer: Answer, _ value: Double) -> Bool {
    switch answer {
    case .instant(let seconds): seconds == value
    case .intervals(let intervals): intervals.contains { $0.start == value || $0.end == value }
    default: false
    }
  }
}
