extension AnswerLexer {
  private enum KeyRole {
    case answer, start, end, time, second, millisecond, minute, unit, note, measure, other
  }

  /// Steps over the key of an object, its colon, and its value where the key says that this is no answer.
  ///
  /// `false`, with nothing consumed, where the quote that was read begins no key.
  mutating func key(quote: UInt8) -> Bool {
    var start = position
    // Words of other scripts stand between blanks.
    if byte(start) == UInt8(ascii: " ") { start += 1 }
    guard byte(start).isLetter else { return false }
    var end = start
    while end - position < 32, byte(end) != quote, byte(end) != 0, byte(end) != UInt8(ascii: "\n") { end += 1 }
    guard byte(end) == quote else { return false }
    var colon = end + 1
    while byte(colon) == UInt8(ascii: " ") { colon += 1 }
    guard byte(colon) == UInt8(ascii: ":") else { return false }
    open(start..<end, role(start..<end), colon: colon)
    return true
  }

  /// The same for a name without quotes, such as `time_sec: 57`; `false` where it names no time.
  mutating func namesValue(_ range: Range<Int>, colon: Int) -> Bool {
    let role = role(range)
    switch role.kind {
    case .start, .end, .time, .second, .millisecond, .minute: break
    default: return false
    }
    open(range, role, colon: colon)
    isBareKey = true
    return true
  }

