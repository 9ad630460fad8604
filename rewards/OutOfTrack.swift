public import Options
public import Questions
public import Rewards
import Timelines

/// A penalty: 1 where an answered time lies outside the track, else 0.
///
/// Give it a negative weight.
///
/// A time t is inside where −tolerance ≤ t ≤ duration + tolerance, ends included; an answer of intervals is inside where all
/// its ends are. What could not be read is not charged here. Choices, orders and texts have no times: `nil`.
///
/// MusT charges it 0.5 (arXiv 2605.29300).
public struct OutOfTrack: TemporalReward, ConfigurableReward {
  public static let name = "out-of-track"

  public static let documentation = RewardDocumentation(
    summary: "A penalty: 1 where an answered time lies outside the track.",
    formula: "1[∃ t: t < −tolerance ∨ t > duration + tolerance], times in s",
    degenerateCases: "Nothing readable or “none”: 0. Choices, orders, texts: does not apply.",
    source: "MusT, arXiv 2605.29300 (weight −0.5).",
    family: .shaping, kinds: [.instant, .intervals])

  let tolerance: Double

  /// - Parameter tolerance: how far outside still counts as inside, seconds, 0…60.
  public init(tolerance: Double = 0) {
    self.tolerance = tolerance
  }

  public init(options: inout OptionReader, usual: Self?) {
    let usual = usual ?? Self()
    self.init(
      tolerance: options.number(
        "tolerance", default: usual.tolerance, in: 0...60, unit: "s",
        help: "how far outside still counts as inside, for times in whole seconds"))
  }

  public func score(_ reading: Reading, in response: Response, to question: Question) -> Double? {
    guard question.kind == .instant || question.kind == .intervals else { return nil }
    let first = -tolerance
    let last = question.duration + tolerance
    switch reading.answer {
    case .instant(let time): return time >= first && time <= last ? 0 : 1
    case .intervals(let intervals): return intervals.allSatisfy { $0.start >= first && $0.end <= last } ? 0 : 1
    default: return 0
    }
  }
}
