/// One letter among those offered.
///
/// A letter counts where it stands alone, begins the text before a delimiter (`C)`, `C: …`), follows a word such as
/// *answer is*, or stands delimited in prose. The article *A*, the pronoun *I* and the names of keys do not.
struct ChoiceGrammar {
  enum Doubt { case none, clause, sentence }

  struct Letter {
    let index: Int
    /// Where in the text it stands.
    let start: Int
    let isCapital: Bool
    /// Whether punctuation, a line break, the end, *or* or *and* follows.
    let isDelimited: Bool
    /// Whether the word that follows leaves the letter a letter, such as *because*.
    let isFollowedWell: Bool
    /// Whether *option* or *choice* stands before it.
    let isNamed: Bool
    /// Whether a word stands right before it that names no option, as in *vitamin C* and *plan B*.
    let isNamePart: Bool
    /// The marker that it follows, counted from 1; 0 where there is none.
    let marker: Int
    /// Whether nothing but brackets and blanks stands before it on its line.
    let isLeading: Bool
    /// Whether a joining word such as *of* makes it a key or a note.
    let isJoined: Bool
    /// Whether *final* or *correct* stands before the marker.
    let isFinal: Bool
    /// Whether a word such as *wait* stands before it, so that it corrects the one before.
    let isCorrection: Bool
    /// Whether it is the key of an object.
    let isKey: Bool
    /// Whether a share or a probability stands behind it, as in `A: 10%`.
    let isScored: Bool
    /// Whether *and* or *or* stands right before it.
    let isAlternative: Bool
    /// Where the marker before it ends; 0 where there is none.
    let markEnd: Int
  }

  let bytes: [UInt8]
  private var position = 0
  var letters: [Letter] = []
  var wordCount = 0
  private var markers = 0
  /// Whether only words such as *is* or *the* stand between here and the last marker.
  private var isMarked = false
  private var markEnd = 0
  private var isNamed = false
  private var isNamePart = false
  private var isJoined = false
  /// Whether *odpowiedź* is the last word, so that *to* means *is*.
  private var isPolish = false
  private var isLineStart = true
  var isDenied = false
  /// Whether *I doubt*, *anything but* or *I was going to say* stands before, in this clause.
  var doubt = Doubt.none
  /// Words and letters before this sentence.
  var sentenceWords = 0
  var sentenceLetters = 0
  var lastKey = AnswerKeywords.Key()
  /// The last marker behind which a letter stands.
  private var lastNamed = 0
  private var isFinal = false
  private var isBoxed = false
  private var isCorrection = false
  private var isAlternative = false
  /// Whether the words here say of the last letter that it is the answer.
  private var isPredicate = false

