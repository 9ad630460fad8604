public import Options
import Questions
public import Rewards
import TemporalMetrics
package import Timelines

/// Agreement of answered beats with true ones, by a measure of the beat-tracking literature.
///
/// The beats are the starts of the intervals, whatever their length: `f-measure` (one-to-one within `tolerance`), `cemgil` (a
/// Gaussian of the distance to the nearest beat, standard deviation `tolerance`), `p-score` (cross-correlation within
/// `tolerance` of a beat).
///
/// - Nothing answered and nothing to find: 1; one side empty: 0. Nothing is trimmed from the start of the track.
///
/// Davies, Degara and Plumbley 2009; `mir_eval.beat`.
public struct BeatAccuracy: IntervalReward, ConfigurableReward {
  /// A measure of how well two lists of beats agree.
  public enum Measure: String, CaseIterable, FormulaForm {
    /// 2PR/(P + R) of beats matched one to one within the tolerance.
    case fMeasure = "f-measure"
    /// A Gaussian of the distance to the nearest beat, standard deviation `tolerance`.
    case cemgil
    /// Cross-correlation within `tolerance` of a beat.
    case pScore = "p-score"

    package var formula: String {
      switch self {
      case .fMeasure: "2PR/(P + R), matched one to one within ±w, w in s"
      case .cemgil: "Σ exp(−d²/2w²)/(½(n_p + n_r)), d to the nearest beat, w in s"
      case .pScore: "pairs of beats at most w·m apart, over max(n_p, n_r), m the median beat of the reference"
      }
    }

    /// What those who made the measure take.
    var usualTolerance: Double {
      switch self {
      case .fMeasure: 0.07
      case .cemgil: 0.04
      case .pScore: 0.2
      }
    }
  }

  public static let name = "beat-accuracy"

  public static let documentation = RewardDocumentation(
    summary: "Agreement of answered beats with true ones, by a measure of the beat-tracking literature.",
    formula: "of the starts of intervals as beats, n_p answered and n_r true, with the tolerance w",
    forms: RewardForm.all(of: Measure.self, option: "measure"),
    degenerateCases: "Both empty: 1; one empty: 0. P-score of fewer than two beats: 0. Nothing readable: 0.",
    source: "Davies, Degara and Plumbley 2009; mir_eval.beat.",
    family: .events, kinds: [.intervals], promises: [.permutation])

  let measure: Measure
  let tolerance: Double
  package let references: ReferenceRule

  /// - Parameters:
  ///   - measure: which measure.
  ///   - tolerance: the window of `fMeasure` in seconds, the standard deviation of `cemgil` in seconds, the share of a beat of
  ///     `pScore`; 0.001…10, and `nil` for what the measure's authors take.
  ///   - references: what several references of one question are to each other.
  public init(measure: Measure = .fMeasure, tolerance: Double? = nil, references: ReferenceRule = .union) {
    self.measure = measure
    self.tolerance = tolerance ?? measure.usualTolerance
    self.references = references
  }

  public init(options: inout OptionReader, usual: Self?) {
    let usual = usual ?? Self()
    let measure = options.choice("measure", default: usual.measure, help: "which measure")
    self.init(
      measure: measure,
      tolerance: options.number(
        "tolerance", default: measure == usual.measure ? usual.tolerance : measure.usualTolerance, in: 0.001...10,
        unit: measure == .pScore ? "beats" : "s",
        help: "window of f-measure, standard deviation of cemgil, share of a beat of p-score"),
      references: ReferenceRule(options: &options, default: usual.references))
  }

  package func compare(_ answer: [Interval], with reference: [Interval], duration: Double) -> Double? {
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
