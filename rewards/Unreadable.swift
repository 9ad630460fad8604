public import Options
public import Questions
public import Rewards

/// A penalty: 1 where a completion holds no legal answer, else 0.
///
/// Give it a negative weight.
///
/// An explicit "none" is a legal answer only to a question whose reference is empty; elsewhere it is a refusal and is charged
/// like one, so that refusing never pays more than trying. `charge-refusals: false` lets it pass.
///
/// MusT charges a bad format 1.0 (arXiv 2605.29300).
public struct Unreadable: TemporalReward, ConfigurableReward {
  public static let name = "unreadable"

  public static let documentation = RewardDocumentation(
    summary: "A penalty: 1 where a completion holds no legal answer.",
    formula: "1[unreadable ∨ (“none” ∧ reference not empty)]",
    degenerateCases: "“None” where nothing is to be found: 0.",
    source: "MusT, arXiv 2605.29300 (weight −1).",
    family: .shaping, kinds: AnswerKind.allCases)

  let chargesRefusals: Bool

  /// - Parameter chargesRefusals: whether an explicit "none" counts where the reference holds an answer.
  public init(chargesRefusals: Bool = true) {
    self.chargesRefusals = chargesRefusals
  }

  public init(options: inout OptionReader, usual: Self?) {
    let usual = usual ?? Self()
    self.init(
      chargesRefusals: options.flag(
        "charge-refusals", default: usual.chargesRefusals,
        help: "whether an explicit \"none\" counts where the reference holds an answer"))
  }

  public func score(_ reading: Reading, in response: Response, to question: Question) -> Double? {
    switch reading.outcome {
    case .answered: 0
    case .unreadable: 1
    case .empty: chargesRefusals && !question.references.contains(.intervals([])) ? 1 : 0
    }
  }
}