  static func read(_ bytes: [UInt8], form: AnswerForm) -> Reading {
    if Self.saysNothing(bytes) { return .unreadable(.refused) }
    var grammar = ChoiceGrammar(Self.withAnswerNamed(bytes))
    grammar.scan()
    let reading = grammar.decide(choiceCount: min(26, form.choiceCount))
    guard !form.choices.isEmpty, grammar.wordCount > 1 || reading.answer == nil else { return reading }
    let texts = ChoiceTexts(Array(form.choices.prefix(26)))
    switch reading.answer {
    case .choice(let index): return texts.contradicts(index, bytes) ? .unreadable(.hedged) : reading
    default: return texts.option(named: bytes).map { AnswerGrammar.answered(.choice($0)) } ?? reading
    }
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  // MARK: Which letter is meant

  private mutating func decide(choiceCount: Int) -> Reading {
    // `{"A": 0.1, "B": 0.9}` names none.
    let keys = letters.filter(\.isKey)
    // `A: 10%, B: 20%` neither.
    let scored = letters.filter(\.isScored)
    if Set(scored.map(\.index)).count > 1 { letters.removeAll(where: \.isScored) }
    if Set(keys.map(\.index)).count > 1 { letters.removeAll(where: \.isKey) }
    let reading = decided(choiceCount)
    guard case .choice(let index) = reading.answer else { return reading }
    let hasOther = letters.contains { $0.isCorrection && $0.index != index } || hasOther(than: index, choiceCount)
    return hasOther ? .unreadable(.hedged, seen: letters.map { .choice($0.index) }) : reading
  }

  private func decided(_ choiceCount: Int) -> Reading {
    guard let first = letters.first else {
      return wordCount == 1 && isNone ? AnswerGrammar.empty : .unreadable(.noAnswer)
    }
    let marked = letters.filter { $0.marker > 0 && ($0.marker == Int.max || $0.isDelimited || $0.isFollowedWell || $0.isNamed) }
    let final = marked.filter(\.isFinal)
    if !marked.isEmpty { return chosen(final.isEmpty ? marked : final, choiceCount) }
    let reading = unmarked(first, choiceCount)
    guard reading.outcome == .answered, wordCount > Self.fewWords else { return reading }
    return Declining.isRefusal(bytes) ? .unreadable(.refused) : reading
  }

  /// Texts of no more words decline nothing.
  private static let fewWords = 4

  private func unmarked(_ first: Letter, _ choiceCount: Int) -> Reading {
    if wordCount == letters.count, first.isDelimited || wordCount > 1 {
      let offered = letters.filter { $0.index < choiceCount }
      return chosen(offered.isEmpty ? [first] : offered, choiceCount)
    }
    let leading = letters.filter { $0.isLeading && $0.isDelimited }
    let plausible = letters.filter { letter in
      letter.index < choiceCount && !letter.isJoined
        && (letter.isCapital ? letter.isDelimited || letter.isNamed : letter.isDelimited && letter.isNamed)
    }
    if first.isLeading, first.isDelimited {
      // `A and B are correct`.
      return chosen(leading + letters.dropFirst().prefix(1).filter { $0.isAlternative && $0.isDelimited }, choiceCount)
    }
    return plausible.allSatisfy(\.isNamePart) ? .unreadable(.noAnswer) : chosen(plausible, choiceCount)
  }

  private func chosen(_ letters: [Letter], _ choiceCount: Int) -> Reading {
    guard let first = letters.first else { return .unreadable(.noAnswer) }
    guard letters.allSatisfy({ $0.index == first.index }) else {
      return .unreadable(.hedged, seen: letters.map { .choice($0.index) })
    }
    return first.index < choiceCount ? AnswerGrammar.answered(.choice(first.index)) : .unreadable(.unknownOption)
  }

  // MARK: Scanning

  private mutating func scan() {
    while position < bytes.count {
      let byte = bytes[position]
      if byte.isLetter || byte.isDigit {
        word()
      } else {
        if byte != UInt8(ascii: " "), !Self.closers.contains(byte) {
          isPredicate = false
          isNamePart = false
        }
        if Self.clauseEnds.contains(byte) { isDenied = false }
        if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";"), doubt == .clause { doubt = .none }
        if Self.sentenceEnds.contains(byte), !isAbbreviation(position) { endSentence(isQuestion: byte == UInt8(ascii: "?")) }
        if byte.isLineBreak {
          isLineStart = true
          endSentence()
        } else if byte == UInt8(ascii: ".") || byte == UInt8(ascii: "!") {
          if !isMarked { isJoined = false }
          endSentence()
        } else if isBoxed, byte == UInt8(ascii: "}") {
          endSentence()
        }
        position += 1
      }
    }
  }

  /// What a marker names ends with its sentence, a box with its brace.
  private mutating func endSentence() {
    guard isMarked, lastNamed == markers else { return }
    isMarked = false
    isBoxed = false
  }

