/// Tokens that mean something else beside their neighbours: *minute 1, second 5*, *3 seconds later*, *one and a half minutes*.
enum TokenCombining {
  static func combined(_ tokens: [AnswerToken]) -> [AnswerToken] {
    var result: [AnswerToken] = []
    result.reserveCapacity(tokens.count)
    var index = 0
    while index < tokens.count {
      let token = tokens[index]
      switch token.kind {
      case .unitWord where token.unit == .minute || token.unit == .hour:
        let (end, time) = unitFirst(tokens, from: index)
        result.append(time ?? AnswerToken(.counting, .unit))
        index = end
        continue
      case .seconds where isLength(index, tokens):
        result.append(isMeasured(index, tokens) ? AnswerToken(.length, .measuring) : AnswerToken(.length))
      case .number where isMeasuredUnit(index + 1, tokens):
        // `les 30 premières secondes`.
        result.append(AnswerToken(.length, .measuring))
        index += 2
      case .relative where isDistance(index, tokens):
        // `3 seconds before 0:57`: the time is not the answer.
        result.append(token)
        if let next = nextTime(after: index, tokens) {
          result.append(AnswerToken(.fault, fault: .ambiguous))
          index = next
        }
      case .half:
        if isAfterNumber(index, tokens), let last = result.lastIndex(where: { $0.isTime }) {
          result[last] = AnswerToken(.fault, fault: .ambiguous)
        }
        if let end = unitEnd(index, tokens) {
          result.append(AnswerToken(.fault, fault: .ambiguous))
          index = end
          continue
        }
        result.append(token)
      default: result.append(token)
      }
      index += 1
    }
    return result
  }

  // MARK: Units before numbers

  /// `minute 1, second 5` as one time; a fault where more than a count of minutes stands beside the unit.
  private static func unitFirst(_ tokens: [AnswerToken], from start: Int) -> (end: Int, time: AnswerToken?) {
    let seconds = tokens[start].unit?.seconds ?? 60
    var index = skipping([.colon, .copula], tokens, from: start + 1)
    let isNumbered = index < tokens.count && tokens[index].kind == .number
    let value = isNumbered ? tokens[index].value : 0
    if isNumbered { index += 1 }
    var next = skipping([.comma, .and, .key], tokens, from: index)
    if next < tokens.count, tokens[next].kind == .word, next + 1 < tokens.count, tokens[next + 1].kind == .and {
      // `minute one and 23 seconds`, the number of a language that is not read.
      next += 2
      if next < tokens.count, tokens[next].kind == .seconds, tokens[next].unit == .second {
        return (next + 1, AnswerToken(.fault, fault: .ambiguous))
      }
    }
    guard next < tokens.count else { return (start + 1, nil) }
    if isNumbered, tokens[next].kind == .word, next + 1 < tokens.count, tokens[next + 1].unit == .second,
      tokens[next + 1].kind == .seconds
    {
      // `minuto 1 con 12 segundos`.
      return (next + 2, AnswerToken(.fault, fault: .ambiguous))
    }
    if tokens[next].kind == .seconds, tokens[next].unit == .second, isNumbered || next > index || !isWordBefore(start, tokens) {
      return (next + 1, AnswerToken(.fault, fault: .ambiguous))
    }
    guard isNumbered, tokens[next].kind == .unitWord, tokens[next].unit == .second else { return (start + 1, nil) }
    let second = skipping([.colon, .copula], tokens, from: next + 1)
    guard second < tokens.count, tokens[second].kind == .number else { return (start + 1, nil) }
    guard (0..<60).contains(tokens[second].value), value >= 0,
      let total = AnswerTime.rounded(value * seconds + tokens[second].value)
    else { return (second + 1, AnswerToken(.fault, fault: .badClock)) }
    return (second + 1, AnswerToken(.seconds, value: total))
  }

  private static func isWordBefore(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    index > 0 && tokens[index - 1].kind == .word
  }

  private static func skipping(_ kinds: [AnswerToken.Kind], _ tokens: [AnswerToken], from start: Int) -> Int {
    var index = start
    while index < tokens.count, kinds.contains(tokens[index].kind) { index += 1 }
    return index
  }

  // MARK: Lengths and distances

