import Options
import Questions
import Rewards

/// A penalty: 1 where a completion holds no legal answer, else 0.
///
/// Give it a negative weight.
///
/// An explicit "none" is a legal answer only to a question whose reference is empty; elsewhere it is a refusal and is charged
/// like one, so that refusing never pays more than trying. `charge-refusals: false` lets it pass.
///
/// MusT charges a bad format 1.0 (arXiv 2605.29300).
struct Unreadable: TemporalReward {
  static let name = "unreadable"

  static let documentation = RewardDocumentation(
    summary: "A penalty: 1 where a completion holds no legal answer.",
    formula: "1[unreadable ∨ (“none” ∧ reference not empty)]",
    degenerateCases: "“None” where nothing is to be found: 0.",
    source: "MusT, arXiv 2605.29300 (weight −1).",
    family: .shaping, kinds: AnswerKind.allCases)

  let chargesRefusals: Bool

  init(options: inout OptionReader) {
    chargesRefusals = options.flag(
      "charge-refusals", default: true, help: "whether an explicit \"none\" counts where the reference holds an answer")
  }

  var range: ClosedRange<Double> { 0...1 }

  func score(_ reading: Reading, in response: Response, to question: Question) -> Double? {
    switch reading.outcome {
    case .answered: 0
    case .unreadable: 1
    case .empty: chargesRefusals && !question.references.contains(.intervals([])) ? 1 : 0
    }
  }
}
