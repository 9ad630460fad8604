public import Options
public import Questions
public import Rewards

/// 1 where the completion is exactly the prescribed form, else 0.
///
/// It says nothing of what is answered: keep its weight small, or its gate on `readable`.
///
/// The format reward of DeepSeek-R1 (arXiv 2501.12948), on a grammar that an empty tag does not satisfy.
public struct StrictFormat: TemporalReward, ConfigurableReward {
  public static let name = "strict-format"

  public static let documentation = RewardDocumentation(
    summary: "1 where the completion is exactly the prescribed form.",
    formula: "1[strict]",
    degenerateCases: "Whatever is not readable is not strict: 0.",
    source: "DeepSeek-R1 (arXiv 2501.12948), on a grammar that an empty tag does not satisfy.",
    family: .shaping, kinds: AnswerKind.allCases)

  public init() {}

  public init(options: inout OptionReader, usual: Self?) {}

  public func score(_ reading: Reading, in response: Response, to question: Question) -> Double? {
    if case .unreadable = reading.outcome { return 0 }
    return reading.isStrict ? 1 : 0
  }
}
