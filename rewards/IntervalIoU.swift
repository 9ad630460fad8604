import Options
import Questions
import Rewards
import Timelines

/// Overlap of answered and reference time over their union.
///
/// |∪P ∩ ∪R| / |∪P ∪ ∪R|, lengths in seconds. Intervals that overlap or touch are merged first and those of length zero
/// dropped, so duplicates, order and cuts change nothing.
///
/// - Nothing answered and nothing to find: 1. One side empty: 0.
///
/// Jaccard 1912; as a reward of merged sets VideoChat-R1 and TimeLens2 `tiou`, which this equals on legal answers.
struct IntervalIoU: IntervalReward {
  static let name = "interval-iou"

  static let documentation = RewardDocumentation(
    summary: "Overlap of answered and reference time over their union.",
    formula: "|∪P ∩ ∪R| / |∪P ∪ ∪R|, lengths in s",
    degenerateCases: "Both empty: 1; one empty: 0. Intervals of length zero count as none. Nothing readable: 0.",
    source: "Jaccard 1912; VideoChat-R1 (arXiv 2504.06958) and TimeLens2 `tiou` on legal answers.",
    family: .intervalSets, kinds: [.intervals],
    promises: [.exactIsBest, .monotone, .duplication, .splitting, .permutation])

  let references: ReferenceRule

  init(options: inout OptionReader) {
    references = ReferenceRule(options: &options)
  }

  var range: ClosedRange<Double> { 0...1 }

  func compare(_ answer: [Interval], with reference: [Interval], duration: Double) -> Double? {
    Coverage(answer: answer, reference: reference).ratio
  }
}
