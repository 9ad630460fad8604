import Timelines

/// Intervals in the order they are written, however they are written.
///
/// Two times make an interval where a dash or *to* joins them, where they are the only two in a bracket, after *between*,
/// and where one is marked as start and the other as end. Nothing is paired by position alone.
struct IntervalGrammar {
  struct Entry {
    enum Link { case none, range, and, comma, end, prose }
    enum Mark { case none, start, end, between }

    let token: AnswerToken
    /// What stands between the time before and this one.
    let link: Link
    let mark: Mark
    let index: Int
    let depth: Int
    let isDenied: Bool
    let isDirect: Bool
    let sentence: Int
  }

  private struct Bracket {
    let firstEntry: Int
    let firstPair: Int
    /// Whether an interval stands right before it.
    let followsPair: Bool
    var hasWord = false
    var hasComma = false
    /// Whether it goes on with the list: *and*, *or* or *also* is its first word.
    var isMore = false
    var literal: Fault?
    /// Whether a word such as *start* stands before it, so that it lists starts or ends.
    let mark: Entry.Mark
  }

  let tokens: [AnswerToken]
  let kinds: KindSet
  private var link = Entry.Link.none
  private var mark = Entry.Mark.none
  private var hasOr = false
  private var isDenied = false
  /// Whether the last time ended an interval, so that a dash after it makes a chain such as a date.
  private var isChained = false
  /// Whether nothing stands between the last interval and here.
  private var isAfterPair = false
  /// Times that are not paired yet.
  private var entries: [Entry] = []
  private var brackets: [Bracket] = []
  private var pairs: [IntervalPair] = []
  private var sentence = 0
  private var proseSentences = SentenceNumbers()
  /// Whether words stand between the start of the sentence, or the last comma, and here.
  private var hasProse = false
  private var isAfterRemark = false
  /// Starts and ends that are listed apart, as in `{"start": [57, 130], "end": [72, 145]}`.
  private var listed: (starts: [Entry], ends: [Entry]) = ([], [])
  /// The lists of two of them, with the number of intervals before each.
  private var listedPairs: [(onset: Entry, offset: Entry, place: Int)] = []
  /// Whether a clause denies an interval.
  private var hasDenied = false
  private var fault: Fault?
  /// A fault among numbers without unit, which does not matter where there are clock times.
  private var bareFault: Fault?

  static func read(_ tokens: [AnswerToken]) -> Reading {
    let kinds = KindSet(tokens)
    if let named = AnswerScope.reading(
      tokens, kinds,
      { part in
        var grammar = IntervalGrammar(part, KindSet(part))
        return grammar.read()
      })
    {
      return named
    }
    if tokens.contains(where: \.isTime), Declining.fault(tokens, kinds) == .refused { return .unreadable(.refused) }
    var grammar = IntervalGrammar(tokens, kinds)
    return grammar.read()
  }

  private init(_ tokens: [AnswerToken], _ kinds: KindSet) {
    self.tokens = tokens
    self.kinds = kinds
  }

  private mutating func read() -> Reading {
    if kinds.holds(.fault), let fault = tokens.first(where: { $0.kind == .fault })?.fault { return .unreadable(fault) }
    for index in tokens.indices { take(index) }
    pairListed()
    settleRest()
    if let fault { return .unreadable(fault, seen: fault == .hedged ? pairs.map { .intervals([$0.interval]) } : []) }
    if !pairs.contains(where: \.isExplicit), let bareFault { return .unreadable(bareFault) }
    if !pairs.isEmpty, AnswerGrammar.startsWithNone(tokens, kinds) {
      let areRemarks = pairs.allSatisfy { $0.isAfterRemark || ($0.sentence > 0 && proseSentences.contains($0.sentence)) }
      return areRemarks ? AnswerGrammar.empty : .unreadable(.hedged, seen: pairs.map { .intervals([$0.interval]) })
    }
    guard let found = IntervalChoice.meant(pairs, proseSentences: proseSentences) else {
      return .unreadable(.hedged, seen: pairs.map { .intervals([$0.interval]) })
    }
    if let first = found.first {
      if found.contains(where: { AnswerDoubts.reach($0.tokens.lowerBound, through: $0.tokens.upperBound, tokens, kinds) }) {
        return .unreadable(.ambiguous, seen: pairs.map { .intervals([$0.interval]) })
      }
      if IntervalChoice.areSections(found, tokens) || AnswerLabels.areSeveral(tokens, kinds)
        || AnswerLabels.haveSubjects(tokens, kinds)
        || AnswerLabels.nameSeveral(found, tokens)
      {
        return .unreadable(.hedged, seen: pairs.map { .intervals([$0.interval]) })
      }
      if !first.isDirect || first.sentence > 0, let absence = Absence.end(tokens, kinds) {
        let isBefore = absence <= tokens.firstIndex(where: \.isTime) ?? 0
        return .unreadable(isBefore ? .absent : .hedged, seen: pairs.map { .intervals([$0.interval]) })
      }
      if Denial.isNotFound(tokens, kinds) { return .unreadable(.absent, seen: pairs.map { .intervals([$0.interval]) }) }
      if Denial.countsOn(tokens, kinds) { return .unreadable(.ambiguous) }
      if kinds.holds(.length), tokens.indices.contains(where: { AnswerLabels.isListedStretch($0, tokens) }) {
        return .unreadable(.ambiguous)
      }
      if found.contains(where: { AnswerDoubts.isOfClip($0.tokens.lowerBound, tokens) }) { return .unreadable(.ambiguous) }
      return AnswerGrammar.answered(.intervals(IntervalChoice.withoutRestated(found, tokens).map(\.interval)))
    }
    if AnswerGrammar.isNone(tokens) { return AnswerGrammar.empty }
    if hasDenied { return .unreadable(.noAnswer) }
    let times = tokens.filter(\.isExplicitTime)
    if !times.isEmpty { return .unreadable(.instantGiven, seen: times.map { .instant($0.value) }) }
    return .unreadable(tokens.first { $0.kind == .literal }?.fault ?? Declining.reason(tokens))
  }

