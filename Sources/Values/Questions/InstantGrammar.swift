/// One time, however it is written.
struct InstantGrammar {
  static func read(_ tokens: [AnswerToken]) -> Reading {
    let kinds = KindSet(tokens)
    if let named = AnswerScope.reading(tokens, kinds, { InstantGrammar($0, KindSet($0), isNamed: true).reading }) {
      return named
    }
    let unnamed = InstantGrammar(tokens, kinds, isNamed: false)
    if unnamed.hasTimes, let fault = Declining.fault(tokens, kinds) { return .unreadable(fault, seen: unnamed.seen) }
    return unnamed.reading
  }

  private struct Bracket {
    let firstMention: Int
    /// Whether a time stands right before it, or a word.
    let followsTime: Bool
    let followsProse: Bool
    var hasProse = false
    var isDoubtful = false
  }

  private struct Mention {
    let value: Double
    let index: Int
    let sentence: Int
    let isDenied: Bool
    let isJoined: Bool
    /// Whether no word stands between the start of the sentence, or the last comma, and the time.
    let isDirect: Bool
    /// Whether no other time, and no word that says more than *it is*, stands before it in its sentence.
    let isFirstInSentence: Bool
    /// Whether the sentence begins with it.
    let isAtStart: Bool
    let isAfterRemark: Bool
    /// Whether a bracket holds it that is a remark on another time.
    var isAside = false
  }

  private let tokens: [AnswerToken]
  private let kinds: KindSet
  /// Whether the tokens are what a word such as *answer* names.
  private let isNamed: Bool
  private var mentions: [Mention] = []
  private var brackets: [Bracket] = []
  private var sentence = 0
  private var hasProse = false
  /// Whether any word or time stands between the start of the sentence and here.
  private var hasWord = false
  private var sentenceProse = SentenceNumbers()
  private var isAfterRemark = false

  private init(_ tokens: [AnswerToken], _ kinds: KindSet, isNamed: Bool) {
    self.tokens = tokens
    self.kinds = kinds
    self.isNamed = isNamed
    for index in tokens.indices { take(index) }
    while !brackets.isEmpty { close() }
  }

  private var hasTimes: Bool { !mentions.isEmpty }

  private var seen: [Answer] { mentions.map { .instant($0.value) } }

  // MARK: One token

  private mutating func take(_ index: Int) {
    let token = tokens[index]
    defer { if token.isWordlike || token.isTime { hasWord = true } }
    switch token.kind {
    case .clock, .seconds: mention(index)
    case .number: if isBareTime(index) { mention(index) }
    case .open:
      let before = index > 0 ? tokens[index - 1] : AnswerToken(.stop)
      brackets.append(
        Bracket(firstMention: mentions.count, followsTime: before.isTime || before.kind == .close, followsProse: before.isProse)
      )
    case .close: close()
    case .stop, .newline:
      sentence += 1
      hasProse = false
      hasWord = false
      isAfterRemark = false
    case .colon, .key: hasProse = false
    case .or, .hedge:
      if let last = brackets.indices.last { brackets[last].isDoubtful = true }
    case .remark where index + 1 < tokens.count && tokens[index + 1].kind == .also: break
    case .remark where brackets.isEmpty && mentions.last?.sentence == sentence: isAfterRemark = true
    case .not: if let last = brackets.indices.last { brackets[last].hasProse = true }
    case .word where token.sense == .measuring && brackets.last?.followsTime == true && tokens[index - 1].kind == .open:
      // `1:12 (first at 0:57)`.
      brackets[brackets.count - 1].isDoubtful = true
    case .word where token.sense == .correcting && brackets.last?.followsTime == true:
      brackets[brackets.count - 1].isDoubtful = true
    case _ where token.isProse:
      if let last = brackets.indices.last { brackets[last].hasProse = true }
      if brackets.isEmpty {
        hasProse = true
        sentenceProse.insert(sentence)
      }
    default: break
    }
  }

  private mutating func mention(_ index: Int) {
    mentions.append(
      Mention(
        value: tokens[index].value, index: index, sentence: sentence, isDenied: isDenied(index), isJoined: isJoined(index),
        isDirect: !hasProse, isFirstInSentence: mentions.last?.sentence != sentence && !sentenceProse.contains(sentence),
        isAtStart: !hasWord, isAfterRemark: isAfterRemark))
  }

