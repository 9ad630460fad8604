import Timelines

/// Intervals in the order they are written, however they are written.
///
/// Two times make an interval where a dash or *to* joins them, where they are the only two in a bracket, after *between*,
/// and where one is marked as start and the other as end. Nothing is paired by position alone.
struct IntervalGrammar {
  fileprivate struct Entry {
    enum Link { case none, range, and, comma, end, prose }
    enum Mark { case none, start, end, between }

    let token: AnswerToken
    /// What stands between the time before and this one.
    let link: Link
    let mark: Mark
    let index: Int
    let depth: Int
    let isDenied: Bool
  }

  private struct Bracket {
    let firstEntry: Int
    var hasWord = false
    var hasComma = false
    var literal: Fault?
  }

  private let tokens: [AnswerToken]
  private var link = Entry.Link.none
  private var mark = Entry.Mark.none
  private var hasOr = false
  private var isDenied = false
  /// Whether the last time ended an interval, so that a dash after it makes a chain such as a date.
  private var isChained = false
  /// Times that are not paired yet.
  private var entries: [Entry] = []
  private var brackets: [Bracket] = []
  private var pairs: [(interval: Interval, isExplicit: Bool)] = []
  private var fault: Fault?
  /// A fault among numbers without unit, which does not matter where there are clock times.
  private var bareFault: Fault?

  static func read(_ tokens: [AnswerToken]) -> Reading {
    let (meant, isMarked) = AnswerGrammar.meant(tokens)
    var grammar = IntervalGrammar(isMarked ? Array(meant) : tokens)
    return grammar.read(all: tokens)
  }

  private init(_ tokens: [AnswerToken]) {
    self.tokens = tokens
  }

  private mutating func read(all: [AnswerToken]) -> Reading {
    if let fault = tokens.first(where: { $0.kind == .fault })?.fault { return .unreadable(fault) }
    for index in tokens.indices { take(index) }
    settleRest()
    if let fault { return .unreadable(fault) }
    let explicit = pairs.filter(\.isExplicit)
    if explicit.isEmpty, let bareFault { return .unreadable(bareFault) }
    let found = explicit.isEmpty ? pairs : explicit
    guard found.isEmpty else { return AnswerGrammar.answered(.intervals(found.map(\.interval))) }
    if AnswerGrammar.isNone(all) { return AnswerGrammar.empty }
    return .unreadable(tokens.first { $0.kind == .literal }?.fault ?? .noAnswer)
  }

  // MARK: One token

  private mutating func take(_ index: Int) {
    let token = tokens[index]
    switch token.kind {
    case .clock, .seconds, .number: time(index)
    case .range: if link == .none || (link != .end && entries.last?.mark == .start) { link = .range }
    case .and: if link == .none { link = .and }
    case .comma:
      if link == .none { link = .comma }
      isDenied = false
      if let last = brackets.indices.last { brackets[last].hasComma = true }
    case .newline: if link == .none { link = .comma }
    case .or: if brackets.isEmpty || isFirstInBracket(index) { hasOr = true }
    case .start: mark = .start
    case .end:
      link = .end
      mark = .end
    case .between: mark = .between
    case .open: brackets.append(Bracket(firstEntry: entries.count))
    case .close: close()
    case .literal, .null: if let last = brackets.indices.last { brackets[last].literal = token.fault ?? .noAnswer }
    case .not: isDenied = true
    case .word, .counting, .stretch, .no: prose()
    case .stop:
      link = .prose
      isDenied = false
    case .introducing, .colon, .fault, .marker, .none: break
    }
  }

  /// Whether nothing stands between this token and a bracket that opened before it, as in `(or 2:10-2:25)`.
  private func isFirstInBracket(_ index: Int) -> Bool { index > 0 && tokens[index - 1].kind == .open }

  /// A word between two times keeps them apart, unless it stands in a bracket that opened after the first.
  private mutating func prose() {
    isDenied = false
    if let last = brackets.indices.last {
      brackets[last].hasWord = true
      if let entry = entries.last, brackets.count > entry.depth { return }
    }
    if link != .end { link = .prose }
  }

  private mutating func time(_ index: Int) {
    let entry = Entry(
      token: tokens[index], link: link, mark: mark, index: index, depth: brackets.count, isDenied: isDenied)
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

  // MARK: Pairs

  private mutating func pair(_ onset: Entry, _ offset: Entry) {
    let bare = [onset, offset].count { $0.token.kind == .number }
    if isCounted(onset, offset) || onset.isDenied { return }
    if bare == 1, onset.token.kind == .clock || offset.token.kind == .clock {
      return record(.ambiguous, isBare: false)
    }
    guard onset.token.value >= 0, offset.token.value >= 0 else { return record(.negative, isBare: bare == 2) }
    guard let interval = Interval(start: onset.token.value, end: offset.token.value) else {
      return record(.reversed, isBare: bare == 2)
    }
    if hasOr, let last = pairs.last, last.interval != interval { record(.hedged, isBare: bare == 2) }
    hasOr = false
    pairs.append((interval, bare < 2))
  }

  private mutating func record(_ fault: Fault, isBare: Bool) {
    if isBare { bareFault = bareFault ?? fault } else { self.fault = self.fault ?? fault }
  }

  /// Whether two bare numbers count something else, as in *bars 12-30*.
  private func isCounted(_ onset: Entry, _ offset: Entry) -> Bool {
    guard onset.token.kind == .number, offset.token.kind == .number else { return false }
    let isBefore = onset.index > 0 && tokens[onset.index - 1].kind == .counting
    return isBefore || (offset.index + 1 < tokens.count && tokens[offset.index + 1].kind == .counting)
  }

  // MARK: Brackets and what is left

  private mutating func close() {
    guard let bracket = brackets.popLast() else { return }
    let inside = entries.count - bracket.firstEntry
    guard inside > 0 else { return }
    let onset = entries[bracket.firstEntry]
    if let literal = bracket.literal {
      fault = fault ?? literal
    } else if bracket.hasWord {
      entries.removeSubrange(bracket.firstEntry...)
    } else if inside == 2, let offset = entries.last, offset.link == .comma {
      entries.removeLast(2)
      if onset.mark == .end, offset.mark == .start { pair(offset, onset) } else { pair(onset, offset) }
      isChained = true
    } else if inside > 1 || bracket.hasComma {
      record(.ambiguous, isBare: false)
    }
  }

  /// Judges the times that belong to no interval: in prose they are beside the point, in a list they are half an answer.
  private mutating func settleRest() {
    for entry in entries {
      if entry.token.isGlued {
        record(.ambiguous, isBare: true)
      } else if entry.token.isExplicitTime, !entry.isDenied, !isBesidePoint(entry) || pairs.isEmpty {
        let isCutOff = link == .range && entry.index == entries.last?.index
        record(isCutOff || !pairs.isEmpty ? .ambiguous : .noAnswer, isBare: false)
      }
    }
  }

  private func isBesidePoint(_ entry: Entry) -> Bool {
    let before = entry.index > 0 ? tokens[entry.index - 1] : nil
    let after = entry.index + 1 < tokens.count ? tokens[entry.index + 1] : nil
    if let before, let after, before.kind == .open, after.kind == .close { return true }
    return before?.isWordlike == true || after?.isWordlike == true
  }
}

extension IntervalGrammar.Entry {
  /// Whether this time and the one before it are the ends of an interval.
  fileprivate func pairs(with before: IntervalGrammar.Entry) -> Bool {
    switch link {
    case .range: true
    case .and: before.mark == .between
    case .end: before.mark == .start
    case .none, .comma, .prose: false
    }
  }
}