  /// Whether the seconds at `index` say how long something lasts, or how far it is from something.
  private static func isLength(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    var before = index - 1
    while before >= 0, [.colon, .introducing, .copula].contains(tokens[before].kind) { before -= 1 }
    let next = index + 1 < tokens.count ? tokens[index + 1].kind : .stop
    if before >= 0, tokens[before].kind == .lasting, tokens[before].sense != .measuring, next != .range { return true }
    if isMeasured(index, tokens), next != .range { return true }
    if next == .lasting, tokens[index + 1].sense != .measuring {
      return index + 1 < tokens.count && !(index + 2 < tokens.count && tokens[index + 2].isTime)
    }
    if next == .start, index + 2 < tokens.count,
      tokens[(index + 2)..<min(index + 4, tokens.count)].contains(where: { $0.kind == .end })
    {
      return true
    }
    if isShare(index, tokens) { return true }
    // `a 57-second solo`.
    if tokens[index].sense == .unit, index > 0, tokens[index - 1].kind == .word, next == .word || next == .counting {
      return true
    }
    // `10 seconds into the second verse`.
    if next == .word, tokens[index + 1].sense == .into {
      let near = tokens[(index + 2)..<min(index + 5, tokens.count)].prefix { !$0.isEnd && $0.kind != .comma }
      return near.contains { $0.sense == .place }
    }
    return next == .relative && isDistance(index + 1, tokens)
  }

  /// Whether something lasts so long, as in *57 seconds of silence*; a time of the track itself is none.
  private static func isShare(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    guard index + 1 < tokens.count, tokens[index + 1].sense == .parting || tokens[index + 1].sense == .of else { return false }
    var next = index + 2
    while next < tokens.count, tokens[next].kind == .introducing { next += 1 }
    guard next < tokens.count else { return tokens[index + 1].sense == .parting }
    return tokens[next].sense != .piece && tokens[next].kind != .listen && !tokens[next].isTime
  }

  /// Whether *the first*, *under*, *more than* or the like stands before the seconds at `index`.
  private static func isMeasured(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    var word = index - 1
    while word > 0, [.remark, .range, .end].contains(tokens[word].kind) || tokens[word].sense == .of { word -= 1 }
    if word >= 0, tokens[word].sense == .measuring { return true }
    // `plus de 60 secondes`, `más de 60 segundos`.
    guard index > 1, tokens[index - 1].sense == .of else { return false }
    return tokens[index - 2].kind == .also || (tokens[index - 2].kind == .remark && tokens[index - 2].sense == .joining)
  }

  private static func isMeasuredUnit(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    index + 1 < tokens.count && tokens[index].kind == .word && tokens[index].sense == .measuring
      && tokens[index + 1].kind == .unitWord
  }

  /// Whether *before* or *after* at `index` measures from something else than the start of the track.
  private static func isDistance(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    guard index > 0, tokens[index - 1].kind == .seconds else { return false }
    let end = min(index + 4, tokens.count)
    for next in (index + 1)..<max(end, index + 1) {
      if tokens[next].isEnd || tokens[next].kind == .comma { break }
      // `12 seconds after the start`, not *after the vocals start*.
      if tokens[next].kind == .start { return tokens[(index + 1)..<next].contains { isThing($0) } }
    }
    return true
  }

  /// Whether the token names something else than the track.
  private static func isThing(_ token: AnswerToken) -> Bool {
    token.sense == .place || (token.kind == .word && token.label != 0 && token.label != music)
  }

  private static let music = AnswerKeywords.Key("music").label

  private static func nextTime(after index: Int, _ tokens: [AnswerToken]) -> Int? {
    let next = skipping([.introducing, .open], tokens, from: index + 1)
    return next < tokens.count && tokens[next].isTime ? next : nil
  }

  // MARK: Halves

  /// Whether the half at `index` adds to a number before it, as in *1 minute and a half* or *two and a half minutes*.
  private static func isAfterNumber(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    var before = index - 1
    while before >= 0, index - before < 4, [.word, .and].contains(tokens[before].kind) { before -= 1 }
    guard before >= 0 else { return false }
    return tokens[before].isTime || (tokens[before].kind == .unitWord && tokens[before].unit != .second)
  }

  /// The end of the unit that follows the half at `index`, as in *half a minute*; `nil` where none does.
  private static func unitEnd(_ index: Int, _ tokens: [AnswerToken]) -> Int? {
    let next = skipping([.word], tokens, from: index + 1)
    guard next < tokens.count, let unit = tokens[next].unit else { return nil }
    let isUnit = tokens[next].kind == .unitWord && unit != .millisecond
    // `a minute` is a number with its unit.
    let isOne = tokens[next].kind == .seconds && tokens[next].value == unit.seconds
    return isUnit || isOne ? next + 1 : nil
  }
}