  /// A bracket after a time with words in it, or after a word that follows a time, is about something else.
  private mutating func close() {
    guard let bracket = brackets.popLast(), bracket.firstMention < mentions.count, !bracket.isDoubtful else { return }
    let hasTimeBefore = mentions[..<bracket.firstMention].contains { !$0.isAside && !$0.isDenied }
    // `[0:31] clarinet [0:57] oboe`: two times of two things.
    if !bracket.hasProse, !bracket.followsTime, let other = mentions[..<bracket.firstMention].last, isBracketed(other.index) {
      return
    }
    guard hasTimeBefore, (bracket.hasProse && bracket.followsTime) || bracket.followsProse else { return }
    for index in bracket.firstMention..<mentions.count { mentions[index].isAside = true }
  }

  private func isBracketed(_ index: Int) -> Bool {
    index > 0 && index + 1 < tokens.count && tokens[index - 1].kind == .open && tokens[index + 1].kind == .close
  }

  // MARK: Which time is meant

  private var reading: Reading {
    if kinds.holds(.fault), let fault = tokens.first(where: { $0.kind == .fault })?.fault { return .unreadable(fault) }
    if kinds.holds(.number), tokens.contains(where: \.isGlued) { return .unreadable(.ambiguous) }
    let kept = mentions.filter { !$0.isDenied && !$0.isAside }
    guard let first = kept.first else {
      if AnswerGrammar.isNone(tokens) { return AnswerGrammar.empty }
      if tokens.contains(where: { $0.kind == .literal && $0.fault == .notFinite }) { return .unreadable(.notFinite) }
      return .unreadable(Declining.reason(tokens))
    }
    if kept.contains(where: \.isJoined) {
      // `2024-01-15` is neither.
      guard kept.count == 2 || kept.contains(where: { tokens[$0.index].isExplicitTime }) else { return .unreadable(.noAnswer) }
      return .unreadable(kept.count == 2 ? .intervalGiven : .hedged, seen: kept.map { .instant($0.value) })
    }
    if AnswerGrammar.startsWithNone(tokens, kinds) { return .unreadable(.hedged, seen: kept.map { .instant($0.value) }) }
    if kept.allSatisfy({ isLength($0.index) }) { return .unreadable(.noAnswer) }
    if Denial.isNotFound(tokens, kinds) { return .unreadable(.absent, seen: kept.map { .instant($0.value) }) }
    if Denial.countsOn(tokens, kinds) { return .unreadable(.ambiguous, seen: kept.map { .instant($0.value) }) }
    if kinds.holds(.between), kept.contains(where: { isRest($0.index) }) { return .unreadable(.intervalGiven) }
    if kept.contains(where: { $0.value == first.value && AnswerDoubts.reach($0.index, through: $0.index, tokens, kinds) }) {
      return .unreadable(.ambiguous, seen: kept.map { .instant($0.value) })
    }
    if Denial.isExcept(first.index, through: first.index, tokens) { return .unreadable(.ambiguous) }
    guard kept.allSatisfy({ $0.value == first.value }) || isAlone(first, kept), !AnswerLabels.areSeveral(tokens, kinds) else {
      return .unreadable(.hedged, seen: kept.map { .instant($0.value) })
    }
    if !first.isAtStart || first.sentence > 0 || isSubject(first.index), let absence = Absence.end(tokens, kinds) {
      return .unreadable(absence <= first.index ? .absent : .hedged, seen: kept.map { .instant($0.value) })
    }
    if AnswerDoubts.isOfClip(first.index, tokens) { return .unreadable(.ambiguous, seen: kept.map { .instant($0.value) }) }
    return first.value < 0 ? .unreadable(.negative) : AnswerGrammar.answered(.instant(first.value))
  }

