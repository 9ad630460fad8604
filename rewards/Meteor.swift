public import Options
public import Questions
public import Rewards
import TemporalMetrics

/// METEOR of an answered text: words and stems matched with the reference, in order.
///
/// `nltk` is the form of NLTK 3.10.4 without WordNet (α 0.9, β 3, γ 0.5; below 1 even for equal texts); `meteor-1.5-exact-stem`
/// is METEOR 1.5's English ranking form with its exact and stem modules (α 0.85, β 0.2, γ 0.6, δ 0.75). They are different
/// measures: say which in a report. The benchmark's score, in `takt answers evaluate`, is the second; `nltk` stays the default of the
/// reward, so that a composition means what it meant.
///
/// - Texts are split into words and single marks and compared in lower case. Words beyond `most-words` are cut off.
/// - Several references: the best counts. Nothing readable: 0.
/// - It is blind to correctness, and a bag of frequent words outscores honest captions: do not train on it alone.
///
/// Banerjee and Lavie 2005; Denkowski and Lavie 2014.
public struct Meteor: TemporalReward, ConfigurableReward {
  /// Which METEOR: they are different measures.
  public enum Variant: String, CaseIterable, FormulaForm {
    /// That of NLTK 3.10.4 without WordNet.
    case nltk
    /// METEOR 1.5's English ranking form with its exact and stem modules.
    case exactAndStem = "meteor-1.5-exact-stem"

    package var formula: String {
      switch self {
      case .nltk: "α 0.9, β 3, γ 0.5; every match weighs 1"
      case .exactAndStem: "α 0.85, β 0.2, γ 0.6; content words weigh δ = 0.75, function words 1 − δ; stems 0.6"
      }
    }
  }

  public static let name = "meteor"

  public static let documentation = RewardDocumentation(
    summary: "METEOR of an answered text: words and stems matched with the reference, in order.",
    formula: "(1 − γ·(chunks/matches)^β)·PR/(αP + (1 − α)R)",
    forms: RewardForm.all(of: Variant.self, option: "variant"),
    degenerateCases: "Several references: the best. No word in common: 0. Nothing readable: 0.",
    source: "Banerjee and Lavie 2005 as in NLTK 3.10.4; Denkowski and Lavie 2014 (METEOR 1.5, exact and stem).",
    family: .text, kinds: [.text])

  let variant: Variant
  let mostWords: Int

  /// - Parameters:
  ///   - variant: which METEOR; `takt answers evaluate` scores `exactAndStem`.
  ///   - mostWords: words of an answer that are read, 1…2000.
  public init(variant: Variant = .nltk, mostWords: Int = 200) {
    self.variant = variant
    self.mostWords = mostWords
  }

  public init(options: inout OptionReader, usual: Self?) {
    let usual = usual ?? Self()
    self.init(
      variant: options.choice(
        "variant", default: usual.variant, help: "which METEOR; takt answers evaluate scores meteor-1.5-exact-stem"),
      mostWords: options.integer(
        "most-words", default: usual.mostWords, in: 1...2000, help: "words of an answer that are read"))
  }

  public func score(_ reading: Reading, in response: Response, to question: Question) -> Double? {
    guard question.kind == .text else { return nil }
    guard case .text(let answer)? = reading.answer else { return 0 }
    let references = question.references.compactMap { reference -> [String]? in
      if case .text(let text) = reference { words(of: text) } else { nil }
    }
    let hypothesis = words(of: answer)
    let score =
      switch variant {
      case .nltk: NLTKMeteor().score(hypothesis: hypothesis, references: references)
      case .exactAndStem: Meteor15().score(hypothesis: hypothesis, references: references)
      }
    return min(1, max(0, finite(score)))
  }

  /// Runs of letters, digits and apostrophes, and every other mark by itself.
  private func words(of text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for character in text {
      if character.isLetter || character.isNumber || character == "'" || character == "’" {
        // No word is longer; a text without blanks must not cost more than one with them.
        if word.utf8.count < 64 { word.append(character) }
        continue
      }
      if !word.isEmpty { words.append(word) }
      word = ""
      if words.count >= mostWords { break }
      if !character.isWhitespace { words.append(String(character)) }
    }
    if !word.isEmpty { words.append(word) }
    return Array(words.prefix(mostWords))
  }
}
