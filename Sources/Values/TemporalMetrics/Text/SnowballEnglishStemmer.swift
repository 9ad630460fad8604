/// The stem of an English word by the Snowball rules known as Porter2, in the edition that METEOR 1.5 carries.
///
/// Porter 2001, *Snowball: A Language for Stemming Algorithms*; the English stemmer as of 2006. Words in lower case.
package struct SnowballEnglishStemmer {
  private var letters: Letters
  /// Where the parts begin behind the first, and behind the second, vowel followed by a non-vowel.
  private var regions = (first: 0, second: 0)

  package static func stem(_ word: String) -> String {
    if let irregular = irregularStems[word] { return irregular }
    guard word.unicodeScalars.count > 2 else { return word }
    var stemmer = SnowballEnglishStemmer(word)
    stemmer.removeGenitive()
    stemmer.removePlural()
    if !invariants.contains(stemmer.letters.word) {
      stemmer.removePastOrProgressive()
      stemmer.replaceFinalY()
      stemmer.shortenDoubleSuffix()
      stemmer.shortenSimpleSuffix()
      stemmer.removeLatinSuffix()
      stemmer.removeFinalLetter()
    }
    return String(stemmer.letters.word.map { $0 == "Y" ? "y" : $0 })
  }

  private static let irregularStems = [
    "skis": "ski", "skies": "sky", "dying": "die", "lying": "lie", "tying": "tie", "idly": "idl", "gently": "gentl",
    "ugly": "ugli", "early": "earli", "only": "onli", "singly": "singl", "sky": "sky", "news": "news", "howe": "howe",
    "atlas": "atlas", "cosmos": "cosmos", "bias": "bias", "andes": "andes",
  ]

  private static let invariants: Set = [
    "inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed",
  ]

  private init(_ word: String) {
    letters = Letters(word)
    if letters.hasPrefix("'") { letters.scalars.removeFirst() }
    // A y that begins the word or follows a vowel is a consonant, written Y.
    for index in letters.scalars.indices where letters.scalars[index] == "y" {
      if index == 0 || isVowel(index - 1) { letters.scalars[index] = "Y" }
    }
    let prefix = ["gener", "commun", "arsen"].first(where: letters.hasPrefix)
    regions.first = prefix?.count ?? region(from: 0)
    regions.second = region(from: regions.first)
  }

  private func isVowel(_ index: Int) -> Bool {
    switch letters.scalars[index] {
    case "a", "e", "i", "o", "u", "y": true
    default: false
    }
  }

  private func containsVowel(before end: Int) -> Bool { (0..<max(0, end)).contains(where: isVowel) }

  private func region(from start: Int) -> Int {
    guard let vowel = (start..<max(start, letters.count)).first(where: isVowel) else { return letters.count }
    return (vowel..<letters.count).first { !isVowel($0) }.map { $0 + 1 } ?? letters.count
  }

  private func longest(_ suffixes: [String]) -> String? {
    suffixes.filter(letters.hasSuffix).max { $0.count < $1.count }
  }

  private func isInFirstRegion(_ suffix: String) -> Bool { letters.count - suffix.count >= regions.first }
  private func isInSecondRegion(_ suffix: String) -> Bool { letters.count - suffix.count >= regions.second }

  /// Whether the letters before `end` close with a short syllable.
  private func endsInShortSyllable(_ end: Int) -> Bool {
    guard end >= 2, !isVowel(end - 1), isVowel(end - 2) else { return false }
    if end == 2 { return true }
    return !isVowel(end - 3) && !["w", "x", "Y"].contains(letters.scalars[end - 1])
  }

  private mutating func replace(_ suffix: String, with ending: String) {
    letters = letters.replacing(suffix, with: ending)
  }

  private mutating func removeGenitive() {
    if let suffix = longest(["'", "'s", "'s'"]) { replace(suffix, with: "") }
  }

  private mutating func removePlural() {
    switch longest(["sses", "ied", "ies", "us", "ss", "s"]) {
    case "sses": replace("sses", with: "ss")
    case let suffix? where suffix == "ied" || suffix == "ies": replace(suffix, with: letters.count > 4 ? "i" : "ie")
    case "s" where containsVowel(before: letters.count - 2): replace("s", with: "")
    default: break
    }
  }

  private mutating func removePastOrProgressive() {
    guard let suffix = longest(["eed", "eedly", "ed", "edly", "ing", "ingly"]) else { return }
    if suffix.hasPrefix("eed") {
      if isInFirstRegion(suffix) { replace(suffix, with: "ee") }
      return
    }
    guard containsVowel(before: letters.count - suffix.count) else { return }
    replace(suffix, with: "")
    if ["at", "bl", "iz"].contains(where: letters.hasSuffix) {
      replace("", with: "e")
    } else if ["bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt"].contains(where: letters.hasSuffix) {
      letters = letters.dropping(1)
    } else if letters.count == regions.first, endsInShortSyllable(letters.count) {
      replace("", with: "e")
    }
  }

  private mutating func replaceFinalY() {
    guard letters.count > 2, letters.hasSuffix("y") || letters.hasSuffix("Y"), !isVowel(letters.count - 2) else { return }
    letters.scalars[letters.count - 1] = "i"
  }

  private mutating func shortenDoubleSuffix() {
    guard let suffix = longest(["li", "ogi"] + Array(Self.doubleSuffixes.keys)), isInFirstRegion(suffix) else { return }
    let front = letters.replacing(suffix, with: "")
    switch suffix {
    case "li":
      if ["c", "d", "e", "g", "h", "k", "m", "n", "r", "t"].contains(where: front.hasSuffix) { letters = front }
    case "ogi":
      if front.hasSuffix("l") { replace("ogi", with: "og") }
    default:
      if let ending = Self.doubleSuffixes[suffix] { replace(suffix, with: ending) }
    }
  }

  private static let doubleSuffixes = [
    "tional": "tion", "enci": "ence", "anci": "ance", "abli": "able", "entli": "ent", "izer": "ize", "ization": "ize",
    "ational": "ate", "ation": "ate", "ator": "ate", "alism": "al", "aliti": "al", "alli": "al", "fulness": "ful",
    "ousli": "ous", "ousness": "ous", "iveness": "ive", "iviti": "ive", "biliti": "ble", "bli": "ble", "fulli": "ful",
    "lessli": "less",
  ]

  private mutating func shortenSimpleSuffix() {
    guard let suffix = longest(["ative"] + Array(Self.simpleSuffixes.keys)), isInFirstRegion(suffix) else { return }
    if let ending = Self.simpleSuffixes[suffix] {
      replace(suffix, with: ending)
    } else if isInSecondRegion(suffix) {
      replace(suffix, with: "")
    }
  }

  private static let simpleSuffixes = [
    "tional": "tion", "ational": "ate", "alize": "al", "icate": "ic", "iciti": "ic", "ical": "ic", "ful": "", "ness": "",
  ]

  private mutating func removeLatinSuffix() {
    guard let suffix = longest(Self.latinSuffixes), isInSecondRegion(suffix) else { return }
    let front = letters.replacing(suffix, with: "")
    if suffix != "ion" || front.hasSuffix("s") || front.hasSuffix("t") { letters = front }
  }

  private static let latinSuffixes = [
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ism", "ate", "iti", "ous", "ive", "ize",
    "ion",
  ]

  private mutating func removeFinalLetter() {
    if letters.hasSuffix("e") {
      let isShort = endsInShortSyllable(letters.count - 1)
      if isInSecondRegion("e") || (isInFirstRegion("e") && !isShort) { letters = letters.dropping(1) }
    } else if letters.hasSuffix("ll"), isInSecondRegion("l") {
      letters = letters.dropping(1)
    }
  }
}