  /// Whether the first time is the answer and the others stand in remarks on it.
  private func isAlone(_ first: Mention, _ kept: [Mention]) -> Bool {
    guard first.isDirect, first.isFirstInSentence, isFollowedByEnd(first) else { return false }
    guard !tokens[first.index...].contains(where: { $0.kind == .or || $0.kind == .hedge }), !isCorrected(first.index) else {
      return false
    }
    return kept.dropFirst().allSatisfy { other in
      if other.value != first.value, Retraction.stands(between: first.index, and: other.index, tokens) { return false }
      if other.sentence != first.sentence {
        return !sentenceProse.contains(first.sentence) && sentenceProse.contains(other.sentence) && !other.isAtStart
      }
      return other.isAfterRemark || (isNamed && !other.isDirect)
    }
  }

  /// Whether *no* stands alone behind the time, as in *0:31, no, 0:57*.
  private func isCorrected(_ index: Int) -> Bool {
    tokens[index...].indices.contains { next in
      guard tokens[next].kind == .no, next + 1 < tokens.count else { return false }
      return [.comma, .stop, .introducing, .range].contains(tokens[next + 1].kind) || tokens[next + 1].isTime
    }
  }

  /// Whether the text says something of the time that it begins with: *0:57 marks the clarinet*.
  private func isSubject(_ index: Int) -> Bool { index + 1 < tokens.count && tokens[index + 1].kind == .word }

  private func isFollowedByEnd(_ mention: Mention) -> Bool {
    guard mention.index + 1 < tokens.count else { return true }
    return [.stop, .newline, .comma, .close, .open, .remark, .key].contains(tokens[mention.index + 1].kind)
  }

  // MARK: Beside a time

  /// Whether this is the end of a stretch whose beginning has no unit, as in *between 50 and 60 seconds*.
  private func isRest(_ index: Int) -> Bool {
    guard index > 2, tokens[index - 2].kind == .number, tokens[index - 3].kind == .between else { return false }
    return tokens[index - 1].kind == .and || tokens[index - 1].kind == .range
  }

  private func isDenied(_ index: Int) -> Bool {
    // `0:40, if not 0:57` weighs it.
    if index > 1, tokens[index - 1].kind == .not, tokens[index - 2].sense == .conditional { return false }
    let before = tokens[..<index].last { ![.introducing, .open, .copula, .start].contains($0.kind) }
    return before?.kind == .not || Denial.reaches(index, through: index, tokens)
      || AnswerDoubts.isAsked(index, through: index, tokens, kinds)
  }

  /// Whether a time says how long something is: *the duration of the track is 3:12*, *3:12 long*.
  private func isLength(_ index: Int) -> Bool {
    if index + 1 < tokens.count, isLasting(index + 1) || isMeasure(index + 1) { return true }
    if isFromEnd(index) { return true }
    var before = index - 1
    var isSaid = false
    while before >= 0, [.introducing, .open, .copula, .colon].contains(tokens[before].kind) || tokens[before].sense == .parting
    {
      isSaid = isSaid || tokens[before].kind == .copula || tokens[before].kind == .colon
      before -= 1
    }
    if before >= 0, isLasting(before) || tokens[before].sense == .remaining { return true }
    // `eine Länge von 3:12`.
    if before > 0, tokens[before].kind == .start, tokens[before - 1].sense == .length { return true }
    if isSaidOfPiece(index) { return true }
    let first = max(0, before - 6)
    while isSaid, before > first, [.word, .listen, .introducing, .counting].contains(tokens[before].kind) { before -= 1 }
    return before >= 0 && tokens[before].kind == .stretch && tokens[before].sense == .length
  }

  /// Whether `index`, behind a time, says that it is a length: *3:12 total*, *3:12 of music*, *the 3:12 track*.
  private func isMeasure(_ index: Int) -> Bool {
    let token = tokens[index]
    if token.sense == .piece { return true }
    if token.kind == .stretch { return token.sense == .length }
    guard token.kind == .word else { return false }
    let next = index + 1 < tokens.count ? tokens[index + 1] : AnswerToken(.stop)
    if token.sense == .parting { return next.sense != .piece && next.kind != .listen && !next.isTime }
    return token.label == 0 && next.kind == .stretch && next.sense == .length
  }

