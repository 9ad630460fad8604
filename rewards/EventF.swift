public import Options
import Questions
public import Rewards
import TemporalMetrics
package import Timelines

/// F-measure of events: an answered interval is right where its onset and its offset agree with those of a true one.
///
/// An onset agrees within the collar, an offset within max(collar, share·length of the true event); as many pairs as one-to-one
/// matching allows are right; F = 2PR/(P + R).
///
/// - Nothing answered and nothing to find: 1; one side empty: 0.
/// - Of an answer of more than 1,000 intervals the first 1,000 can be right; the others are too many.
///
/// Mesaros, Heittola and Virtanen 2016; `sed_eval` event-based, optimal matching (0.2 s, 0.5).
public struct EventF: IntervalReward, ConfigurableReward {
  public static let name = "event-f"

  public static let documentation = RewardDocumentation(
    summary: "F-measure of events whose onset and offset agree with those of true ones.",
    formula: "2PR/(P + R), right where |Δonset| ≤ c and |Δoffset| ≤ max(c, share·length), matched one to one, in s",
    degenerateCases: "Both empty: 1; one empty: 0. Nothing readable: 0.",
    source: "Mesaros, Heittola and Virtanen 2016; sed_eval, event-based.",
    family: .events, kinds: [.intervals], promises: [.exactIsBest, .permutation])

  let detection: EventBasedDetection
  package let references: ReferenceRule

  /// - Parameters:
  ///   - collar: the greatest error of an onset or an offset, seconds, 0…600.
  ///   - share: the share of the true length that an offset may be off, 0…1.
  ///   - offsets: whether offsets count; onsets always do.
  ///   - references: what several references of one question are to each other.
  public init(collar: Double = 0.2, share: Double = 0.5, offsets: Bool = true, references: ReferenceRule = .union) {
    detection = EventBasedDetection(collar: collar, lengthShare: share, evaluatesOffset: offsets)
    self.references = references
  }

  public init(options: inout OptionReader, usual: Self?) {
    let usual = usual ?? Self()
    let detection = usual.detection
    self.init(
      collar: options.number(
        "collar", default: detection.collar, in: 0...600, unit: "s", help: "greatest error of an onset or an offset"),
      share: options.number(
        "share", default: detection.lengthShare, in: 0...1, help: "share of the true length that an offset may be off"),
      offsets: options.flag("offsets", default: detection.evaluatesOffset, help: "whether offsets count; onsets always do"),
      references: ReferenceRule(options: &options, default: usual.references))
  }

  package func compare(_ answer: [Interval], with reference: [Interval], duration: Double) -> Double? {
    guard !answer.isEmpty, !reference.isEmpty else { return answer.isEmpty && reference.isEmpty ? 1 : 0 }
    // What is matched is bounded, so that no answer costs more than a million pairs.
    var counts = detection.counts(
      reference: reference.map { SoundEvent(interval: $0, label: "") },
      estimated: answer.prefix(InputLimit.references).map { SoundEvent(interval: $0, label: "") }, label: "")
    counts.estimates = answer.count
    return counts.fMeasure ?? 0
  }
}
