import RealModule

/// METEOR as NLTK computes it, with the exact and the Porter-stem matcher and without WordNet.
///
/// With m matched words of h in the hypothesis and r in the reference, in c chunks that are adjacent and in order on both
/// sides:
///
///     P = m/h    R = m/r    F = P·R/(α·P + (1 − α)·R)    score = (1 − γ·(c/m)^β)·F
///
/// 0 without a match; below 1 even for equal texts (1 − γ/m^β). Not METEOR 1.5 (`Meteor15`): means differ by half. A bag of
/// frequent words scores higher than an honest caption, so name the variant in a report and do not train on it alone.
///
/// Banerjee and Lavie 2005, *METEOR: An Automatic Metric for MT Evaluation*; agrees with `nltk.meteor_score` 3.10.4.
public struct NLTKMeteor: Sendable, Hashable {
  /// Weight of precision against recall, 0…1.
  package var alpha = 0.9
  /// Exponent of the share of chunks.
  package var beta = 3.0
  /// Largest penalty for disorder, 0…1.
  package var gamma = 0.5

  public init() {}

  public struct Score: Sendable, Hashable {
    /// 0…1.
    public var score: Double
    public var matches: Int
    public var chunks: Int
  }

  /// The best score over references; all texts are lists of words, compared in lower case.
  ///
  /// 0 without a reference.
  public func score(hypothesis: [String], references: [[String]]) -> Double {
    references.map { score(hypothesis: hypothesis, reference: $0).score }.max() ?? 0
  }

  public func score(hypothesis: [String], reference: [String]) -> Score {
    let pairs = Self.matches(hypothesis.map { $0.lowercased() }, reference.map { $0.lowercased() })
    let matches = Double(pairs.count)
    guard !pairs.isEmpty else { return Score(score: 0, matches: 0, chunks: 0) }
    let precision = matches / Double(hypothesis.count)
    let recall = matches / Double(reference.count)
    let mean = precision * recall / (alpha * precision + (1 - alpha) * recall)
    let chunks = 1 + zip(pairs, pairs.dropFirst()).count { $1 != ($0.0 + 1, $0.1 + 1) }
    let penalty = gamma * Double.pow(Double(chunks) / matches, beta)
    return Score(score: (1 - penalty) * mean, matches: pairs.count, chunks: chunks)
  }

  /// Pairs of word positions by position in the hypothesis.
  ///
  /// First equal words, then equal stems of what is left. Each time the hypothesis is gone through from its last word to its
  /// first, and each word takes the last free word of the reference that equals it; crossings are not avoided.
  private static func matches(_ hypothesis: [String], _ reference: [String]) -> [(Int, Int)] {
    var pairs: [(Int, Int)] = []
    var free = (Array(hypothesis.indices), Array(reference.indices))
    for key in [{ $0 }, PorterStemmer.stem] as [(String) -> String] {
      let words = (hypothesis.map(key), reference.map(key))
      for word in free.0.reversed() {
        guard let found = free.1.lastIndex(where: { words.1[$0] == words.0[word] }) else { continue }
        pairs.append((word, free.1.remove(at: found)))
      }
      free.0.removeAll { word in pairs.contains { $0.0 == word } }
    }
    return pairs.sorted { $0.0 < $1.0 }
  }
}
