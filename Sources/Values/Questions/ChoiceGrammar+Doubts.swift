/// Words that make the letters behind them no answer: an example, a doubt, a question.
extension ChoiceGrammar {
  /// Notes the words that make what follows in the clause, or the sentence, no answer.
  mutating func takeDoubt(_ key: AnswerKeywords.Key) {
    if key == Self.denied, lastKey == Self.conditional {
      // `B, if not A` weighs A.
      doubt = .none
      isDenied = false
    } else if key == Self.thought, lastKey == Self.second {
      // `On second thought`.
    } else if Self.examples.contains(key) {
      doubt = .sentence
    } else if Self.doubting.contains(key) {
      // `No doubt`, `without a doubt`.
      doubt = Self.sure.contains(lastKey) ? .none : .clause
    } else if key == Self.going || key == Self.about, Self.past.contains(lastKey) {
      doubt = .clause
    } else if key == Self.but {
      doubt = Self.wholes.contains(lastKey) ? .clause : .none
    } else if Self.turning.contains(key) {
      doubt = .none
    }
    lastKey = key
  }

  /// Letters of a question in words are no answer, as in `Is it C?`.
  mutating func endSentence(isQuestion: Bool) {
    let asked = letters.count - sentenceLetters
    if isQuestion, asked > 0, wordCount - sentenceWords - asked >= 2 { letters.removeLast(asked) }
    sentenceLetters = letters.count
    sentenceWords = wordCount
    doubt = .none
  }

  static let sentenceEnds = Set(".!?\n".utf8)
  private static let examples = keys("example instance beispiel exemple ejemplo esempio exemplo eg")
  private static let doubting = keys(
    "doubt doubted except excluding besides unlike if unless thought guessed assumed eliminate eliminated eliminating exclude excluded "
      + "excluding ruled reject rejected rejecting bezweifle ausser sauf excepto salvo dudo dubito duvido wenn wrong incorrect least"
  )
  private static let sure = keys("no without a any not never")
  private static let past = keys("was were")
  private static let wholes = keys("anything everything all any alles tout todo tudo tutto")
  private static let turning = keys("so then therefore thus hence making leaving leaves leave correct right")
  private static let going = AnswerKeywords.Key("going")
  private static let about = AnswerKeywords.Key("about")
  private static let denied = AnswerKeywords.Key("not")
  private static let conditional = AnswerKeywords.Key("if")
  private static let thought = AnswerKeywords.Key("thought")
  private static let second = AnswerKeywords.Key("second")
  private static let but = AnswerKeywords.Key("but")

  /// Whether the point here belongs to `e.g.`, which names an example.
  mutating func isAbbreviation(_ point: Int) -> Bool {
    guard bytes[point] == UInt8(ascii: "."), point > 0 else { return false }
    if point + 1 < bytes.count, bytes[point - 1].lowercased == UInt8(ascii: "e"),
      bytes[point + 1].lowercased == UInt8(ascii: "g")
    {
      return true
    }
    guard point > 2, bytes[point - 1].lowercased == UInt8(ascii: "g"), bytes[point - 2] == UInt8(ascii: "."),
      bytes[point - 3].lowercased == UInt8(ascii: "e")
    else { return false }
    letters.removeAll { $0.start == point - 3 || $0.start == point - 1 }
    doubt = .sentence
    return true
  }
}
