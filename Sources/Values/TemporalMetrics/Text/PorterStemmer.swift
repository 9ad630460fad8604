/// The stem of an English word by Porter's rules with the changes that NLTK makes.
///
/// Words of one or two letters stay; a few words have a stem of their own (`dying` → `die`, `skies` → `sky`); `ies` and `ied`
/// of four-letter words leave `ie`; `y` becomes `i` after a consonant that is not the first letter; `fulli` and `logi` are
/// endings.
///
/// Porter 1980, *An Algorithm for Suffix Stripping*; agrees with `nltk.PorterStemmer` in its default mode.
package enum PorterStemmer {
  /// The stem, in lower case.
  package static func stem(_ word: String) -> String {
    let lowered = word.lowercased()
    if let irregular = irregularStems[lowered] { return irregular }
    var letters = Letters(lowered)
    guard letters.count > 2 else { return lowered }
    for step in steps { letters = step(letters) }
    return letters.word
  }

  private static let irregularStems = [
    "sky": "sky", "skies": "sky", "dying": "die", "lying": "lie", "tying": "tie", "news": "news", "innings": "inning",
    "inning": "inning", "outings": "outing", "outing": "outing", "cannings": "canning", "canning": "canning", "howe": "howe",
    "proceed": "proceed", "exceed": "exceed", "succeed": "succeed",
  ]

  private static let steps: [@Sendable (Letters) -> Letters] = [
    plural, pastOrProgressive, finalY, doubleSuffix, simpleSuffix, latinSuffix, finalE, finalDoubleL,
  ]

  /// An ending, what takes its place, and what must hold of the part in front of it.
  private struct Rule: Sendable {
    var suffix: String
    var ending: String
    var condition: @Sendable (Letters) -> Bool

    init(_ suffix: String, _ ending: String, if condition: @escaping @Sendable (Letters) -> Bool = { _ in true }) {
      self.suffix = suffix
      self.ending = ending
      self.condition = condition
    }
  }

  /// The first rule whose ending the word has decides, whether its condition holds or not.
  private static func applying(_ rules: [Rule], to word: Letters) -> Letters {
    guard let rule = rules.first(where: { word.hasSuffix($0.suffix) }) else { return word }
    let stem = word.replacing(rule.suffix, with: "")
    return rule.condition(stem) ? word.replacing(rule.suffix, with: rule.ending) : word
  }

  // Step 1a.
  private static func plural(_ word: Letters) -> Letters {
    if word.count == 4, word.hasSuffix("ies") { return word.replacing("ies", with: "ie") }
    return applying([Rule("sses", "ss"), Rule("ies", "i"), Rule("ss", "ss"), Rule("s", "")], to: word)
  }

  // Step 1b.
  private static func pastOrProgressive(_ word: Letters) -> Letters {
    if word.hasSuffix("ied") { return word.replacing("ied", with: word.count == 4 ? "ie" : "i") }
    if word.hasSuffix("eed") {
      return measure(word.dropping(3)) > 0 ? word.dropping(1) : word
    }
    guard let suffix = ["ed", "ing"].first(where: { word.hasSuffix($0) && containsVowel(word.replacing($0, with: "")) }) else {
      return word
    }
    let stem = word.replacing(suffix, with: "")
    if let ending = ["at", "bl", "iz"].first(where: stem.hasSuffix) { return stem.replacing(ending, with: ending + "e") }
    if endsInDoubleConsonant(stem) {
      return ["l", "s", "z"].contains(where: stem.hasSuffix) ? stem : stem.dropping(1)
    }
    return measure(stem) == 1 && endsConsonantVowelConsonant(stem) ? stem.replacing("", with: "e") : stem
  }

  // Step 1c.
  private static func finalY(_ word: Letters) -> Letters {
    applying([Rule("y", "i") { $0.count > 1 && isConsonant($0.count - 1, of: $0) }], to: word)
  }

  // Step 2.
  private static func doubleSuffix(_ word: Letters) -> Letters {
    if word.hasSuffix("alli"), measure(word.dropping(4)) > 0 { return doubleSuffix(word.dropping(2)) }
    return applying(doubleSuffixes, to: word)
  }

  private static let doubleSuffixes: [Rule] =
    [
      ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("bli", "ble"),
      ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"),
      ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"),
      ("biliti", "ble"), ("fulli", "ful"),
    ].map { suffix, ending in Rule(suffix, ending) { measure($0) > 0 } }
    // The l of -logi counts towards the measure.
    + [Rule("logi", "log") { measure($0.replacing("", with: "l")) > 0 }]

  // Step 3.
  private static func simpleSuffix(_ word: Letters) -> Letters { applying(simpleSuffixes, to: word) }

  private static let simpleSuffixes: [Rule] = [
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
  ].map { suffix, ending in Rule(suffix, ending) { measure($0) > 0 } }

  // Step 4.
  private static func latinSuffix(_ word: Letters) -> Letters { applying(latinSuffixes, to: word) }

  private static let latinSuffixes: [Rule] = [
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate", "iti", "ous",
    "ive",
    "ize",
  ].map { suffix in
    Rule(suffix, "") { measure($0) > 1 && (suffix != "ion" || $0.hasSuffix("s") || $0.hasSuffix("t")) }
  }

  // Step 5a.
  private static func finalE(_ word: Letters) -> Letters {
    applying(
      [Rule("e", "") { measure($0) > 1 || (measure($0) == 1 && !endsConsonantVowelConsonant($0)) }], to: word)
  }

  // Step 5b.
  private static func finalDoubleL(_ word: Letters) -> Letters {
    applying([Rule("ll", "l") { measure($0.replacing("", with: "l")) > 1 }], to: word)
  }

  private static func isConsonant(_ index: Int, of word: Letters) -> Bool {
    switch word.scalars[index] {
    case "a", "e", "i", "o", "u": false
    case "y": index == 0 || !isConsonant(index - 1, of: word)
    default: true
    }
  }

  /// m in [C](VC)^m[V]: how often a vowel is followed by a consonant.
  private static func measure(_ word: Letters) -> Int {
    let consonants = word.scalars.indices.map { isConsonant($0, of: word) }
    return zip(consonants, consonants.dropFirst()).count { !$0 && $1 }
  }

  private static func containsVowel(_ word: Letters) -> Bool {
    word.scalars.indices.contains { !isConsonant($0, of: word) }
  }

  private static func endsInDoubleConsonant(_ word: Letters) -> Bool {
    word.count > 1 && word.scalars[word.count - 1] == word.scalars[word.count - 2] && isConsonant(word.count - 1, of: word)
  }

  /// A short syllable at the end, its last consonant not w, x or y; also a word of one vowel and one consonant.
  private static func endsConsonantVowelConsonant(_ word: Letters) -> Bool {
    let last = word.count - 1
    guard last > 0, isConsonant(last, of: word), !isConsonant(last - 1, of: word) else { return false }
    return last == 1 || (isConsonant(last - 2, of: word) && !["w", "x", "y"].contains(word.scalars[last]))
  }
}