  // MARK: One token

  private mutating func take(_ index: Int) {
    let token = tokens[index]
    let wasAfterPair = isAfterPair
    if token.kind != .close { isAfterPair = false }
    switch token.kind {
    case .clock, .seconds, .number: time(index)
    case .range: if link == .none || (link != .end && entries.last?.mark == .start) { link = .range }
    case .and, .also:
      if link == .none { link = .and }
      hasProse = false
      if isFirstInBracket(index) { brackets[brackets.count - 1].isMore = true }
    case .comma:
      if link == .none { link = .comma }
      isDenied = false
      hasProse = false
      if let last = brackets.indices.last { brackets[last].hasComma = true }
    case .newline:
      if link == .none { link = .comma }
      if brackets.isEmpty { endSentence() }
    case .or, .hedge:
      if brackets.isEmpty || isFirstInBracket(index) { hasOr = true }
      if isFirstInBracket(index) { brackets[brackets.count - 1].isMore = true }
      if token.kind == .hedge { prose(wasAfterPair) }
    case .start: mark = .start
    case .end:
      link = .end
      mark = .end
    case .between: mark = .between
    case .open:
      let isList = index > 0 && [.colon, .start, .end, .introducing].contains(tokens[index - 1].kind)
      brackets.append(
        Bracket(
          firstEntry: entries.count, firstPair: pairs.count, followsPair: wasAfterPair, mark: isList ? mark : .none))
    case .close: close()
    case .extent: extend(by: token.value)
    case .word
    where token.sense == .stopping && [.none, .and, .comma].contains(link) && entries.last?.mark == .start && isStop(index):
      link = .end
    case .literal, .null: if let last = brackets.indices.last { brackets[last].literal = token.fault ?? .noAnswer }
    case .not where !isCorrecting(index): isDenied = true
    case .no where isCorrecting(index), .apology where isCorrecting(index): hasOr = true
    case .word where !pairs.isEmpty && (Retraction.isCue(index, tokens) || Retraction.isInterjection(index, tokens)),
      .not where isCorrecting(index), .none where !pairs.isEmpty && Retraction.isCue(index, tokens),
      .negated where !pairs.isEmpty && Retraction.isCue(index, tokens):
      hasOr = true
    case .stop:
      link = .prose
      isDenied = false
      if brackets.isEmpty { endSentence() }
    case .colon, .key: hasProse = false
    case .copula: if wasAfterPair, !isAfterRemark { pairs[pairs.count - 1].isFollowedByProse = true }
    case .remark where index + 1 < tokens.count && tokens[index + 1].kind == .also:
      // `but also 2:10-2:25`.
      break
    case .remark:
      if brackets.isEmpty, pairs.last?.sentence == sentence { isAfterRemark = true }
      prose(wasAfterPair)
    case _ where token.isProse: prose(wasAfterPair)
    default: break
    }
  }