  private mutating func word() {
    let start = position
    var key = AnswerKeywords.Key()
    while position < bytes.count, bytes[position].isLetter || bytes[position].isDigit || bytes[position] == UInt8(ascii: "'") {
      key.append(bytes[position].lowercased)
      position += 1
    }
    if key.length == 1, bytes[start].isLetter, bytes[start] != FoldedText.foreignLetter, bytes[start] != UInt8(ascii: "_") {
      wordCount += 1
      letter(at: start)
    } else if isPolish, key == Self.to {
      wordCount += 1
    } else if let role = Self.roles[key] {
      // `La respuesta no es C`.
      take(key == Self.no && bytes[position...].starts(with: Self.spanishIs) ? .denial : role)
      isNamePart = false
    } else if bytes[start] == FoldedText.foreignLetter, key.length == 1 {
      // `é`, `è`: is.
    } else {
      wordCount += 1
      isMarked = false
      isNamed = false
      isNamePart = !Self.choosing.contains(key)
      isJoined = false
      if Self.clearing.contains(key) { isDenied = false }
      if lastKey == Self.no, isDenyingNo(key) { isDenied = true }
      isFinal = false
      isCorrection = false
      isAlternative = false
    }
    takeDoubt(key)
    isPolish = key == Self.odpowiedz
    isLineStart = false
  }

  private mutating func take(_ role: Role) {
    switch role {
    case .marker where isPredicate, .final where isPredicate: break
    case .marker, .box:
      markers += 1
      markEnd = position
      isMarked = true
      isNamed = false
      isBoxed = role == .box
      if isBoxed { isFinal = true }
    case .final: isFinal = true
    case .name:
      isNamed = true
    case .filler:
      break
    case .alternative:
      isAlternative = true
      return
    case .joining:
      isMarked = false
      isJoined = true
    case .denial:
      isDenied = true
    case .correction:
      isCorrection = !letters.isEmpty
    }
    wordCount += 1
    if role != .joining { isJoined = false }
  }

  private mutating func letter(at start: Int) {
    let next = follower(position)
    let isSubject = !isMarked && isSubject(position)
    isPredicate = isSubject
    defer {
      isNamed = false
      isNamePart = false
      isJoined = false
      isDenied = false
      isCorrection = false
      isAlternative = false
    }
    guard !isDenied, doubt == .none, !isRejected(position), !isDeniedBehind(position, isMarked: isMarked), isAlone(start) else {
      return
    }
    letters.append(
      Letter(
        index: Int(bytes[start].lowercased) - Int(UInt8(ascii: "a")), start: start, isCapital: bytes[start].isCapital,
        isDelimited: next == .delimiter, isFollowedWell: next == .fittingWord, isNamed: isNamed,
        isNamePart: isNamePart && start > 0 && bytes[start - 1] == UInt8(ascii: " "),
        marker: isMarked ? markers : isSubject ? Int.max : 0, isLeading: isLineStart, isJoined: isJoined,
        isFinal: isMarked && isFinal,
        isCorrection: isCorrection && next != .word, isKey: isKey(start), isScored: isScored(position),
        isAlternative: isAlternative, markEnd: markEnd))
    if isMarked, next != .word { lastNamed = markers }
    if next != .delimiter { isMarked = false }
  }

