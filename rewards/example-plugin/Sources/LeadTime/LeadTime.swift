public import Options
public import Questions
public import Rewards

/// Closeness of an answered time to the true one, for cues: early is forgiven more than late.
///
/// With d = t̂ − t* in seconds: max(0, 1 + d/early) for d ≤ 0 and max(0, 1 − d/late) for d > 0.
///
/// - Several references: the best counts. Nothing readable: 0.
public struct LeadTime: TemporalReward {
  public static let name = "lead-time"

  public static let documentation = RewardDocumentation(
    summary: "Closeness of an answered time to the true one, where early is forgiven more than late.",
    formula: "d = t̂ − t*, s; max(0, 1 + d/early) for d ≤ 0, max(0, 1 − d/late) for d > 0",
    degenerateCases: "Several references: the best. Nothing readable: 0.",
    source: "This example.",
    family: .instants, kinds: [.instant], promises: [.exactIsBest, .monotone])

  public let early: Double
  public let late: Double

  public init(options: inout OptionReader) {
    early = options.number("early", default: 10, in: 0.1...600, unit: "s", help: "how early scores 0")
    late = options.number("late", default: 2, in: 0.1...600, unit: "s", help: "how late scores 0")
  }

  public var range: ClosedRange<Double> { 0...1 }

  public func score(_ reading: Reading, in response: Response, to question: Question) -> Double? {
    guard question.kind == .instant else { return nil }
    guard case .instant(let answer)? = reading.answer else { return 0 }
    var best = 0.0
    for case .instant(let reference) in question.references {
      let difference = answer - reference
      // A comparison with NaN is false: what is not a number keeps 0.
      if difference <= 0 { best = max(best, 1 + difference / early) }
      if difference > 0 { best = max(best, 1 - difference / late) }
    }
    return best
  }
}