  /// Whether this stands alone between an interval and what corrects it, as in `0:30-0:40, no, 0:57-1:12`.
  private func isCorrecting(_ index: Int) -> Bool {
    guard index > 0, index + 1 < tokens.count, !pairs.isEmpty else { return false }
    let breaks: [AnswerToken.Kind] = [.comma, .stop, .hedge, .range, .colon]
    return breaks.contains(tokens[index - 1].kind) && (breaks.contains(tokens[index + 1].kind) || tokens[index + 1].isTime)
  }

  private mutating func endSentence() {
    sentence += 1
    hasProse = false
    isAfterRemark = false
  }

  /// Whether nothing stands between this token and a bracket that opened before it, as in `(or 2:10-2:25)`.
  private func isFirstInBracket(_ index: Int) -> Bool { index > 0 && tokens[index - 1].kind == .open }

  /// A word between two times keeps them apart, unless it stands in a bracket that opened after the first.
  private mutating func prose(_ isAfterPair: Bool) {
    isDenied = false
    if brackets.isEmpty, !isAfterRemark {
      hasProse = true
      proseSentences.insert(sentence)
      if isAfterPair { pairs[pairs.count - 1].isFollowedByProse = true }
    }
    if let last = brackets.indices.last {
      brackets[last].hasWord = true
      if let entry = entries.last, brackets.count > entry.depth { return }
    }
    if link != .end { link = .prose }
  }

  private mutating func time(_ index: Int) {
    let entry = Entry(
      token: tokens[index], link: link, mark: mark, index: index, depth: brackets.count, isDenied: isDenied,
      isDirect: !hasProse,
      sentence: sentence)
    let isChain = isChained && link == .range
    link = .none
    mark = .none
    isChained = false
    isDenied = false
    if isChain {
      record(.ambiguous, isBare: entry.token.kind == .number)
    } else if let last = entries.last, entry.pairs(with: last) {
      entries.removeLast()
      pair(last, entry)
      isChained = true
    } else {
      entries.append(entry)
    }
  }

  /// Pairs a start with what its object says is its length, as in `{"start": 57, "duration": 15}`.
  private mutating func extend(by seconds: Double) {
    guard let onset = entries.last, onset.mark == .start, onset.depth == brackets.count,
      let end = AnswerTime.rounded(onset.token.value + seconds)
    else { return }
    entries.removeLast()
    var token = onset.token
    token.value = end
    pair(
      onset,
      Entry(
        token: token, link: .end, mark: .end, index: onset.index, depth: onset.depth, isDenied: false, isDirect: true,
        sentence: sentence))
  }

  /// Whether *stops at*, *leaves at* stands right before a time: the end of what starts before it.
  private func isStop(_ index: Int) -> Bool {
    var next = index + 1
    while next < tokens.count, tokens[next].kind == .introducing { next += 1 }
    return next < tokens.count && tokens[next].isTime
  }

  // MARK: Pairs

  private mutating func pair(_ onset: Entry, _ offset: Entry) {
    let bare = [onset, offset].count { $0.token.kind == .number }
    if isCounted(onset, offset) || isLength(onset, offset) { return }
    if onset.isDenied { return deny(onset, offset) }
    if AnswerDoubts.isAsked(onset.index, through: offset.index, tokens, kinds) {
      hasDenied = true
      return
    }
    if isEnd(onset.index) || AnswerDoubts.isGap(onset.index, tokens) { return record(.ambiguous, isBare: false) }
    if bare == 2, isOfUnit(onset.index) || isOfWord(onset) { return record(.ambiguous, isBare: true) }
    if Denial.reaches(onset.index, through: offset.index, tokens) {
      hasDenied = true
      return deny(onset, offset)
    }
    if Denial.isExcept(onset.index, through: offset.index, tokens) { return record(.ambiguous, isBare: false) }
    guard let (start, end) = ends(onset.token, offset.token) else { return record(.ambiguous, isBare: false) }
    guard start >= 0, end >= 0 else { return record(.negative, isBare: bare == 2) }
    guard let interval = Interval(start: start, end: end) else { return record(.reversed, isBare: bare == 2) }
    if hasOr, let last = pairs.last, last.interval != interval { record(.hedged, isBare: bare == 2) }
    hasOr = false
    isAfterPair = true
    pairs.append(
      IntervalPair(
        interval: interval, isExplicit: bare < 2, sentence: onset.sentence, isDirect: onset.isDirect,
        isAfterRemark: isAfterRemark, tokens: onset.index...max(onset.index, offset.index)))
  }

