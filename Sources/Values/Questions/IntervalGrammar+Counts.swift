/// Numbers that count something else than seconds, or bound an end.
extension IntervalGrammar {
  /// Whether two bare numbers count something else, as in *bars 12-30*.
  func isCounted(_ onset: Entry, _ offset: Entry) -> Bool {
    guard onset.token.kind == .number, offset.token.kind == .number else { return false }
    var before = onset.index - 1
    while before >= 0, [.open, .start, .between, .introducing].contains(tokens[before].kind) { before -= 1 }
    // `Op. 12-16`.
    if before > 0, tokens[before].kind == .stop, tokens[before - 1].kind == .counting || tokens[before - 1].kind == .no {
      return true
    }
    var after = offset.index + 1
    while after < tokens.count, tokens[after].kind == .close { after += 1 }
    // `3-4 times`, `score 57-72`.
    if after == offset.index + 1, after < tokens.count, tokens[after].kind == .introducing || tokens[after].kind == .word {
      return true
    }
    return (before >= 0 && tokens[before].kind == .counting) || (after < tokens.count && tokens[after].kind == .counting)
  }

  /// Whether the numbers say how long something lasts, as in *for 10-15 seconds*.
  func isLength(_ onset: Entry, _ offset: Entry) -> Bool {
    guard onset.token.kind == .number, offset.token.kind == .seconds else { return false }
    var before = onset.index - 1
    while before >= 0, tokens[before].kind == .between || tokens[before].kind == .introducing { before -= 1 }
    return before >= 0 && (tokens[before].kind == .lasting || tokens[before].sense == .measuring)
  }

  /// Whether a word stands right before whole numbers, which they may count, as in *score 57-72*.
  func isOfWord(_ onset: Entry) -> Bool {
    onset.index > 0 && tokens[onset.index - 1].kind == .word && onset.token.label == 0
  }

  /// Whether the times are two bounds of an end, as in *ends between 1:10 and 1:12*.
  func isEnd(_ index: Int) -> Bool {
    var before = index - 1
    while before >= 0, [.open, .between, .introducing].contains(tokens[before].kind) { before -= 1 }
    return before >= 0 && tokens[before].kind == .end
  }

  /// Whether a unit other than seconds is named before the numbers, as in `Time in minutes: 1-2`.
  func isOfUnit(_ index: Int) -> Bool {
    var before = index - 1
    while before >= 0, [.open, .start, .between, .introducing].contains(tokens[before].kind) { before -= 1 }
    return before > 0 && tokens[before].kind == .colon && tokens[before - 1].kind == .counting
      && tokens[before - 1].sense == .unit
  }

  /// Whether *until the end* stands at `index`.
  private func reachesEnd(_ index: Int) -> Bool {
    guard index < tokens.count, tokens[index].kind == .range else { return false }
    let next = tokens[(index + 1)...].first { $0.kind != .word || $0.sense == .finish }
    return next?.kind == .end || next?.sense == .finish
  }

  func isBesidePoint(_ entry: Entry) -> Bool {
    let before = entry.index > 0 ? tokens[entry.index - 1] : nil
    let after = entry.index + 1 < tokens.count ? tokens[entry.index + 1] : nil
    if let before, let after, before.kind == .open, after.kind == .close { return true }
    if reachesEnd(entry.index + 1) { return false }
    return before?.isWordlike == true || after?.isWordlike == true
  }
}

extension IntervalGrammar.Entry {
  /// Whether this time and the one before it are the ends of an interval.
  func pairs(with before: IntervalGrammar.Entry) -> Bool {
    switch link {
    case .range: true
    case .and: before.mark == .between
    case .end: before.mark == .start
    case .none, .comma, .prose: false
    }
  }
}
