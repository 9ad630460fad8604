/// Which words of a hypothesis stand for which of a reference, as METEOR 1.5 decides it.
///
/// A beam search goes through the reference from left to right. It prefers more exact matches (stem matches count nothing in
/// the search: their weight is cut to a whole number), then fewer chunks, then a smaller sum of distances between positions,
/// where a path is charged the distances of the alternatives it passed over and not its own, as in the original. Words that can
/// only match each other are matched beforehand. Where both texts are equal only exact matches are tried.
///
/// Memory is linear in the lengths of the texts; time is their product where a few words fill both, as in a text that repeats itself.
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
    let candidates = Candidates(hypothesis: hypothesis, reference: reference)
    matches = Self.search(
      candidates, count: reference.count, fixed: candidates.unambiguous, hypothesisCount: hypothesis.count)
    chunks = matches.isEmpty ? 0 : 1
    for (match, next) in zip(matches, matches.dropFirst()) {
      let isAdjacent = next.reference == match.reference + 1 && next.hypothesis == match.hypothesis + 1
      chunks += isAdjacent ? 0 : 1
    }
  }

  /// Possible matches of each word of the reference: exact ones first, each kind by position in the hypothesis.
  private struct Candidates {
    /// Positions in the hypothesis of each word, and of each stem.
    private var places: [String: [Int]] = [:]
    private var stemPlaces: [String: [Int]] = [:]
    private let hypothesis: [String]
    private let reference: [String]
    private let stems: [String]

    init(hypothesis: [String], reference: [String]) {
      (self.hypothesis, self.reference) = (hypothesis, reference)
      for (place, word) in hypothesis.enumerated() { places[word, default: []].append(place) }
      stems = hypothesis == reference ? [] : reference.map(SnowballEnglishStemmer.stem)
      guard !stems.isEmpty else { return }
      for (place, word) in hypothesis.enumerated() { stemPlaces[SnowballEnglishStemmer.stem(word), default: []].append(place) }
    }

    func callAsFunction(_ index: Int) -> [Match] {
      let exact = (places[reference[index]] ?? []).map { Match(hypothesis: $0, reference: index, isExact: true) }
      guard !stems.isEmpty else { return exact }
      let stemmed = (stemPlaces[stems[index]] ?? []).filter { hypothesis[$0] != reference[index] }
      return exact + stemmed.map { Match(hypothesis: $0, reference: index, isExact: false) }
    }

    /// The match of each word of the reference that has one only, with a word that has one only.
    var unambiguous: [Match?] {
      var uses = Array(repeating: 0, count: hypothesis.count)
      for index in reference.indices {
        for match in self(index) { uses[match.hypothesis] += 1 }
      }
      return reference.indices.map { index in
        let matches = self(index)
        return matches.count == 1 && uses[matches[0].hypothesis] == 1 ? matches[0] : nil
      }
    }
  }

  /// What an alignment of the first words of the reference is worth.
  private struct Standing {
    var exactMatches = 0
    var closedChunks = 0
    var distance = 0
    /// The hypothesis word after the last match, while the chunk is open.
    var next: Int?

    mutating func take(_ match: Match) {
      exactMatches += match.isExact ? 1 : 0
      if let next, next != match.hypothesis { closedChunks += 1 }
      next = match.hypothesis + 1
    }

    mutating func closeChunk() {
      if next != nil { closedChunks += 1 }
      next = nil
    }

    func isBetter(than other: Standing) -> Bool {
      (-exactMatches, closedChunks, distance) < (-other.exactMatches, other.closedChunks, other.distance)
    }
  }

  private struct Path {
    var standing = Standing()
    var matches: [Match] = []
    var isUsed: [Bool]
  }

  /// A path with one more word of the reference behind it, not yet written out: the path that it continues, and what it takes.
  private struct Step {
    var standing: Standing
    var path: Int
    var match: Match?
  }

  private static func search(_ candidates: Candidates, count: Int, fixed: [Match?], hypothesisCount: Int) -> [Match] {
    var start = Path(isUsed: Array(repeating: false, count: hypothesisCount))
    for match in fixed.compactMap({ $0 }) { start.isUsed[match.hypothesis] = true }
    var paths = [start]
    for index in 0..<count {
      var beam = Beam(closes: index == count - 1)
      let matches = fixed[index] == nil ? candidates(index) : []
      for (place, path) in paths.enumerated() {
        var standing = path.standing
        if let match = fixed[index] {
          standing.take(match)
          standing.distance += abs(match.reference - match.hypothesis)
          beam.add(Step(standing: standing, path: place, match: match))
          continue
        }
        for match in matches where !path.isUsed[match.hypothesis] {
          var taken = standing
          taken.take(match)
          beam.add(Step(standing: taken, path: place, match: match))
          standing.distance += abs(match.reference - match.hypothesis)
        }
        standing.closeChunk()
        beam.add(Step(standing: standing, path: place, match: nil))
      }
      paths = beam.steps.map { step in
        var path = paths[step.path]
        path.standing = step.standing
        if let match = step.match {
          path.matches.append(match)
          path.isUsed[match.hypothesis] = true
        }
        return path
      }
    }
    return paths[0].matches
  }

  /// The best steps, best first; equals keep their order.
  private struct Beam {
    private(set) var steps: [Step] = []
    /// Whether the reference ends here, and every chunk with it.
    private let closes: Bool

    init(closes: Bool) {
      self.closes = closes
    }

    mutating func add(_ step: Step) {
      var step = step
      if closes { step.standing.closeChunk() }
      if steps.count == Meteor15Alignment.beamWidth {
        guard step.standing.isBetter(than: steps[steps.count - 1].standing) else { return }
        steps.removeLast()
      }
      let place = steps.lastIndex { !step.standing.isBetter(than: $0.standing) }
      steps.insert(step, at: place.map { $0 + 1 } ?? 0)
    }
  }
}
