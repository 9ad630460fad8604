/// One time, however it is written.
enum InstantGrammar {
  static func read(_ tokens: [AnswerToken]) -> Reading {
    let (meant, isMarked) = AnswerGrammar.meant(tokens)
    let segment = isMarked ? sentence(meant) : tokens
    if let fault = segment.first(where: { $0.kind == .fault })?.fault { return .unreadable(fault) }
    if segment.contains(where: \.isGlued) { return .unreadable(.ambiguous) }
    var times = segment.indices.filter { segment[$0].isExplicitTime && !isDenied($0, segment) }
    if times.isEmpty { times = segment.indices.filter { isBareTime($0, segment) } }
    if times.contains(where: { isJoined($0, segment) }) { return .unreadable(.noAnswer) }
    return decide(times.map { segment[$0].value }, tokens: tokens)
  }

  private static func decide(_ values: [Double], tokens: [AnswerToken]) -> Reading {
    guard let first = values.first else {
      if AnswerGrammar.isNone(tokens) { return AnswerGrammar.empty }
      return .unreadable(tokens.contains { $0.kind == .literal && $0.fault == .notFinite } ? .notFinite : .noAnswer)
    }
    guard values.allSatisfy({ $0 == first }) else { return .unreadable(.hedged) }
    return first < 0 ? .unreadable(.negative) : AnswerGrammar.answered(.instant(first))
  }

  /// The tokens up to the end of the sentence that holds the first time, without brackets that open after it.
  private static func sentence(_ tokens: ArraySlice<AnswerToken>) -> [AnswerToken] {
    var kept: [AnswerToken] = []
    var hasTime = false
    var depth = 0
    for token in tokens {
      if hasTime, token.kind == .stop || token.kind == .newline { break }
      if hasTime, token.kind == .open { depth += 1 }
      if depth == 0 { kept.append(token) }
      if hasTime, token.kind == .close { depth = max(0, depth - 1) }
      if token.isTime || token.kind == .fault { hasTime = true }
    }
    return kept
  }

  private static func isDenied(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    let before = tokens[..<index].last { $0.kind != .introducing && $0.kind != .open }
    return before?.kind == .not
  }

  /// Whether a number without a unit stands where a time stands: alone, after *at*, or as the value of a JSON key.
  private static func isBareTime(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    guard tokens[index].kind == .number else { return false }
    let before = tokens[..<index].last { $0.kind != .open && $0.kind != .colon && $0.kind != .range }
    switch before?.kind {
    case nil, .introducing, .start, .end, .marker, .newline, .comma, .stop, .and, .or, .number: break
    default: return false
    }
    switch index + 1 < tokens.count ? tokens[index + 1].kind : .stop {
    case .stop, .newline, .comma, .close, .and, .or, .open, .range: return true
    default: return false
    }
  }

  /// Whether a dash or *to* joins this time to another: an interval, where an instant was asked.
  private static func isJoined(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    var next = index + 1
    while next < tokens.count, tokens[next].kind == .close { next += 1 }
    guard next < tokens.count, tokens[next].kind == .range else { return false }
    next += 1
    while next < tokens.count, [.open, .introducing, .range].contains(tokens[next].kind) { next += 1 }
    return next < tokens.count && tokens[next].isTime
  }
}
