/// Times that a text names without giving them as its answer: an example, what was thought at first, a bound, a question.
///
/// They are refused, not guessed at: a sentence with such a word may mean its time all the same.
enum AnswerDoubts {
  /// Tokens of a sentence that are looked at on either side of a time, so that work stays linear.
  private static let reach = 256

  /// Whether the sentence of the times from `first` to `last` says of them that they are no answer.
  static func reach(_ first: Int, through last: Int, _ tokens: [AnswerToken], _ kinds: KindSet) -> Bool {
    guard kinds.hasDoubt else { return false }
    return isBounded(first, last, tokens) || isBefore(first, tokens) || isBehind(last, tokens)
  }

  /// Whether the times stand in a question of more words than *at*, or in one that is answered *no* behind it.
  static func isAsked(_ first: Int, through last: Int, _ tokens: [AnswerToken], _ kinds: KindSet) -> Bool {
    guard kinds.holds(.hedge) else { return false }
    var end = last + 1
    while end < tokens.count, end - last < reach, !tokens[end].isEnd { end += 1 }
    guard end > last + 1, end < tokens.count, tokens[end - 1].sense == .asking else { return false }
    if end + 1 < tokens.count, tokens[end + 1].kind == .no { return true }
    if tokens[(last + 1)..<end].contains(where: { $0.isWordlike && $0.sense != .asking && $0.kind != .remark }) { return true }
    var before = first - 1
    while before >= 0, first - before < reach, !tokens[before].isEnd, tokens[before].kind != .colon {
      switch tokens[before].kind {
      case .introducing, .hedge, .open, .number, .clock, .seconds, .range, .comma: before -= 1
      case .marker where before == 0: before -= 1
      default: return true
      }
    }
    return false
  }

  /// Whether a text that puts items in order says that it does not answer with them, as in *for example* or *if*.
  static func reachOrder(_ bytes: [UInt8]) -> Bool {
    let tokens = AnswerLexer.tokens(of: FoldedText.folded(bytes.span, bytes.indices))
    return tokens.indices.contains { index in
      let token = tokens[index]
      switch token.kind {
      case .doubt: return token.sense == .plain || token.sense == .disagreeing
      case .remark: return token.sense == .conditional
      case .hedge: return token.sense == .asking
      case .word where token.sense == .doubting:
        return index == 0 || ![.no, .not, .none, .except, .lack, .never].contains(tokens[index - 1].kind)
      case .word where token.sense == .wrong:
        return (index > 0 && tokens[index - 1].kind == .copula)
          || (index + 1 < tokens.count && tokens[index + 1].kind == .marker)
      default: return false
      }
    }
  }

  /// Whether the word such as *answer* names a wrong one, or an example.
  static func reachNamed(_ bytes: [UInt8]) -> Bool {
    let tokens = AnswerLexer.tokens(of: FoldedText.folded(bytes.span, bytes.indices))
    return tokens.indices.dropFirst().contains {
      tokens[$0].kind == .marker && (tokens[$0 - 1].sense == .wrong || tokens[$0 - 1].kind == .doubt)
    }
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
    // `at most 0:57`.
    if first > 1, tokens[first - 1].sense == .measuring, tokens[first - 2].kind == .introducing { return true }
    if before >= 0 {
      let token = tokens[before]
      if token.sense == .bound || token.sense == .latest { return true }
      // `up to 0:57`.
      if token.kind == .range, before > 0, tokens[before - 1].sense == .measuring { return true }
      // `au plus tôt`, whose last word is also Dutch for *to*.
      if token.kind == .range, before > 0, tokens[before - 1].kind == .also { return true }
      if token.sense == .parting, tokens[..<before].contains(where: \.isTime) { return true }
      if token.kind == .relative, before > 0, tokens[before - 1].kind == .not || tokens[before - 1].kind == .no { return true }
      if isPreceding(before, tokens) { return true }
    }
    var next = last + 1
    // `在0:57之前`.
    if next < tokens.count, tokens[next].sense == .preceding, next + 1 == tokens.count || tokens[next + 1].isEnd { return true }
    // `0:57 or later`.
    if next + 1 < tokens.count, tokens[next].kind == .or, tokens[next + 1].kind == .relative { return true }
    while next < tokens.count, tokens[next].kind == .introducing || (next > last + 1 && tokens[next].kind == .word) {
      next += 1
    }
    return next < tokens.count && tokens[next].sense == .latest
  }

  /// Whether the sentence says how much of the track there is, or was heard: *the audio covers 0:00-4:00*, *I can only hear 30 seconds*.
  static func isOfClip(_ first: Int, _ tokens: [AnswerToken]) -> Bool {
    var before = first - 1
    var isOnly = false
    var isHeard = false
    var isEnd = false
    while before >= 0, first - before < reach, !tokens[before].isEnd, tokens[before].kind != .comma {
      let token = tokens[before]
      if token.sense == .covering || token.kind == .ability { return true }
      if token.sense == .only { isOnly = true }
      if token.kind == .listen || token.kind == .ability { isHeard = true }
      if token.kind == .end || (token.kind == .lasting && token.sense == .plain) { isEnd = true }
      if isEnd, token.sense == .piece, isNear(before, first, tokens) { return true }
      before -= 1
    }
    return isOnly && isHeard
  }

