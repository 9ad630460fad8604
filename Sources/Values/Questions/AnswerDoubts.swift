/// Times that a text names without giving them as its answer: an example, what was thought at first, a bound, a question.
///
/// They are refused, not guessed at: a sentence with such a word may mean its time all the same.
enum AnswerDoubts {
  /// Whether the sentence of the times from `first` to `last` says of them that they are no answer.
  static func reach(_ first: Int, through last: Int, _ tokens: [AnswerToken], _ kinds: KindSet) -> Bool {
    guard kinds.hasDoubt else { return false }
    return isBounded(first, last, tokens) || isBefore(first, tokens) || isBehind(last, tokens)
  }

  /// Whether the times stand in a question of more words than *at*, or in one that is answered *no* behind it.
  static func isAsked(_ first: Int, through last: Int, _ tokens: [AnswerToken], _ kinds: KindSet) -> Bool {
    guard kinds.holds(.hedge) else { return false }
    var end = last + 1
    while end < tokens.count, !tokens[end].isEnd { end += 1 }
    guard end > last + 1, end < tokens.count, tokens[end - 1].sense == .asking else { return false }
    if end + 1 < tokens.count, tokens[end + 1].kind == .no { return true }
    if tokens[(last + 1)..<end].contains(where: { $0.isWordlike && $0.sense != .asking && $0.kind != .remark }) { return true }
    var before = first - 1
    while before >= 0, !tokens[before].isEnd, tokens[before].kind != .colon, tokens[before].kind != .marker {
      switch tokens[before].kind {
      case .introducing, .hedge, .open, .number, .clock, .seconds, .range, .comma: before -= 1
      default: return true
      }
    }
    return false
  }

  /// Whether *a break*, *a gap* stands before an interval in its clause.
  static func isGap(_ first: Int, _ tokens: [AnswerToken]) -> Bool {
    var before = first - 1
    while before >= 0, [.introducing, .start, .between, .open, .word].contains(tokens[before].kind) {
      if tokens[before].sense == .gap { return true }
      before -= 1
    }
    return false
  }

  /// *By 0:57*, *within 57 seconds*, *0:57 at the latest*, *not before 0:57*, *192* in *57 out of 192 seconds*.
  private static func isBounded(_ first: Int, _ last: Int, _ tokens: [AnswerToken]) -> Bool {
    var before = first - 1
    while before >= 0, tokens[before].kind == .introducing || tokens[before].kind == .open { before -= 1 }
    if before >= 0 {
      let token = tokens[before]
      if token.sense == .bound || token.sense == .latest { return true }
      if token.sense == .parting, tokens[..<before].contains(where: \.isTime) { return true }
      if token.kind == .relative, before > 0, tokens[before - 1].kind == .not || tokens[before - 1].kind == .no { return true }
    }
    var next = last + 1
    while next < tokens.count, tokens[next].kind == .introducing || (next > last + 1 && tokens[next].kind == .word) {
      next += 1
    }
    return next < tokens.count && tokens[next].sense == .latest
  }

  /// A word before the times in their sentence: *for example*, *I thought*, *I doubt that*, *you might say*.
  private static func isBefore(_ first: Int, _ tokens: [AnswerToken]) -> Bool {
    var before = first - 1
    while before >= 0, !tokens[before].isEnd, tokens[before].kind != .marker {
      let token = tokens[before]
      switch token.kind {
      case .doubt where token.sense == .plain: return true
      case .word where token.sense == .doubting:
        let denied: [AnswerToken.Kind] = [.no, .not, .none, .except, .lack, .never]
        if before == 0 || !denied.contains(tokens[before - 1].kind) { return true }
      case .hedge where before > 0 && tokens[before - 1].kind == .you: return true
      default: break
      }
      before -= 1
    }
    return false
  }

  /// Words behind the times in their sentence: *…, not the oboe*, *the oboe comes later*, *but I disagree*.
  private static func isBehind(_ last: Int, _ tokens: [AnswerToken]) -> Bool {
    var next = last + 1
    var isRemark = false
    while next < tokens.count, !tokens[next].isEnd {
      let token = tokens[next]
      switch token.kind {
      case .not where isThing(next, tokens): return true
      case .remark where token.sense == .plain: isRemark = true
      case _ where isRemark: break
      case .doubt where token.sense == .disagreeing: return true
      case .relative where token.sense == .later && tokens[next - 1].kind == .word:
        let end = next + 1 < tokens.count ? tokens[next + 1] : AnswerToken(.stop)
        if end.isEnd || end.kind == .comma { return true }
      default: break
      }
      next += 1
    }
    return false
  }

  /// Whether *not the oboe* stands at `index` behind a comma, to the end of its clause.
  private static func isThing(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    guard tokens[index - 1].kind == .comma || tokens[index - 1].isTime || tokens[index - 1].sense == .joining else {
      return false
    }
    var next = index + 1
    while next < tokens.count, tokens[next].kind == .word || tokens[next].sense == .piece { next += 1 }
    guard next > index + 1 else { return false }
    return next == tokens.count || tokens[next].isEnd || tokens[next].kind == .comma || tokens[next].kind == .close
  }
}
