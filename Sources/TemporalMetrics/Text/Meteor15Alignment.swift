/// Which words of a hypothesis stand for which of a reference, as METEOR 1.5 decides it.
///
/// A beam search goes through the reference from left to right. It prefers more exact matches (stem matches count nothing in
/// the search: their weight is cut to a whole number), then fewer chunks, then a smaller sum of distances between positions,
/// where a path is charged the distances of the alternatives it passed over and not its own, as in the original. Words that can
/// only match each other are matched beforehand. Where both texts are equal only exact matches are tried.
struct Meteor15Alignment {
  struct Match: Hashable {
    var hypothesis: Int
    var reference: Int
    var isExact: Bool
  }

  /// By position in the reference.
  private(set) var matches: [Match] = []
  /// Runs of matches that are adjacent and in order on both sides.
  private(set) var chunks = 0

  private static let beamWidth = 40

  init(hypothesis: [String], reference: [String]) {
    let candidates = Self.candidates(hypothesis: hypothesis, reference: reference)
    let fixed = Self.unambiguous(candidates, hypothesisCount: hypothesis.count)
    let best = Self.search(candidates, fixed: fixed, hypothesisCount: hypothesis.count)
    matches = best.matches
    chunks = best.matches.isEmpty ? 0 : 1
    for (match, next) in zip(matches, matches.dropFirst()) {
      let isAdjacent = next.reference == match.reference + 1 && next.hypothesis == match.hypothesis + 1
      chunks += isAdjacent ? 0 : 1
    }
  }

  /// Possible matches of each word of the reference: exact ones first, each kind by position in the hypothesis.
  private static func candidates(hypothesis: [String], reference: [String]) -> [[Match]] {
    let triesStems = hypothesis != reference
    let stems =
      triesStems ? (hypothesis.map(SnowballEnglishStemmer.stem), reference.map(SnowballEnglishStemmer.stem)) : ([], [])
    return reference.enumerated().map { index, word in
      let exact = hypothesis.indices.filter { hypothesis[$0] == word }
      let stemmed = triesStems ? hypothesis.indices.filter { stems.0[$0] == stems.1[index] && hypothesis[$0] != word } : []
      return exact.map { Match(hypothesis: $0, reference: index, isExact: true) }
        + stemmed.map { Match(hypothesis: $0, reference: index, isExact: false) }
    }
  }

  /// The match of each word of the reference that has one only, with a word that has one only.
  private static func unambiguous(_ candidates: [[Match]], hypothesisCount: Int) -> [Match?] {
    var uses = Array(repeating: 0, count: hypothesisCount)
    for match in candidates.joined() { uses[match.hypothesis] += 1 }
    return candidates.map { $0.count == 1 && uses[$0[0].hypothesis] == 1 ? $0[0] : nil }
  }

  /// An alignment of the first words of the reference.
  private struct Path {
    var matches: [Match] = []
    var isUsed: [Bool]
    var exactMatches = 0
    var closedChunks = 0
    var distance = 0
    /// The hypothesis word after the last match, while the chunk is open.
    var next: Int?

    mutating func take(_ match: Match) {
      matches.append(match)
      isUsed[match.hypothesis] = true
      exactMatches += match.isExact ? 1 : 0
      if let next, next != match.hypothesis { closedChunks += 1 }
      next = match.hypothesis + 1
    }

    mutating func closeChunk() {
      if next != nil { closedChunks += 1 }
      next = nil
    }

    func isBetter(than other: Path) -> Bool {
      (-exactMatches, closedChunks, distance) < (-other.exactMatches, other.closedChunks, other.distance)
    }
  }

  private static func search(_ candidates: [[Match]], fixed: [Match?], hypothesisCount: Int) -> Path {
    var start = Path(isUsed: Array(repeating: false, count: hypothesisCount))
    for match in fixed.compactMap({ $0 }) { start.isUsed[match.hypothesis] = true }
    var paths = [start]
    for (index, matches) in candidates.enumerated() {
      var extended: [Path] = []
      for path in ranked(paths).prefix(beamWidth) {
        var path = path
        if let match = fixed[index] {
          path.take(match)
          path.distance += abs(match.reference - match.hypothesis)
          extended.append(path)
          continue
        }
        for match in matches where !path.isUsed[match.hypothesis] {
          var taken = path
          taken.take(match)
          extended.append(taken)
          path.distance += abs(match.reference - match.hypothesis)
        }
        path.closeChunk()
        extended.append(path)
      }
      paths = extended
    }
    for index in paths.indices { paths[index].closeChunk() }
    return ranked(paths).first ?? start
  }

  /// Best first; equals keep their order.
  private static func ranked(_ paths: [Path]) -> [Path] {
    paths.enumerated().sorted {
      $0.element.isBetter(than: $1.element) || (!$1.element.isBetter(than: $0.element) && $0.offset < $1.offset)
    }.map(\.element)
  }
}