  /// Whether *is correct* or *is the answer* follows.
  private func isSubject(_ start: Int) -> Bool {
    var index = start
    while index < bytes.count, Self.closers.contains(bytes[index]) { index += 1 }
    for place in 0..<5 {
      while index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 }
      var key = AnswerKeywords.Key()
      while index < bytes.count, key.length <= 16, bytes[index].isLetter {
        key.append(bytes[index].lowercased)
        index += 1
      }
      if place == 0 {
        guard key == Self.copula else { return false }
      } else if Self.approving.contains(key) {
        return true
      } else if Self.roles[key] != .filler {
        return false
      }
    }
    return false
  }

  static let copula = AnswerKeywords.Key("is")

  private static let approving = keys("correct right answer")

  /// Whether quotes stand around the letter and a colon behind them.
  private func isKey(_ start: Int) -> Bool {
    let quote = UInt8(ascii: "\"")
    guard start > 0, bytes[start - 1] == quote, position < bytes.count, bytes[position] == quote else { return false }
    var next = position + 1
    while next < bytes.count, bytes[next] == UInt8(ascii: " ") { next += 1 }
    return next < bytes.count && bytes[next] == UInt8(ascii: ":")
  }

  private enum Follower { case delimiter, fittingWord, word }

  /// What comes after a letter, brackets, quotes and Markdown aside.
  private func follower(_ start: Int) -> Follower {
    var index = start
    if index + 1 < bytes.count, bytes[index] == UInt8(ascii: "-"), bytes[index + 1].isLetter {
      var key = AnswerKeywords.Key()
      for byte in bytes[(index + 1)...].prefix(6).prefix(while: \.isLetter) { key.append(byte.lowercased) }
      if Self.keyNames.contains(key) { return .word }
    }
    while index < bytes.count, Self.closers.contains(bytes[index]) { index += 1 }
    guard index < bytes.count, index == start, bytes[index] == UInt8(ascii: " ") else {
      let isNote = index < bytes.count && (bytes[index] == UInt8(ascii: "#") || bytes[index] == UInt8(ascii: "'"))
      return isNote ? .word : .delimiter
    }
    while index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 }
    var key = AnswerKeywords.Key()
    while index < bytes.count, key.length < 16, bytes[index].isLetter {
      key.append(bytes[index].lowercased)
      index += 1
    }
    if key.length == 0 || key == Self.severalAre || Self.alternatives.contains(key) || isBeforeLetter(key, index, of: start) {
      return isWithPronoun(key, index) ? .word : .delimiter
    }
    return Self.fitting.contains(key) ? .fittingWord : .word
  }

  static let and = AnswerKeywords.Key("and")
  private static let severalAre = AnswerKeywords.Key("are")
  private static let to = AnswerKeywords.Key("to")
  static let no = AnswerKeywords.Key("no")
  private static let spanishIs = Array(" es ".utf8)
  private static let odpowiedz = AnswerKeywords.Key("odpowiedz")

  /// Words right before a letter that is chosen.
  private static let choosing = keys(
    "answer's choose chose choosing chosen pick picked picking select selected say saying go going with think believe guess opinion it's "
      + "its that's im i'd i'll as for was be so thus hence therefore yes than suggest prefer vote wahle nehme sage denke glaube choisis "
      + "sondern sino dis pense crois c'est elijo escojo creo diria digo escolho acho scelgo direi dico penso kies denk zeg wybieram "
      + "mysle valitsen "
      + "valjer but rather instead only just simply letter letra lettre buchstabe lettera litera number nr and or definitely surely "
      + "clearly certainly absolutely obviously presumably "
      + "evidently towards toward wahrscheinlich maybe perhaps possibly vielleicht"
  )

  private enum Role { case marker, box, final, name, filler, alternative, joining, denial, correction }

  static let closers = Set(")]}>\"*`_".utf8)

  private static let keyNames = keys("flat sharp major minor dur moll")

  private static let fitting = keys("because since as is was but if aber mais")

  static let alternatives = keys("or and oder ou")

  private static let roles: [AnswerKeywords.Key: Role] = {
    let words: [(Role, String)] = [
      (.box, "boxed fbox"), (.final, "final correct"),
      (
        .marker,
        "answer antwort losung reponse respuesta risposta resposta antwoord svar odpowiedz odpoved vastaus valasz raspuns cevap yanit "
          + "jawaban jawapan"
      ),
      (.name, "option choice opcion opzione opcao auswahl"), (.alternative, "or and oder ou und et"),
      (
        .denial,
        "not isn't neither nor nicht pas nao niet weder noch non can't cannot couldn't wrong incorrect rejected least never don't "
          + "doesn't didn't wouldn't won't shouldn't hardly refuse refuses nobody mistake impossible false unlikely improbable fool deaf "
          + "keinen "
          + "keinesfalls keine niemals jamais nunca inte nie ikke"
      ),
      (.correction, "wait actually no sorry correction scratch oops"),
      (
        .filler,
        "is would be should must the right best my likely most probably letter ist lautet est es la il le jest ar er richtige bonne "
          + "correcta corretta"
      ),
      (.joining, "of in to from into than key note chord"),
    ]
    return Dictionary(uniqueKeysWithValues: words.flatMap { role, list in keys(list).map { ($0, role) } })
  }()

  static func keys(_ list: String) -> Set<AnswerKeywords.Key> {
    Set(list.split(separator: " ").map { AnswerKeywords.Key(String($0)) })
  }
}
