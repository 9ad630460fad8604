/// The names that stand before times: *Flute: 0:57-1:12*, `"flute": [57, 72]`, a row of a table.
///
/// Who asked for one thing and gets the times of several cannot tell which are meant.
enum AnswerLabels {
  /// Whether times, or the word that there are none, stand behind different names.
  static func areSeveral(_ tokens: [AnswerToken], _ kinds: KindSet) -> Bool {
    guard kinds.holds(.colon) else { return false }
    var first: UInt32 = 0
    // Of objects that name themselves, by the key that does.
    var objects: [(key: Double, label: UInt32)] = []
    for (index, token) in tokens.enumerated() where token.kind == .colon && token.label != 0 && token.label != first {
      if token.sense == .whole {
        let other = objects.first { $0.key == token.value }
        if let other, other.label != token.label { return true }
        if other == nil { objects.append((token.value, token.label)) }
      } else if isValued(index, tokens) {
        if first != 0 { return true }
        first = token.label
      }
    }
    return false
  }

  /// Whether intervals of one sentence have subjects of their own: *the flute plays 0:57-1:12 and the oboe plays 2:10-2:25*.
  static func haveSubjects(_ tokens: [AnswerToken], _ kinds: KindSet) -> Bool {
    guard kinds.holds(.presence) else { return false }
    var subjects = 0
    for index in tokens.indices.dropFirst() {
      switch tokens[index].kind {
      case .presence where tokens[index - 1].kind == .word:
        var next = index + 1
        while next < tokens.count, [.start, .between, .introducing, .open].contains(tokens[next].kind) { next += 1 }
        if next < tokens.count, tokens[next].isTime { subjects += 1 }
      case .stop, .newline: subjects = 0
      default: break
      }
      if subjects > 1 { return true }
    }
    return false
  }

  /// Whether words right before, or right behind, several intervals name different things: *flute 0:57-1:12, oboe 2:10-2:25*.
  static func nameSeveral(_ pairs: [IntervalPair], _ tokens: [AnswerToken]) -> Bool {
    guard pairs.count > 1 else { return false }
    var before: UInt32 = 0
    var behind: UInt32 = 0
    for pair in pairs {
      let first = name(before: pair.tokens.lowerBound, tokens)
      let last = name(behind: pair.tokens.upperBound, tokens)
      if first != 0 {
        if before != 0, before != first { return true }
        before = first
      }
      let hasArrow = pair.tokens.upperBound + 1 < tokens.count && isArrow(tokens[pair.tokens.upperBound + 1])
      if last != 0, hasArrow || pair.sentence == pairs[0].sentence {
        if behind != 0, behind != last { return true }
        behind = last
      }
    }
    return false
  }

  static func name(before index: Int, _ tokens: [AnswerToken]) -> UInt32 {
    var before = index - 1
    while before >= 0, [.open, .start, .between, .introducing, .presence, .lasting].contains(tokens[before].kind) {
      before -= 1
    }
    return before >= 0 && tokens[before].kind == .word ? tokens[before].label : 0
  }

  private static func name(behind index: Int, _ tokens: [AnswerToken]) -> UInt32 {
    var next = index + 1
    while next < tokens.count, [.close, .open, .colon].contains(tokens[next].kind) || isArrow(tokens[next]) { next += 1 }
    guard next < tokens.count, tokens[next].kind == .word else { return 0 }
    let end = next + 1 < tokens.count ? tokens[next + 1].kind : .stop
    return [.stop, .newline, .comma, .and, .close].contains(end) ? tokens[next].label : 0
  }

  private static func isArrow(_ token: AnswerToken) -> Bool { token.kind == .range && token.label != 0 }

  /// Whether the length at `index` is an item of a list with intervals: *the first 30 seconds and 2:10-2:25*.
  static func isListedStretch(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    guard tokens[index].kind == .length else { return false }
    let joints: [AnswerToken.Kind] = [.and, .also, .or]
    var next = index + 1
    if next < tokens.count,
      joints.contains(tokens[next].kind) || (tokens[next].kind == .comma && tokens[index].sense == .measuring)
    {
      while next < tokens.count, tokens[next].kind == .comma || tokens[next].isFiller || joints.contains(tokens[next].kind) {
        next += 1
      }
      if next < tokens.count, tokens[next].isTime { return true }
    }
    var before = index - 1
    while before >= 0, [.word, .lasting, .introducing].contains(tokens[before].kind) { before -= 1 }
    guard before > 0,
      joints.contains(tokens[before].kind) || (tokens[before].kind == .comma && tokens[index].sense == .measuring)
    else { return false }
    return tokens[before - 1].isTime || tokens[before - 1].kind == .close || tokens[before - 1].kind == .comma
  }

  /// Whether an answer, or that there is none, stands behind the colon at `index`.
  static func isValued(_ index: Int, _ tokens: [AnswerToken]) -> Bool {
    var next = index + 1
    while next < tokens.count {
      switch tokens[next].kind {
      case .clock, .seconds, .number, .fault, .none, .null, .never, .range, .no: return true
      case .close: return tokens[next - 1].kind == .open
      case .open, .key, .start, .end, .between, .introducing, .newline, .bullet: next += 1
      case .colon where tokens[next].label == 0: next += 1
      case .unitWord where tokens[next].unit == .second: next += 1
      default: return false
      }
    }
    return false
  }

  /// The name in the bytes of a label, digits, articles and names of parts of a piece aside; 0 where nothing is left.
  static func name(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var name: UInt32 = 0
    for word in bytes.split(whereSeparator: { !$0.isLetter || $0 == UInt8(ascii: "_") }) {
      var key = AnswerKeywords.Key()
      for byte in word { key.append(byte.lowercased) }
      guard !isPart(key) else { continue }
      name = name &* 31 &+ hash(word)
    }
    return name
  }

  /// FNV-1a of a word in lower case.
  static func hash(_ word: ArraySlice<UInt8>) -> UInt32 {
    word.reduce(2_166_136_261) { ($0 ^ UInt32($1.lowercased)) &* 16_777_619 }
  }

  private static func isPart(_ key: AnswerKeywords.Key) -> Bool {
    guard let token = AnswerKeywords.shared.token(for: key) else { return passed.contains(key) }
    switch token.kind {
    case .counting, .stretch, .and, .unitWord, .introducing, .start, .end: return true
    default:
      return token.sense == .measuring || token.sense == .place || (token.kind == .numeral && key.length != 1)
        || passed.contains(key)
    }
  }

  private static let passed = Set(
    "the st nd rd th third fourth fifth sixth outro item no nr number zweite dritte deuxieme segundo tercero".split(
      separator: " "
    )
    .map { AnswerKeywords.Key(String($0)) })
}