  /// Whether *ends* or *runs* stands right behind the track at `index`.
  private static func isNear(_ index: Int, _ first: Int, _ tokens: [AnswerToken]) -> Bool {
    guard index + 1 < first else { return false }
    return tokens[index + 1].kind == .end || tokens[index + 1].kind == .lasting
  }

  /// *Before 0:57*, *prior to 0:57*; a distance before it is judged elsewhere.
  private static func isPreceding(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    // `Just before 0:57` is close enough.
    if index > 0, tokens[index - 1].sense == .approximate { return false }
    if index > 0, tokens[index].kind == .relative, tokens[index - 1].kind == .lasting { return true }
    if isDeniedEarlier(index, tokens) { return false }
    if tokens[index].sense == .preceding { return true }
    return (tokens[index].kind == .range || tokens[index].sense == .parting) && index > 0
      && tokens[index - 1].sense == .preceding
  }

  /// Whether nothing is said to come before the time, as in *no singing before 0:57*, so that it is meant after all.
  private static func isDeniedEarlier(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    let clause = tokens[max(0, index - reach)..<index].reversed().prefix { !$0.isEnd && $0.kind != .comma }
    return clause.contains { [.no, .none, .cannot, .lack].contains($0.kind) }
  }

  /// A word before the times in their sentence: *for example*, *I thought*, *I doubt that*, *you might say*.
  private static func isBefore(_ first: Int, _ tokens: [AnswerToken]) -> Bool {
    var before = first - 1
    while before >= 0, first - before < reach, !tokens[before].isEnd {
      let token = tokens[before]
      switch token.kind {
      case .doubt where token.sense == .plain: return true
      case .doubt where token.sense == .quoting:
        let near = tokens[(before + 1)..<min(before + 4, tokens.count)].prefix { !$0.isEnd }
        if near.contains(where: { $0.isHarmless || $0.kind == .tell || $0.kind == .listen || $0.sense == .requested }) {
          return true
        }
      case .remark where token.sense == .conditional: return true
      case .remark where token.sense == .elsewhere: return true
      case .word where token.sense == .hypothetical: return true
      case .hedge where tokens[before + 1].sense == .perfect: return true
      case .doubt where token.sense == .disagreeing && before == first - 1: return true
      case .marker where before > 0 && tokens[before - 1].sense == .wrong: return true
      case .not where isThing(before, tokens) || isOther(before, tokens): return true
      case .no where before > 0 && tokens[before - 1].kind == .open: return true
      case .length
      where before + 1 < first && tokens[before + 1].kind == .relative
        && (tokens[before + 1].sense == .plain || tokens[before + 1].sense == .preceding):
        return true
      case .word where token.sense == .elsewhere && tokens[before + 1].sense == .piece: return true
      case .word where token.sense == .only && tokens[before + 1].kind == .presence: return true
      case .word where token.sense == .doubting:
        let denied: [AnswerToken.Kind] = [.no, .not, .none, .except, .lack, .never]
        if before == 0 || !denied.contains(tokens[before - 1].kind) { return true }
      case .hedge where before > 0 && tokens[before - 1].kind == .you: return true
      case .you where before + 1 < first && (tokens[before + 1].kind == .tell || tokens[before + 1].kind == .doubt): return true
      default: break
      }
      before -= 1
    }
    return before > 2 && tokens[before].isEnd && isDeniedQuestion(before, tokens) && hasWord(before + 1, first, tokens)
  }

  /// Whether the sentence that ends at `index` is *no* behind a question, as in *A flute? No.*
  private static func isDeniedQuestion(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    tokens[index - 1].kind == .no && tokens[index - 2].isEnd && tokens[index - 3].sense == .asking
  }

  private static func hasWord(_ first: Int, _ last: Int, _ tokens: [AnswerToken]) -> Bool {
    tokens[first..<last].contains { $0.kind == .word }
  }

  /// Whether *not a flute but an oboe* stands at `index`.
  private static func isOther(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    index + 3 < tokens.count && tokens[index + 1].kind == .word && tokens[index + 2].kind == .remark
      && tokens[index + 2].sense == .joining
      && tokens[index + 3].kind == .word
  }

  /// Words behind the times in their sentence: *…, not the oboe*, *the oboe comes later*, *but I disagree*.
  private static func isBehind(_ last: Int, _ tokens: [AnswerToken]) -> Bool {
    var next = last + 1
    var isRemark = false
    while next < tokens.count, next - last < reach, !tokens[next].isEnd {
      let token = tokens[next]
      switch token.kind {
      case .not where isThing(next, tokens): return true
      case .remark where token.sense == .plain: isRemark = true
      case _ where isRemark: break
      case .doubt where token.sense == .disagreeing: return true
      case .word
      where token.sense == .only && next == last + 1 && next + 1 < tokens.count && tokens[next + 1].kind == .presence:
        return true
      case .word
      where token.sense == .silent && tokens[(last + 1)..<next].contains(where: { $0.kind == .comma || $0.kind == .remark }):
        return true
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
    guard index > 0, tokens[index - 1].kind == .comma || tokens[index - 1].isTime || tokens[index - 1].sense == .joining else {
      return false
    }
    var next = index + 1
    while next < tokens.count, tokens[next].kind == .word || tokens[next].sense == .piece { next += 1 }
    guard next > index + 1 else { return false }
    return next == tokens.count || tokens[next].isEnd || tokens[next].kind == .comma || tokens[next].kind == .close
  }
}