  private mutating func open(_ name: Range<Int>, _ role: (kind: KeyRole, isMilliseconds: Bool), colon: Int) {
    position = colon + 1
    skip { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
    append(AnswerToken(.key))
    keyUnit = role.isMilliseconds ? .millisecond : nil
    hasKeyUnit = hasKeyUnit || role.isMilliseconds
    isBareKey = false
    var label: UInt32 = 0
    var object = 0.0
    switch role.kind {
    case .answer: append(AnswerToken(.marker))
    case .start: append(AnswerToken(.start))
    case .end: append(AnswerToken(.end))
    case .time: append(AnswerToken(.introducing))
    case .second: unitKey(.second)
    case .millisecond: append(AnswerToken(.introducing))
    case .unit:
      append(AnswerToken(.word))
      nameUnit()
      skipValue()
    case .minute: unitKey(.minute)
    case .note, .measure, .other:
      append(isNotFound(name) ? AnswerToken(.literal, value: -1, fault: .noAnswer) : AnswerToken(.word))
      if role.kind == .measure, let extent = extent(name) { append(extent) }
      let value = position
      let isSkipped = skipsValue(role.kind, name)
      if isSkipped { skipValue() }
      guard role.kind == .other else { break }
      if Self.naming.contains(AnswerKeywords.Key(bytes[name])) {
        // `"instrument": "flute"` names the object.
        object = Double(AnswerLabels.hash(bytes[name]))
        label = AnswerLabels.name(bytes[value..<position])
      } else if !isSkipped {
        label = AnswerLabels.name(bytes[name])
      }
    }
    var token = AnswerToken(.colon, value: object)
    if object != 0 { token.sense = .whole }
    token.label = label
    append(token)
  }

  /// What `"duration": 15` or `"length": "15 s"` says, read where it stands; `nil` for other keys and values.
  private mutating func extent(_ name: Range<Int>) -> AnswerToken? {
    guard !hasKeyUnit, Self.extents.contains(AnswerKeywords.Key(bytes[name])) else { return nil }
    let before = position
    defer { position = before }
    let isText = byte(position) == UInt8(ascii: "\"")
    if isText { position += 1 }
    guard byte(position).isDigit else { return nil }
    let token = number(isNegative: false, isQuoted: isText)
    guard token.isTime, byte(position) != UInt8(ascii: "-") else { return nil }
    return AnswerToken(.extent, value: token.value)
  }

  private static let extents = Set(
    "duration duration_s duration_sec duration_seconds length length_s length_seconds dauer duree duracion".split(
      separator: " "
    ).map {
      AnswerKeywords.Key(String($0))
    })

  /// `"found": false`.
  private func isNotFound(_ name: Range<Int>) -> Bool {
    Self.findings.contains(AnswerKeywords.Key(bytes[name])) && bytes[position...].starts(with: Self.no)
  }

  private static let no = Array("false".utf8)
  private static let findings = Set(
    "found present detected exists heard audible is_present".split(separator: " ").map { AnswerKeywords.Key(String($0)) })

  /// Whether what a key or head names is no answer: a note, a length, a number of its own.
  static func isRemark(_ key: AnswerKeywords.Key) -> Bool {
    roles[key] == .note || roles[key] == .measure
  }

  private static let naming = Set(
    "instrument label name event source sound voice class stem singer".split(separator: " ").map {
      AnswerKeywords.Key(String($0))
    })

  private mutating func unitKey(_ unit: Unit) {
    isCombining = true
    append(AnswerToken(.unitWord, unit: unit))
  }

  /// What the first word that means something says of the value; words end at `_`, `-`, a blank, or before a capital.
  private func role(_ range: Range<Int>) -> (kind: KeyRole, isMilliseconds: Bool) {
    var role = KeyRole.other
    var isMilliseconds = false
    var key = AnswerKeywords.Key()
    var index = range.lowerBound
    while index <= range.upperBound {
      let isEnd = index == range.upperBound
      let isBreak = isEnd || !bytes[index].isLetter || bytes[index] == UInt8(ascii: "_")
      let isCamel = !isEnd && index > range.lowerBound && bytes[index].isCapital && !bytes[index - 1].isCapital
      if isBreak || isCamel {
        if let found = Self.roles[key] {
          if found == .millisecond { isMilliseconds = true }
          if role != .answer {
            if found == .note || found == .measure || found == .unit { return (found, isMilliseconds) }
            if role == .other || found == .answer || found == .minute { role = found }
          }
        }
        key = AnswerKeywords.Key()
      }
      if !isBreak { key.append(bytes[index].lowercased) }
      index += 1
    }
    return (role, isMilliseconds)
  }

  private static let roles: [AnswerKeywords.Key: KeyRole] = {
    let words: [(KeyRole, String)] = [
      (
        .answer,
        "answer answers antwort reponse respuesta risposta resposta result results prediction predicted output final solution"
      ),
      (.start, "start starts begin beginning from onset onsets beginn anfang debut inicio comienzo inizio"),
      (.end, "end ends stop finish to until offset offsets ende fin fim fine termino schluss"),
      (
        .time,
        "time times timestamp timestamps at t when position moment moments interval intervals window windows segment segments "
          + "range ranges span spans region regions instant relevant value"
      ),
      (.second, "seconds second sec secs s"), (.minute, "m minutes minute min mins h hours hour"),
      (.millisecond, "ms msec msecs millis millisecond milliseconds"), (.unit, "unit units time_unit"),
      (
        .note,
        "note notes reason reasons reasoning explanation explain comment comments description desc remark remarks analysis thought "
          + "rejected discarded excluded alternatives wrong incorrect draft thoughts thinking rationale justification evidence "
          + "summary context caption details detail other others rest"
      ),
      (
        .measure,
        "duration length total bpm tempo confidence confidences score scores probability probabilities id index count number rate"
      ),
    ]
    return Dictionary(
      uniqueKeysWithValues: words.flatMap { role, list in
        list.split(separator: " ").map { (AnswerKeywords.Key(String($0)), role) }
      })
  }()

  /// Notes the unit that the value names which starts here.
  private mutating func nameUnit() {
    var end = position
    if byte(end) == UInt8(ascii: "\"") || byte(end) == UInt8(ascii: "'") { end += 1 }
    var key = AnswerKeywords.Key()
    while byte(end).isLetter {
      key.append(byte(end).lowercased)
      end += 1
    }
    guard key.length > 0 else { return }
    let token = AnswerKeywords.shared.token(for: key)
    let found: NamedUnit = token?.kind == .unitWord ? token?.unit.map { .known($0) } ?? .unknown : .unknown
    namedUnit = namedUnit == nil || namedUnit == found ? found : .unknown
  }

  // MARK: Values that are no answers

  /// A note always; a measure unless it is a list or a range; anything else where it is a text with words beside its times.
  private func skipsValue(_ role: KeyRole, _ name: Range<Int>) -> Bool {
    let quote = byte(position)
    let isText = quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
    if role == .note { return true }
    if role == .measure, isShare(name) { return true }
    guard isText else { return role == .measure && quote != UInt8(ascii: "[") && quote != UInt8(ascii: "{") }
    var index = position + 1
    var hasRange = false
    var hasWord = false
    var key = AnswerKeywords.Key()
    while index - position < 400, byte(index) != 0, byte(index) != quote {
      if byte(index) == UInt8(ascii: "-") { hasRange = true }
      if byte(index).isLetter {
        key.append(byte(index).lowercased)
      } else if key.length > 0 {
        hasWord = hasWord || isWord(key)
        key = AnswerKeywords.Key()
      }
      index += 1
    }
    if key.length > 0 { hasWord = hasWord || isWord(key) }
    return hasWord || (role == .measure && !hasRange)
  }

  /// Whether a list behind the key holds shares or scores, no times.
  private func isShare(_ name: Range<Int>) -> Bool {
    Self.shares.contains(AnswerKeywords.Key(bytes[name]))
  }

  private static let shares = Set(
    "confidence confidences score scores probability probabilities".split(separator: " ").map { AnswerKeywords.Key(String($0)) }
  )

  private func isWord(_ key: AnswerKeywords.Key) -> Bool {
    guard let kind = AnswerKeywords.shared.token(for: key)?.kind else { return true }
    return ![.range, .and, .or, .unitWord, .introducing, .start, .end, .between, .none, .not, .also, .never].contains(kind)
  }

  /// Steps over a text, a number or a bracket with all that it holds.
  private mutating func skipValue() {
    var depth = 0
    while position < bytes.count {
      let current = bytes[position]
      switch current {
      case UInt8(ascii: "\""): skipText(current)
      case UInt8(ascii: "'") where depth == 0 || !byte(position + 1).isBlank: skipText(current)
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        position += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        if depth == 0 { return }
        depth -= 1
        position += 1
      case UInt8(ascii: ",") where depth == 0: return
      case UInt8(ascii: "\n") where depth == 0: return
      default: position += 1
      }
    }
  }

  private mutating func skipText(_ quote: UInt8) {
    position += 1
    while position < bytes.count, bytes[position] != quote {
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    position = min(position + 1, bytes.count)
  }
}
