/// Letters beside the one that is read: where one is named and not rejected, a text does not say which is meant.
extension ChoiceGrammar {
  /// Whether another letter stands where it counts: anywhere in a text that marks no answer; to the end of the sentence behind
  /// a marker, and in the two sentences after it where they take the answer back.
  func hasOther(than index: Int, _ choiceCount: Int) -> Bool {
    let others = letters.filter { $0.index != index && $0.index < choiceCount && isNamedAsOption($0) }
    guard !others.isEmpty else { return false }
    guard let answer = letters.last(where: { $0.index == index && $0.marker > 0 }) else { return true }
    let start = answer.marker == Int.max ? answer.start : answer.markEnd
    let end = sentenceEnd(answer.start)
    let isBeside = others.contains { other in
      guard (start..<end).contains(other.start) else { return false }
      // *A is right about C*, *the answer to question C is B*.
      return answer.marker == Int.max ? other.isAlternative : other.start > answer.start || other.isDelimited
    }
    if isBeside { return true }
    let later = sentenceEnd(sentenceEnd(end))
    return others.contains {
      (end..<max(end, later)).contains($0.start) && (isTakenBack(end..<$0.start) || isBrief(end..<$0.start, $0))
    }
  }

  private func isNamedAsOption(_ letter: Letter) -> Bool {
    guard letter.isCapital, !letter.isJoined, !letter.isKey else { return false }
    return letter.isDelimited || letter.isNamed || letter.isAlternative
      || (letter.isFollowedWell && !letter.isNamePart && letter.index != Self.pronoun)
  }

  private static let pronoun = 8

  /// Behind the end of the sentence that holds `position`, and the blanks behind it.
  private func sentenceEnd(_ position: Int) -> Int {
    var end = position + 1
    while end < bytes.count {
      if bytes[end].isLineBreak { break }
      if Self.sentenceEnds.contains(bytes[end]), end + 1 >= bytes.count || bytes[end + 1].isBlank { break }
      end += 1
    }
    while end < bytes.count, Self.sentenceEnds.contains(bytes[end]) || bytes[end].isBlank { end += 1 }
    return end
  }

  /// Whether one of the first words of the range takes back what stands before it.
  private func isTakenBack(_ range: Range<Int>) -> Bool {
    var count = 0
    for word in bytes[range].split(whereSeparator: { !$0.isLetter && $0 != UInt8(ascii: "'") }) {
      var key = AnswerKeywords.Key()
      for byte in word { key.append(byte.lowercased) }
      if Self.withdrawing.contains(key) { return true }
      if word.count == 1, word[word.startIndex].isCapital, word[word.startIndex] != UInt8(ascii: "I") { return false }
      count += 1
      if count > 6 { return false }
    }
    return false
  }

  /// Whether a letter that ends its sentence stands behind one word alone, in whatever language.
  private func isBrief(_ range: Range<Int>, _ letter: Letter) -> Bool {
    let words = bytes[range].split { !$0.isLetter }
    guard words.count == 1, range.lowerBound < range.upperBound, bytes[range.lowerBound].isLetter else { return false }
    return letter.start + 1 == bytes.count || Self.sentenceEnds.contains(bytes[letter.start + 1])
  }

  private static let withdrawing = keys(
    "no wait actually sorry correction scratch oops strike meant mean misspoke mistake second reflection take wrong nein non nee nej "
      + "perdon "
      + "pardon rather make hmm not correct or maybe perhaps could possibly alternatively")

  // MARK: What is no letter of an option

  /// Whether the letter at `start` stands for itself, not as in *A-ha* or *A.M*.
  func isAlone(_ start: Int) -> Bool {
    let next = start + 1
    if next + 1 < bytes.count, bytes[next] == UInt8(ascii: "-"), bytes[next + 1].isLetter { return false }
    if next + 1 < bytes.count, bytes[next] == UInt8(ascii: "."), bytes[next + 1].isCapital,
      next + 2 >= bytes.count || !bytes[next + 2].isLetter
    {
      return false
    }
    if start > 1, bytes[start - 1] == UInt8(ascii: "."), bytes[start - 2].isLetter, start == 2 || !bytes[start - 3].isLetter {
      return false
    }
    return !(next < bytes.count && bytes[next] == FoldedText.foreignLetter)
  }