  /// The ends in seconds: a unit after the second number is that of both, as in `2 to 3 minutes`; `nil` where a number may be of another
  /// unit, as in `0:57-72`.
  private func ends(_ onset: AnswerToken, _ offset: AnswerToken) -> (Double, Double)? {
    switch (onset.kind, offset.kind) {
    case (.number, .clock), (.clock, .number): nil
    case (.number, .seconds):
      offset.unit.flatMap { unit in
        AnswerTime.rounded(unit == .millisecond ? onset.value / 1000 : onset.value * unit.seconds).map { ($0, offset.value) }
      }
    case (.seconds, .number): onset.unit == .second ? (onset.value, offset.value) : nil
    default: (onset.value, offset.value)
    }
  }

  /// A stretch that is left out of the interval before it makes that one unusable: *0:57-1:12, but not 1:00-1:05*.
  private mutating func deny(_ onset: Entry, _ offset: Entry) {
    if let last = pairs.last?.interval, onset.token.value >= last.start, offset.token.value <= last.end,
      onset.token.value < last.end
    {
      record(.ambiguous, isBare: false)
    }
  }

  private mutating func record(_ fault: Fault, isBare: Bool) {
    if isBare { bareFault = bareFault ?? fault } else { self.fault = self.fault ?? fault }
  }

  // MARK: Brackets and what is left

  private mutating func close() {
    guard let bracket = brackets.popLast() else { return }
    if bracket.followsPair, !bracket.isMore, bracket.firstPair > 0, pairs.count > bracket.firstPair { restate(bracket) }
    let inside = entries.count - bracket.firstEntry
    guard inside > 0 else { return }
    let onset = entries[bracket.firstEntry]
    if let literal = bracket.literal {
      fault = fault ?? literal
    } else if bracket.hasWord {
      entries.removeSubrange(bracket.firstEntry...)
    } else if inside > 1, bracket.mark == .start || bracket.mark == .end {
      let list = entries[bracket.firstEntry...]
      if let offset = list.last, inside == 2 { listedPairs.append((onset, offset, pairs.count)) }
      if bracket.mark == .start { listed.starts += list } else { listed.ends += list }
      entries.removeSubrange(bracket.firstEntry...)
    } else if inside == 2, let offset = entries.last, offset.link == .comma {
      entries.removeLast(2)
      if onset.mark == .end, offset.mark == .start { pair(offset, onset) } else { pair(onset, offset) }
      isChained = true
    } else if inside > 1 || bracket.hasComma {
      record(.ambiguous, isBare: false)
    }
  }

  /// Intervals in a bracket right behind another: the same one in other words, a remark, or hedging.
  private mutating func restate(_ bracket: Bracket) {
    let inside = pairs[bracket.firstPair...]
    let before = pairs[bracket.firstPair - 1]
    let names = (
      AnswerLabels.name(before: before.tokens.lowerBound, tokens),
      AnswerLabels.name(before: inside[inside.startIndex].tokens.lowerBound, tokens)
    )
    if names.0 != 0, names.1 != 0, names.0 != names.1 { record(.hedged, isBare: !before.isExplicit) }
    if !bracket.hasWord, inside.contains(where: { $0.interval != before.interval }) {
      record(.hedged, isBare: !before.isExplicit)
    }
    pairs.removeSubrange(bracket.firstPair...)
  }

  /// Pairs starts and ends that are listed apart, in their order; two starts without any ends are an interval: *from [0:57, 1:12]*.
  private mutating func pairListed() {
    let (starts, ends) = listed
    if starts.isEmpty || ends.isEmpty, starts.count + ends.count == 2 * listedPairs.count {
      var added = 0
      for (onset, offset, place) in listedPairs {
        let count = pairs.count
        pair(onset, offset)
        guard pairs.count > count else { continue }
        pairs.insert(pairs.removeLast(), at: place + added)
        added += 1
      }
      return
    }
    guard starts.count == ends.count else { return record(.ambiguous, isBare: false) }
    for (start, end) in zip(starts, ends) { pair(start, end) }
  }

  /// Judges the times that belong to no interval: in prose they are beside the point, in a list they are half an answer.
  private mutating func settleRest() {
    for entry in entries {
      if entry.token.isGlued {
        record(.ambiguous, isBare: true)
      } else if entry.token.isExplicitTime, entry.mark == .end, entry.link == .end, !pairs.isEmpty {
        // *Starts 0:55-0:57 and ends at 1:12*.
        record(.ambiguous, isBare: false)
      } else if entry.token.isExplicitTime, !entry.isDenied, !isBesidePoint(entry) || pairs.isEmpty {
        let isCutOff = link == .range && entry.index == entries.last?.index
        if isCutOff || !pairs.isEmpty { record(.ambiguous, isBare: false) }
      }
    }
  }
}
