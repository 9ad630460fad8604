/// Times that a clause denies or leaves out: *the flute does not enter at 0:57*, *all of it except 0:57-1:12*.
enum Denial {
  /// Whether the clause denies the times from `first` to `last`.
  ///
  /// *Not until 0:57* and *not before 0:57* do not; what stands behind a comma, *but* or another time does not either.
  static func reaches(_ first: Int, through last: Int, _ tokens: [AnswerToken]) -> Bool {
    isBefore(first, tokens) || isCalledWrong(first, tokens) || isAfter(last, tokens)
  }

  /// Whether *except* or its like stands before the time in its clause, or right behind the last of its times.
  static func isExcept(_ first: Int, through last: Int, _ tokens: [AnswerToken]) -> Bool {
    if last + 1 < tokens.count, tokens[last + 1].kind == .except { return true }
    var before = first - 1
    while before >= 0, !endsClause(tokens[before]) || tokens[before].kind == .remark {
      switch tokens[before].kind {
      case .except: return true
      case .relative where tokens[before].sense == .excepting: return true
      case .remark, .range: return tokens[before].sense == .excepting || isOfWhole(before, tokens)
      case .word where tokens[before].sense == .measuring: if isOfWhole(before, tokens) { return true }
      default: break
      }
      before -= 1
    }
    return false
  }

  /// Whether *but* or its like at `index` follows *all* or *the whole track*.
  private static func isOfWhole(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    var before = index - 1
    while before >= 0, index - before <= 5 {
      guard !endsClause(tokens[before]) else { return false }
      if tokens[before].sense == .whole || tokens[before].sense == .any { return true }
      before -= 1
    }
    return false
  }

  /// *Wrong: 0:57*, *it is unlikely to be 0:57*, *by no means 0:57*.
  private static func isCalledWrong(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    var before = index - 1
    while before >= 0, index - before <= 6, isJoint(tokens[before]) { before -= 1 }
    guard before >= 0 else { return false }
    if tokens[before].sense == .wrong || tokens[before].kind == .cannot { return true }
    if tokens[before].kind == .literal, tokens[before].fault == .noAnswer { return before == 0 && index > 1 }
    return tokens[before].kind == .word && before == index - 1 && before > 0 && !tokens[before].isHarmless
      && (tokens[before - 1].kind == .no || tokens[before - 1].kind == .none)
  }

  /// What may stand between *wrong* and the time that is called so.
  private static func isJoint(_ token: AnswerToken) -> Bool {
    switch token.kind {
    case .colon, .open, .range, .copula, .marker: true
    case .tell: true
    default: false
    }
  }

  private static func isBefore(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    var before = index - 1
    while before >= 0, !endsClause(tokens[before]) {
      switch tokens[before].kind {
      case .range, .relative, .except, .hedge: return false
      case .not, .lack, .never, .none: return true
      case .cannot where tokens[before + 1].kind == .copula: return true
      case .no: return isDenying(before, tokens) && !tokens[before + 1].isHarmless
      default: before -= 1
      }
    }
    return false
  }

  /// *No* denies a thing or a verb; Portuguese *no minuto* does not.
  static func isDenying(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    let next = index + 1 < tokens.count ? tokens[index + 1].kind : .stop
    if next == .presence { return true }
    if next == .introducing, tokens[index + 1].sense == .of, index == 0 || endsClause(tokens[index - 1]) { return true }
    if [.unitWord, .counting, .introducing, .relative, .start].contains(next) { return false }
    guard index > 0 else { return true }
    return endsClause(tokens[index - 1]) || [.copula, .listen, .presence].contains(tokens[index - 1].kind)
  }

  /// Whether the verb behind the time is denied, as in *setzt bei 0:57 nicht ein* and where a language ends with its verb.
  private static func isAfter(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    var next = index + 1
    while next < tokens.count, tokens[next].kind == .close { next += 1 }
    if next < tokens.count, tokens[next].kind == .not || tokens[next].kind == .none {
      var end = next + 1
      while end < tokens.count, tokens[end].kind == .introducing { end += 1 }
      return end >= tokens.count || !(tokens[end].isTime || tokens[end].kind == .relative || tokens[end].kind == .range)
    }
    // `0:57 is wrong`.
    let isSaid = next < tokens.count && [.copula, .hedge, .word, .cannot, .lack, .no].contains(tokens[next].kind)
    if isMarkedWrong(next, tokens) { return true }
    if isSaid, isDeniedVerb(next, tokens) { return true }
    while next < tokens.count, !endsClause(tokens[next]) {
      // `At 0:57 there is no flute.`
      if tokens[next].kind == .no, tokens[next - 1].kind == .copula, next + 1 < tokens.count, tokens[next + 1].kind == .word {
        return true
      }
      if tokens[next].kind == .negated || (isSaid && tokens[next].sense == .wrong) { return true }
      next += 1
    }
    return false
  }

  /// *0:57 – false*, *0:57 (incorrect)*.
  private static func isMarkedWrong(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    var next = index
    while next < tokens.count, [.range, .open, .colon].contains(tokens[next].kind) { next += 1 }
    guard next < tokens.count, next > index else { return false }
    return isWrong(tokens[next]) && (next + 1 == tokens.count || tokens[next + 1].isEnd || tokens[next + 1].kind == .close)
  }

  private static func isWrong(_ token: AnswerToken) -> Bool {
    token.sense == .wrong || (token.kind == .literal && token.fault == .noAnswer && token.value >= 0)
  }

  /// Whether the clause of which the time is the subject denies its verb: *0:57 is not correct*, *0:57 doesn't fit*, *0:57 is a mistake*.
  private static func isDeniedVerb(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    for next in index..<min(index + 6, tokens.count) {
      let token = tokens[next]
      if endsClause(token) || token.kind == .and || token.kind == .introducing || token.kind == .start || token.kind == .you {
        return false
      }
      switch token.kind {
      case .not, .lack, .cannot: return true
      case .no where next + 1 < tokens.count && tokens[next + 1].kind == .copula: return true
      default: if isWrong(token) || token.sense == .retracting { return true }
      }
    }
    return false
  }

  /// Whether a clause counts on from the time before it, as in *…, and the oboe follows 10 seconds later*: the time that it gives is not
  /// read.
  ///
  /// Nothing is lost where it says when something ends.
  static func countsOn(_ tokens: [AnswerToken], _ kinds: KindSet) -> Bool {
    guard kinds.holds(.length), kinds.holds(.relative) else { return false }
    return tokens.indices.dropFirst().contains { index in
      guard tokens[index].sense == .later, tokens[index - 1].kind == .length else { return false }
      let next = index + 1 < tokens.count ? tokens[index + 1] : AnswerToken(.stop)
      guard next.isEnd || next.kind == .comma || next.kind == .close else { return false }
      let clause = tokens[..<(index - 1)].reversed().prefix { !endsClause($0) }
      return tokens[..<(index - 1)].contains(where: \.isTime)
        && !clause.contains { $0.kind == .end || $0.isHarmless }
    }
  }

  /// Whether an object says that nothing was found, as in `{"found": false, "time": 0}`.
  static func isNotFound(_ tokens: [AnswerToken], _ kinds: KindSet) -> Bool {
    kinds.holds(.literal) && tokens.contains { $0.kind == .literal && $0.value < 0 }
  }

  private static func endsClause(_ token: AnswerToken) -> Bool {
    switch token.kind {
    case .stop, .newline, .comma, .remark, .colon, .marker, .key, .bullet, .box: true
    default: token.isTime || token.kind == .fault || token.kind == .length
    }
  }
}
