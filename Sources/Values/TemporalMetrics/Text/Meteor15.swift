import RealModule
import Timelines

/// METEOR 1.5 for English with the exact and the stem module; the synonym and paraphrase modules need data that is not here.
///
/// Each word of hypothesis and reference is a content or a function word. With w_i the weight of the module that made a match:
///
///     P = Σ w_i·(δ·content_i + (1 − δ)·function_i) / (δ·|content| + (1 − δ)·|function|)   over the hypothesis
///     R = the same over the reference
///     F = 1/((1 − α)/P + α/R)    penalty = γ·(chunks/matches)^β    score = F·(1 − penalty)
///
/// Of each text only the first `mostWords` words are aligned; those behind count as words without a match.
///
/// 0 without a match. The penalty is 0, and the score of equal texts 1, where everything matches in one chunk.
///
/// Denkowski and Lavie 2014, *Meteor Universal: Language Specific Translation Evaluation for Any Target Language*, with the
/// parameters of its English ranking task; agrees with `meteor-1.5.jar -l en -m "exact stem" -w "1.0 0.6" -lower`.
public struct Meteor15: Sendable, Hashable {
  package var alpha = 0.85
  package var beta = 0.2
  package var gamma = 0.6
  /// Weight of content words against function words, 0…1.
  package var delta = 0.75
  /// Weight of a match of equal words.
  package var exactWeight = 1.0
  /// Weight of a match of equal stems, below 1.
  package var stemWeight = 0.6
  /// Words of each text that are aligned: bounds what a text that repeats itself costs.
  package var mostWords = InputLimit.comparedWords
  /// Words that carry little content, in lower case.
  package var functionWords = Meteor15.englishFunctionWords

  public init() {}

  public struct Score: Sendable, Hashable {
    /// 0…1.
    public var score: Double
    /// 0…1; 0 for an empty hypothesis.
    public var precision: Double
    /// 0…1; 0 for an empty reference.
    public var recall: Double
    /// 0…γ; `nil` without a match.
    public var fragmentationPenalty: Double?
  }

  /// The best score over references; 0 without a reference.
  public func score(hypothesis: [String], references: [[String]]) -> Double {
    references.map { score(hypothesis: hypothesis, reference: $0).score }.max() ?? 0
  }

  /// Texts are lists of words, punctuation its own word, compared in lower case.
  public func score(hypothesis: [String], reference: [String]) -> Score {
    let hypothesis = hypothesis.map { $0.lowercased() }
    let reference = reference.map { $0.lowercased() }
    let alignment = Meteor15Alignment(
      hypothesis: Array(hypothesis.prefix(mostWords)), reference: Array(reference.prefix(mostWords)))
    let precision = share(of: alignment.matches.map { ($0.hypothesis, $0.isExact) }, in: hypothesis)
    let recall = share(of: alignment.matches.map { ($0.reference, $0.isExact) }, in: reference)
    guard !alignment.matches.isEmpty else {
      return Score(score: 0, precision: precision, recall: recall, fragmentationPenalty: nil)
    }
    let count = alignment.matches.count
    let isWhole = count == hypothesis.count && count == reference.count && alignment.chunks == 1
    let penalty = isWhole ? 0 : gamma * Double.pow(Double(alignment.chunks) / Double(count), beta)
    let mean = precision > 0 && recall > 0 ? 1 / ((1 - alpha) / precision + alpha / recall) : 0
    return Score(score: max(0, mean * (1 - penalty)), precision: precision, recall: recall, fragmentationPenalty: penalty)
  }

  /// The weighted share of a side's words that are matched.
  private func share(of matched: [(word: Int, isExact: Bool)], in words: [String]) -> Double {
    let weights = words.map { functionWords.contains($0) ? 1 - delta : delta }
    let total = weights.reduce(0, +)
    let found = matched.reduce(0) { $0 + ($1.isExact ? exactWeight : stemWeight) * weights[$1.word] }
    return total > 0 ? found / total : 0
  }

  /// The words that METEOR 1.5 counts as function words in English: all whose share of its news text exceeds 1/1000,
  /// punctuation and its escapes included.
  package static let englishFunctionWords = Set(
    """
    the , . to of and a in that for " is on 's it with was as said at he by be from have has are his but an this \
    not i will ’ they ) -rrb- ( -lrb- who their had we which were been more or s its would about new one after you \
    : also up when there than $ all out her people she year two - can if last first “ over other ” into some what \
    so -- no time years could ? 't — '
    """.split(separator: " ").map(String.init))
}
