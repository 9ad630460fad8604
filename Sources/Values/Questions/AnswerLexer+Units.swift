/// Abbreviations, and units that are named away from their numbers.
extension AnswerLexer {
  /// Steps over the rest of `e.g.` and its like, which name an example, and of `i.e.`, which names the answer.
  mutating func abbreviation(_ key: AnswerKeywords.Key) -> Bool {
    guard byte(position) == UInt8(ascii: "."), key.length == 1 else { return false }
    var next = position + 1
    if byte(next) == UInt8(ascii: " ") { next += 1 }
    let first = byte(position - 1).lowercased
    let second = byte(next).lowercased
    var end = next
    while byte(end).isLetter { end += 1 }
    switch (first, second, end - next) {
    case (UInt8(ascii: "e"), UInt8(ascii: "g"), 1), (UInt8(ascii: "z"), UInt8(ascii: "b"), 1),
      (UInt8(ascii: "p"), UInt8(ascii: "e"), 1...2),
      (UInt8(ascii: "b"), UInt8(ascii: "v"), 1), (UInt8(ascii: "t"), UInt8(ascii: "e"), 1):
      append(AnswerToken(.doubt))
    case (UInt8(ascii: "i"), UInt8(ascii: "e"), 1), (UInt8(ascii: "d"), UInt8(ascii: "h"), 1):
      append(AnswerToken(.introducing))
    default: return false
    }
    position = byte(end) == UInt8(ascii: ".") ? end + 1 : end
    return true
  }

  /// Gives the numbers of an object the unit that it names; a unit that is not known makes them no times.
  mutating func applyNamedUnit() {
    guard let namedUnit, namedUnit != .known(.second) else { return }
    for index in tokens.indices where tokens[index].kind == .number || tokens[index].kind == .extent {
      if tokens[index].kind == .number, case .known(let unit) = namedUnit,
        let value = AnswerTime.rounded(tokens[index].value * unit.seconds)
      {
        tokens[index] = AnswerToken(.seconds, value: value, unit: unit)
      } else {
        tokens[index] = AnswerToken(.fault, fault: .ambiguous)
      }
    }
  }

  /// *Minutes* in brackets behind a number, as in `1.2 (in minutes)`, spoils it.
  mutating func spoilMinutes() {
    for index in tokens.indices.dropFirst(2) where tokens[index].kind == .unitWord {
      guard let unit = tokens[index].unit, unit.rawValue > Unit.second.rawValue else { continue }
      let open = tokens[index - 1].kind == .open ? index - 1 : index - 2
      guard open > 0, tokens[open].kind == .open, tokens[open - 1].kind == .number else { continue }
      tokens[open - 1] = AnswerToken(.fault, fault: .ambiguous)
    }
  }

  /// *Ms* without a number, as in `time (ms): 57000`, may be the unit of the numbers that have none.
  mutating func spoilMilliseconds() {
    guard tokens.contains(where: { $0.kind == .unitWord && $0.unit == .millisecond }) else { return }
    for index in tokens.indices where tokens[index].kind == .number { tokens[index] = AnswerToken(.fault, fault: .ambiguous) }
  }
}
