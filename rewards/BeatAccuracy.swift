import Options
import Questions
import Rewards
import TemporalMetrics
import Timelines

/// Agreement of answered beats with true ones, by a measure of the beat-tracking literature.
///
/// The beats are the starts of the intervals, whatever their length: `f-measure` (one-to-one within `tolerance`), `cemgil` (a
/// Gaussian of the distance to the nearest beat, standard deviation `tolerance`), `p-score` (cross-correlation within
/// `tolerance` of a beat).
///
/// - Nothing answered and nothing to find: 1; one side empty: 0. Nothing is trimmed from the start of the track.
///
/// Davies, Degara and Plumbley 2009; `mir_eval.beat`.
struct BeatAccuracy: IntervalReward {
  enum Measure: String, CaseIterable, Sendable {
    case fMeasure = "f-measure"
    case cemgil
    case pScore = "p-score"
  }

  static let name = "beat-accuracy"

  static let documentation = RewardDocumentation(
    summary: "Agreement of answered beats with true ones, by a measure of the beat-tracking literature.",
    formula: "2PR/(P + R) within ±w · Σ exp(−d²/2w²)/(½(n_p + n_r)) · P-score with window w, of the starts of intervals, in s",
    degenerateCases: "Both empty: 1; one empty: 0. P-score of fewer than two beats: 0. Nothing readable: 0.",
    source: "Davies, Degara and Plumbley 2009; mir_eval.beat.",
    family: .events, kinds: [.intervals], promises: [.permutation])

  let measure: Measure
  let tolerance: Double
  let references: ReferenceRule

  init(options: inout OptionReader) {
    measure = options.choice("measure", default: .fMeasure, help: "which measure")
    let usual =
      switch measure {
      case .fMeasure: 0.07
      case .cemgil: 0.04
      case .pScore: 0.2
      }
    tolerance = options.number(
      "tolerance", default: usual, in: 0.001...10, unit: measure == .pScore ? "beats" : "s",
      help: "window of f-measure, standard deviation of cemgil, share of a beat of p-score")
    references = ReferenceRule(options: &options)
  }

  var range: ClosedRange<Double> { 0...1 }

  func compare(_ answer: [Interval], with reference: [Interval], duration: Double) -> Double? {
    guard !answer.isEmpty, !reference.isEmpty else { return answer.isEmpty && reference.isEmpty ? 1 : 0 }
    let truth = EventTimes(startsOf: reference)
    let beats = EventTimes(startsOf: answer)
    let score: Double
    switch measure {
    case .fMeasure: score = BeatMetrics.fMeasure(reference: truth, estimated: beats, window: tolerance)
    case .cemgil: score = BeatMetrics.cemgil(reference: truth, estimated: beats, sigma: tolerance).score
    case .pScore: score = BeatMetrics.pScore(reference: truth, estimated: beats, threshold: tolerance)
    }
    return min(1, max(0, finite(score)))
  }
}
