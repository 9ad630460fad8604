import Experiments
import Numbers
import Questions
import Randomness
import RunReports
import SeedStatistics

/// Greedy scores against the length of the track: whether a policy loses its place in longer ones.
struct ReportLengths {
  let scores: ReportScores

  private static let mostBins = 6
  /// Pieces below which a bin says too little.
  private static let leastPieces = 10
  /// Lengths that differ by less than this factor show nothing.
  private static let leastRatio = 1.25

  /// A chart a task, a line an arm; none where tracks are about equally long, or too few.
  var curves: [SummaryCurve] {
    scores.panels.filter { $0.decoding == .greedy && $0.measures.count == 1 }.compactMap { panel in
      guard let (task, measure) = panel.measures.first else { return nil }
      let series = scores.columns.compactMap { column -> SummaryCurve.Series? in
        let pieces = Self.pieces(
          column.runs.map { $0.filter { $0.decoding == .greedy && $0.question.task == task } }, measure)
        let points = Self.points(pieces)
        return points.isEmpty
          ? nil
          : SummaryCurve.Series(name: column.name, points: points, hasMarkers: true, style: scores.style(ofArm: column.name))
      }
      guard !series.isEmpty else { return nil }
      var curve = SummaryCurve(
        title: panel.title,
        note: "Bins of equally many pieces at their mean length; 95 % bootstrap intervals over \(scores.drawn("pieces")).",
        abscissa: "seconds of track", series: series)
      curve.startsAtZero = false
      return curve
    }
  }

  private typealias Piece = (length: Double, scores: [[Double]])

  /// Length of each piece and its scores seed by seed, shortest first.
  private static func pieces(_ seeds: [[HeldOutRecord]], _ measure: String) -> [Piece] {
    let groups = seeds.map { Dictionary(grouping: $0, by: \.pieceID) }
    let found = Set(groups.flatMap(\.keys)).map { name -> (name: String, piece: Piece) in
      let own = groups.map { $0[name] ?? [] }
      let length = own.joined().map(\.question.duration).max() ?? 0
      return (name, (length, own.map { $0.compactMap { $0.scores[measure] } }))
    }
    return found.filter { !$0.piece.scores.allSatisfy(\.isEmpty) }
      .sorted { ($0.piece.length, $0.name) < ($1.piece.length, $1.name) }.map(\.piece)
  }

  private static func points(_ pieces: [Piece]) -> [SummaryCurve.Point] {
    let bins = min(mostBins, pieces.count / leastPieces)
    guard bins > 1, let shortest = pieces.first, let longest = pieces.last, longest.length >= leastRatio * shortest.length
    else { return [] }
    let bootstrap = Bootstrap(stream: RandomStream(seed: 0x4C65_6E67))
    return (0..<bins).compactMap { bin in
      let part = pieces[bin * pieces.count / bins..<(bin + 1) * pieces.count / bins]
      let length = part.reduce(0) { $0 + $1.length } / Double(part.count)
      guard let seeds = part.first?.scores.indices,
        let scores = CrossedScores([seeds.map { seed in part.map { $0.scores[seed] } }])
      else { return nil }
      let mean = bootstrap.mean(of: scores).clamped(to: 0...1)
      return SummaryCurve.Point(
        step: Int(saturating: length.rounded()), value: mean.estimate, low: mean.lower, high: mean.upper)
    }
  }
}
