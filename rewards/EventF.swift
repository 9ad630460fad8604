import Options
import Questions
import Rewards
import TemporalMetrics
import Timelines

/// F-measure of events: an answered interval is right where its onset and its offset agree with those of a true one.
///
/// An onset agrees within the collar, an offset within max(collar, share·length of the true event); as many pairs as one-to-one
/// matching allows are right; F = 2PR/(P + R).
///
/// - Nothing answered and nothing to find: 1; one side empty: 0.
/// - Of an answer of more than 1,000 intervals the first 1,000 can be right; the others are too many.
///
/// Mesaros, Heittola and Virtanen 2016; `sed_eval` event-based, optimal matching (0.2 s, 0.5).
struct EventF: IntervalReward {
  static let name = "event-f"

  static let documentation = RewardDocumentation(
    summary: "F-measure of events whose onset and offset agree with those of true ones.",
    formula: "2PR/(P + R), right where |Δonset| ≤ c and |Δoffset| ≤ max(c, share·length), matched one to one, in s",
    degenerateCases: "Both empty: 1; one empty: 0. Nothing readable: 0.",
    source: "Mesaros, Heittola and Virtanen 2016; sed_eval, event-based.",
    family: .events, kinds: [.intervals], promises: [.exactIsBest, .permutation])

  let detection: EventBasedDetection
  let references: ReferenceRule

  init(options: inout OptionReader) {
    let collar = options.number("collar", default: 0.2, in: 0...600, unit: "s", help: "greatest error of an onset or an offset")
    let share = options.number("share", default: 0.5, in: 0...1, help: "share of the true length that an offset may be off")
    let offsets = options.flag("offsets", default: true, help: "whether offsets count; onsets always do")
    detection = EventBasedDetection(collar: collar, lengthShare: share, evaluatesOffset: offsets)
    references = ReferenceRule(options: &options)
  }

  var range: ClosedRange<Double> { 0...1 }

  func compare(_ answer: [Interval], with reference: [Interval], duration: Double) -> Double? {
    guard !answer.isEmpty, !reference.isEmpty else { return answer.isEmpty && reference.isEmpty ? 1 : 0 }
    // What is matched is bounded, so that no answer costs more than a million pairs.
    var counts = detection.counts(
      reference: reference.map { SoundEvent(interval: $0, label: "") },
      estimated: answer.prefix(InputLimit.references).map { SoundEvent(interval: $0, label: "") }, label: "")
    counts.estimates = answer.count
    return counts.fMeasure ?? 0
  }
}
