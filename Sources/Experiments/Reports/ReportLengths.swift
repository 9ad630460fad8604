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
        let pieces = Self.pieces(column.runs.joined().filter { $0.decoding == .greedy && $0.question.task == task }, measure)
        let points = Self.points(pieces)
        return points.isEmpty ? nil : SummaryCurve.Series(name: column.name, points: points, hasMarkers: true)
      }
      guard !series.isEmpty else { return nil }
      return SummaryCurve(
        title: panel.title, note: "Bins of equally many pieces at their mean length; 95 % bootstrap intervals over pieces.",
        abscissa: "seconds of track", series: series)
    }
  }

  /// Length of each piece and its scores over all seeds, shortest first.
  private static func pieces(_ answers: [ScoredAnswer], _ measure: String) -> [(length: Double, scores: [Double])] {
    Dictionary(grouping: answers, by: \.pieceID).map { name, answers in
      (name, answers.map(\.question.duration).max() ?? 0, answers.compactMap { $0.scores[measure] })
    }.filter { !$0.2.isEmpty }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map { ($0.1, $0.2) }
  }

  private static func points(_ pieces: [(length: Double, scores: [Double])]) -> [SummaryCurve.Point] {
    let bins = min(mostBins, pieces.count / leastPieces)
    guard bins > 1, let shortest = pieces.first, let longest = pieces.last, longest.length >= leastRatio * shortest.length
    else { return [] }
    let bootstrap = Bootstrap(stream: RandomStream(seed: 0x4C65_6E67))
    return (0..<bins).compactMap { bin in
      let part = pieces[bin * pieces.count / bins..<(bin + 1) * pieces.count / bins]
      let length = part.reduce(0) { $0 + $1.length } / Double(part.count)
      return bootstrap.mean(ofTracks: part.map(\.scores)).map {
        SummaryCurve.Point(step: Int(saturating: length.rounded()), value: $0.estimate, low: $0.lower, high: $0.upper)
      }
    }
  }
}
