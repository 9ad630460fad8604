import Numbers
import Questions
import Timelines

/// Search for the one interval that overlaps best with the references of many questions.
struct BlindInterval {
  /// Seconds between two candidates for an end.
  private let step: Double
  /// Per question: seconds of the reference before each point of the grid.
  private let covered: [[Double]]
  /// Per question: seconds of the whole reference.
  private let measures: [Double]

  /// The most points of the grid: searching is quadratic in it.
  private static let mostPoints = 240

  /// `nil` where no reference has any length.
  init?(_ questions: [Question]) {
    let references = questions.map { QuestionScore.union($0.references) }
    guard let last = references.compactMap({ $0.intervals.last?.end }).max(), last > 0 else { return nil }
    let step = Double(max(1, (Int(saturating: last) + Self.mostPoints) / Self.mostPoints))
    let points = Int(saturating: last / step) + 2
    covered = references.map { reference in
      (0..<points).map { reference.clipped(to: Interval(0, Double($0) * step)).measure }
    }
    measures = references.map(\.measure)
    self.step = step
  }

  /// The interval with the greatest mean IoU or F1.
  func best(_ measure: BenchmarkMeasure) -> BlindScore.Constant {
    var best = (start: 0, end: 1, score: -1.0)
    let points = covered[0].count
    for start in 0..<points {
      for end in (start + 1)..<max(points, start + 1) {
        let score = score(start, end, measure)
        if score > best.score { best = (start, end, score) }
      }
    }
    return (measure, .intervals([Interval(Double(best.start) * step, Double(best.end) * step)]), best.score)
  }

  private func score(_ start: Int, _ end: Int, _ measure: BenchmarkMeasure) -> Double {
    let length = Double(end - start) * step
    var total = 0.0
    for (covered, reference) in zip(covered, measures) {
      let intersection = covered[end] - covered[start]
      total += measure == .iou ? intersection / (length + reference - intersection) : 2 * intersection / (length + reference)
    }
    return total / Double(measures.count)
  }
}
