import Policies
import Questions
import Rewards

extension StepObservations {
  /// Rewards and lengths of all completions, and the worst, the middle and the best completion as Markdown.
  init(_ groups: [RolloutGroup<some Sendable>], labels: [String]) {
    let members = groups.flatMap(\.members)
    distributions["reward/distribution"] = members.compactMap(\.judgement.total)
    distributions["completion/length_distribution"] = members.map { Double($0.completion.tokens.count) }
    for (index, label) in labels.enumerated() {
      distributions["reward/\(label)/distribution"] = members.compactMap { $0.judgement.components[index] }
    }
    distributions = distributions.filter { !$0.value.isEmpty }
    texts["completion/examples"] = Self.examples(groups)
  }

  /// A table; `nil` where no completion has a reward.
  private static func examples(_ groups: [RolloutGroup<some Sendable>]) -> String? {
    let judged = groups.flatMap { group in
      group.members.compactMap { member in
        member.judgement.total.map { (reward: $0, question: group.exercise.question.text, answer: member.completion.text) }
      }
    }
    let order = judged.indices.sorted { (judged[$0].reward, $0) < (judged[$1].reward, $1) }
    guard let worst = order.first, let best = order.last else { return nil }
    let rows = [("worst", worst), ("middle", order[order.count / 2]), ("best", best)].map { name, index in
      let example = judged[index]
      return "| \(name) | \(example.reward) | \(cell(example.question)) | \(cell(example.answer)) |"
    }
    return (["| | reward | question | completion |", "|---|---|---|---|"] + rows).joined(separator: "\n")
  }

  private static func cell(_ text: String) -> String {
    text.replacing("|", with: "\\|").replacing("\n", with: " ")
  }
}
