/// Clauses that say that something is not in the track at all; beside them a time is that of something else: *no flute is heard; an oboe
/// enters at 0:57*.
///
/// A clause that names a time or a part of the track (*no drums in the intro*) says no such thing, nor does a remark on a time.
struct Absence {
  /// The token at which the first such clause ends; `nil` where there is none.
  static func end(_ tokens: [AnswerToken], _ kinds: KindSet) -> Int? {
    guard kinds.hasDenial else { return nil }
    var clause = Absence()
    var sentenceHasTime = false
    for index in tokens.indices {
      let token = tokens[index]
      switch token.kind {
      case .stop, .newline, .comma, .remark, .colon, .key,
        .range where token.sense == .joining:
        if clause.isAbsolute { return index }
        sentenceHasTime = !token.isEnd && (sentenceHasTime || clause.hasTime)
        let hadSubject = token.kind == .range && clause.hasSubject
        clause = Absence()
        clause.hasSubject = hadSubject
        clause.isRemark = token.kind == .remark && token.sense == .plain && sentenceHasTime
      default: clause.take(index, tokens)
      }
    }
    return clause.isAbsolute ? tokens.count : nil
  }

  private var hasTime = false
  private var hasPlace = false
  private var hasSubject = false
  private var hasCopula = false
  /// Whether a word such as *other* stands in it.
  private var isHarmless = false
  private var isDenied = false
  private var isRemark = false

  /// Whether *any* is denied, so that a part of the track behind it is what is not there.
  private var isAny = false

  private var isAbsolute: Bool { isDenied && !hasTime && (!hasPlace || isAny) && !isRemark }

  private mutating func take(_ index: Int, _ tokens: [AnswerToken]) {
    let token = tokens[index]
    let next = index + 1 < tokens.count ? tokens[index + 1] : AnswerToken(.stop)
    let previous = index > 0 ? tokens[index - 1].kind : .stop
    let isLast = next.isEnd || next.kind == .comma || (next.kind == .range && next.sense == .joining)
    switch token.kind {
    case .clock, .seconds, .number, .fault, .length: hasTime = true
    case .start where previous == .never || previous == .not || previous == .lack: isDenied = true
    case .relative, .range, .start, .between: hasPlace = true
    case .never where previous == .remark && next.isProse && !next.isHarmless: isDenied = true
    case .never: if hasSubject, !next.isHarmless, next.kind != .end { isDenied = true }
    case .none: if isLast ? hasSubject : next.isProse && !next.isHarmless && next.kind != .hedge { isDenied = true }
    case .no where hasSubject && next.kind == .word && next.sense == .plain && endsClause(index + 2, tokens): isDenied = true
    case .no: if next.isProse, !next.isHarmless, Denial.isDenying(index, tokens) { isDenied = true }
    case .not where next.sense == .any, .lack where next.sense == .any:
      isDenied = true
      isAny = true
    case .not where isInside(index, tokens): isDenied = true
    case .not: if denies(next, isLast, previous) { isDenied = true }
    case .lack: if next.kind == .presence || next.kind == .listen { isDenied = true }
    case .negated: isDenied = true
    case .cannot: if (previous == .copula && !isHarmless) || next.kind == .presence { isDenied = true }
    case .copula: hasCopula = true
    case _ where token.sense == .place || token.sense == .measuring: hasPlace = true
    default: break
    }
    if token.isHarmless { isHarmless = true }
    if token.isProse || token.kind == .introducing { hasSubject = true }
  }

  private func endsClause(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    index >= tokens.count || tokens[index].isEnd || tokens[index].kind == .comma
  }

  /// Whether *not in this recording* stands at `index`, to the end of the clause.
  private func isInside(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    guard hasSubject else { return false }
    var next = index + 1
    while next < tokens.count, tokens[next].kind == .word, tokens[next].sense != .place { next += 1 }
    guard next > index + 1, next < tokens.count, tokens[next].sense == .piece || tokens[next].kind == .listen else {
      return false
    }
    return next + 1 == tokens.count || tokens[next + 1].isEnd || tokens[next + 1].kind == .comma
  }

  /// Whether *not* before `next`, or at the end of its clause, says that something does not play.
  private func denies(_ next: AnswerToken, _ isLast: Bool, _ previous: AnswerToken.Kind) -> Bool {
    if isLast { return hasSubject && !hasCopula && previous != .or }
    return next.kind == .presence || next.kind == .listen || next.sense == .entering
      || (next.kind == .introducing && next.sense == .of)
  }
}