  /// Whether a track, a recording or a part of one is said to be the time: *the clip is 180 seconds*, *the solo is about 0:30*.
  private func isSaidOfPiece(_ index: Int) -> Bool {
    var before = index - 1
    while before >= 0, tokens[before].sense == .approximate { before -= 1 }
    guard before >= 0, tokens[before].kind == .copula else { return false }
    var isPiece = false
    before -= 1
    while before >= 0 {
      let token = tokens[before]
      switch token.kind {
      case .counting, .listen: isPiece = isPiece || token.kind == .listen || token.sense == .piece || token.sense == .place
      case .word: isPiece = isPiece || token.sense == .place
      case .introducing where token.sense != .plain: break
      default:
        return isPiece && token.kind != .start && token.kind != .introducing && token.kind != .presence
          && (token.kind != .stretch || token.sense == .length)
      }
      before -= 1
    }
    return isPiece
  }

  private func isLasting(_ index: Int) -> Bool { tokens[index].kind == .lasting && tokens[index].sense == .plain }

  /// Whether a time is counted from the end: *0:30 left*, *30 seconds to go*, *0:30 before the end*.
  private func isFromEnd(_ index: Int) -> Bool {
    var next = index + 1
    guard next < tokens.count else { return false }
    let joint = tokens[next]
    switch joint.kind {
    case .relative, .start, .introducing: break
    case .range where tokens[index].kind == .seconds && (index == 0 || tokens[index - 1].kind != .start): break
    case .range: return next + 1 < tokens.count && tokens[next + 1].sense == .remaining
    default: return false
    }
    if joint.sense == .remaining { return true }
    let last = min(next + 3, tokens.count - 1)
    while next < last {
      next += 1
      switch tokens[next].kind {
      case .end, .final: return true
      case _ where tokens[next].sense == .finish || tokens[next].sense == .remaining: return true
      case .word, .introducing: break
      default: return false
      }
    }
    return false
  }

  /// Whether a number without a unit stands where a time stands: alone, after *at*, or as the value of a JSON key.
  private func isBareTime(_ index: Int) -> Bool {
    var last = tokens[..<index].lastIndex { $0.kind != .open && $0.kind != .colon && $0.kind != .range }
    if let close = last, close > 0, tokens[close].kind == .close, tokens[close - 1].kind == .unitWord { last = close - 1 }
    let before = last.map { tokens[$0] }
    switch before?.kind {
    case .stop where isNumbered(last ?? 0): return false
    case .and, .or:
      // `bar 5 or 6` counts twice.
      if let last, last > 0, tokens[last - 1].kind == .number, mentions.last?.index != last - 1 { return false }
    case .number where mentions.last?.index != last: return false
    case .copula where (last ?? 0) > 0 && tokens[(last ?? 1) - 1].kind == .counting && tokens[(last ?? 1) - 1].sense == .plain:
      return false
    case nil, .introducing, .copula, .start, .end, .marker, .newline, .comma, .stop, .number, .bullet, .box, .final:
      break
    case .unitWord where before?.unit == .second: break
    default: return false
    }
    switch index + 1 < tokens.count ? tokens[index + 1].kind : .stop {
    case .range where index + 2 < tokens.count && tokens[index + 2].kind == .word: return false
    case .stop, .newline, .comma, .close, .and, .or, .open, .range, .remark: return true
    default: return false
    }
  }

  /// Whether the full stop at `index` belongs to the word before it, as in `Op. 57`.
  private func isNumbered(_ index: Int) -> Bool {
    guard index > 0 else { return false }
    return tokens[index - 1].sense == .opus || (tokens[index - 1].kind == .no && (index == 1 || !tokens[index - 2].isEnd))
  }

  /// Whether a dash or *to* joins this time to another: an interval, where an instant was asked.
  private func isJoined(_ index: Int) -> Bool {
    let passed: [AnswerToken.Kind] = [.open, .introducing, .range]
    var next = index + 1
    while next < tokens.count, tokens[next].kind == .close { next += 1 }
    if next < tokens.count, tokens[next].kind == .range {
      while next < tokens.count, passed.contains(tokens[next].kind) { next += 1 }
      return next < tokens.count && tokens[next].isTime
    }
    return false
  }
}