  /// Whether the word that ends at `end` is, or stands right before, another letter of an option: *A oder B*, *A B A*.
  func isBeforeLetter(_ key: AnswerKeywords.Key, _ end: Int, of start: Int) -> Bool {
    guard start > 0, bytes[start - 1].isCapital, bytes[start - 1] != UInt8(ascii: "I") else { return false }
    if key.length == 1, bytes[end - 1].isCapital, bytes[end - 1] != UInt8(ascii: "I") { return true }
    guard key.length <= 4, key != Self.copula else { return false }
    var next = end
    while next < bytes.count, bytes[next] == UInt8(ascii: " ") { next += 1 }
    guard next > end, next < bytes.count, bytes[next].isCapital, bytes[next] != UInt8(ascii: "I") else { return false }
    return next + 1 == bytes.count || !(bytes[next + 1].isLetter || bytes[next + 1].isDigit)
  }

  // MARK: Denied

  /// Whether *no* before this word denies what follows in its clause; *no doubt* and *no, B* do not.
  func isDenyingNo(_ key: AnswerKeywords.Key) -> Bool { !Self.harmless.contains(key) }

  private static let harmless = keys("doubt question wait problem it the so sorry actually")

  /// Words with which something else begins than what is denied.
  static let clearing = keys("but so then therefore thus hence sondern sino rather instead because since mais pero")

  static let clauseEnds = Set(",.;!?\n\r".utf8)

  /// Whether the clause of which the letter is the subject denies its verb: *B does not match*, *B can be excluded*.
  func isDeniedBehind(_ start: Int, isMarked: Bool) -> Bool {
    guard !isMarked else { return false }
    var index = start
    while index < bytes.count, Self.closers.contains(bytes[index]) { index += 1 }
    guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: " "), bytes[index + 1].isLetter, !bytes[index + 1].isCapital
    else {
      return false
    }
    let end = min(bytes.count, index + 80)
    while index < end {
      if bytes[index] == UInt8(ascii: " ") {
        index += 1
        continue
      }
      var key = AnswerKeywords.Key()
      let first = index
      while index < end, bytes[index].isLetter || bytes[index] == UInt8(ascii: "'") {
        key.append(bytes[index].lowercased)
        index += 1
      }
      if index == first || Self.leaving.contains(key) { return false }
      // `B not A`.
      if Self.denying.contains(key) { return !isLetterNext(index) }
    }
    return false
  }

  private func isLetterNext(_ end: Int) -> Bool {
    end + 1 < bytes.count && bytes[end] == UInt8(ascii: " ") && bytes[end + 1].isCapital
      && (end + 2 == bytes.count || !bytes[end + 2].isLetter)
  }

  private static let leaving = keys("but because since as while where when which and or if that with")
  private static let denying = keys(
    "not never doesn't don't cannot can't isn't won't wouldn't didn't couldn't nicht pas excluded eliminated wrong false incorrect "
      + "impossible "
      + "unlikely improbable implausible mistake error distractor trap rejected out")

  // MARK: `Q: … A: …`

  /// The bytes with `A:` behind a line of `Q:` spelt out as *answer*.
  static func withAnswerNamed(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.starts(with: "Q:".utf8), let line = lineOfA(bytes), line > 0 else { return bytes }
    return bytes[..<line] + Array("Answer".utf8) + bytes[(line + 1)...]
  }

  /// Where the line `A:` begins; `nil` where there is none.
  private static func lineOfA(_ bytes: [UInt8]) -> Int? {
    bytes.indices.first { index in
      bytes[index...].starts(with: "A:".utf8) && (index == 0 || bytes[index - 1].isLineBreak)
    }
  }

  /// Whether `A:`, which is short for *answer*, names none: *A: none*, *A: I don't know*.
  static func saysNothing(_ bytes: [UInt8]) -> Bool {
    guard let line = lineOfA(bytes) else { return false }
    var rest = bytes[(line + 2)...].drop { $0.isBlank }.map(\.lowercased)
    while let last = rest.last, last.isBlank || last == UInt8(ascii: ".") { rest.removeLast() }
    return nothings.contains(rest)
  }

  private static let nothings = Set(
    [
      "none", "unknown", "n/a", "i don't know", "i do not know", "not sure", "i'm not sure", "no idea", "i cannot tell",
      "i can't tell",
    ]
    .map { Array($0.utf8) })
}
