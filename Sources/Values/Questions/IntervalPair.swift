import Timelines

/// An interval with what decides whether it is a part of the answer or of a remark.
struct IntervalPair {
  let interval: Interval
  /// Whether the unit of a time is written.
  let isExplicit: Bool
  /// Counts sentences and lines.
  let sentence: Int
  /// Whether no word stands between the start of the sentence, or the last comma, and the interval.
  let isDirect: Bool
  /// Whether *because*, *while* or the like stands between another interval of the sentence and this one.
  let isAfterRemark: Bool
  /// From its first time to its last.
  let tokens: ClosedRange<Int>
  /// Whether a word follows, not a comma, a bracket or the end.
  var isFollowedByProse = false
}

/// Which of the intervals of a text are the answer.
///
/// All, where they are strung together, as in `0:57-1:12 and 2:10-2:25` or a list of lines. A remark on the answer is left out where
/// it shows
/// itself: behind *because*, or in sentences of its own behind an answer that is nothing but intervals. Where it cannot be told apart, the
/// text is hedging.
enum IntervalChoice {
  /// `nil` for hedging.
  static func meant(_ pairs: [IntervalPair], proseSentences: SentenceNumbers) -> [IntervalPair]? {
    guard pairs.count > 1, let first = pairs.first else { return pairs }
    var kept = pairs
    if kept.contains(where: \.isAfterRemark) {
      guard first.isDirect else { return nil }
      kept.removeAll { $0.isAfterRemark }
    }
    var groups: [ArraySlice<IntervalPair>] = []
    var start = kept.startIndex
    for index in kept.indices where index + 1 == kept.endIndex || kept[index + 1].sentence != kept[index].sentence {
      groups.append(kept[start...index])
      start = index + 1
    }
    guard groups.allSatisfy(isConsistent) else { return nil }
    guard groups.count > 1 else { return withoutBare(kept) }
    let areItems = groups.map { isItem($0, proseSentences) }
    if areItems.allSatisfy({ $0 }) { return withoutBare(kept) }
    // A list first, remarks behind it.
    guard let remarks = areItems.firstIndex(of: false), remarks > 0, !areItems[remarks...].contains(true),
      groups[..<remarks].allSatisfy({ isPure($0, proseSentences) })
    else { return nil }
    return withoutBare(Array(groups[..<remarks].joined()))
  }

  /// One interval where the others say the same again, behind *that is* or the like.
  static func withoutRestated(_ found: [IntervalPair], _ tokens: [AnswerToken]) -> [IntervalPair] {
    guard found.count == 2, found[0].interval == found[1].interval,
      tokens[found[0].tokens.upperBound..<found[1].tokens.lowerBound].contains(where: { $0.kind == .introducing })
    else { return found }
    return [found[0]]
  }

  /// Whether the intervals are the sections into which a text cuts the track, not those that it chooses: with words around them, one
  /// begins where another ends, or the sentence begins with *unlike*.
  static func areSections(_ found: [IntervalPair], _ tokens: [AnswerToken]) -> Bool {
    guard found.count > 1, tokens.contains(where: { $0.isProse || $0.kind == .copula || ($0.kind == .colon && $0.label != 0) })
    else {
      return false
    }
    if zip(found, found.dropFirst()).contains(where: { $0.interval.end == $1.interval.start }) { return true }
    return found.contains { pair in
      let start = tokens[..<pair.tokens.lowerBound].lastIndex(where: \.isEnd).map { $0 + 1 } ?? 0
      return tokens[start].kind == .remark && tokens[start].sense == .plain && found[0].tokens.lowerBound >= start
    }
  }

  /// Numbers without a unit do not count beside times that have one where they say the same or are followed by what they count.
  private static func withoutBare(_ pairs: [IntervalPair]) -> [IntervalPair]? {
    let explicit = pairs.filter(\.isExplicit)
    guard !explicit.isEmpty, explicit.count < pairs.count else { return pairs }
    let others = pairs.filter { pair in !pair.isExplicit && !explicit.contains { $0.interval == pair.interval } }
    return others.allSatisfy(\.isFollowedByProse) ? explicit : nil
  }

  /// Whether the intervals of a sentence are a list: each behind its own words and with none after it, or without words between.
  private static func isConsistent(_ group: ArraySlice<IntervalPair>) -> Bool {
    guard let first = group.first, group.dropFirst().contains(where: { !$0.isDirect }) else { return true }
    return !first.isDirect && !group.contains(where: \.isFollowedByProse)
  }

  private static func isPure(_ group: ArraySlice<IntervalPair>, _ prose: SentenceNumbers) -> Bool {
    group.first.map { !prose.contains($0.sentence) } ?? true
  }

  /// Whether a line or sentence is one of a list: intervals alone, or behind a name and a colon.
  private static func isItem(_ group: ArraySlice<IntervalPair>, _ prose: SentenceNumbers) -> Bool {
    isPure(group, prose) || group.allSatisfy { $0.isDirect && !$0.isFollowedByProse }
  }
}
