public import Options
public import Questions
public import Rewards

/// Whether the right option was chosen: 1 or 0.
///
/// - Several references: any of them is right. Nothing readable: 0.
///
/// Accuracy, as MusTBench scores LTR and GTO.
public struct ChoiceMatch: TemporalReward, ConfigurableReward {
  public static let name = "choice"

  public static let documentation = RewardDocumentation(
    summary: "Whether the right option was chosen.",
    formula: "1[ĉ = c*]",
    degenerateCases: "Several references: any of them. Nothing readable: 0.",
    source: "Accuracy; MusTBench (arXiv 2605.29300), LTR and GTO.",
    family: .choice, kinds: [.choice], promises: [.exactIsBest])

  public init() {}

  public init(options: inout OptionReader, usual: Self?) {}

  public func score(_ reading: Reading, in response: Response, to question: Question) -> Double? {
    guard question.kind == .choice else { return nil }
    guard case .choice(let answer)? = reading.answer else { return 0 }
    for case .choice(answer) in question.references { return 1 }
    return 0
  }
}
