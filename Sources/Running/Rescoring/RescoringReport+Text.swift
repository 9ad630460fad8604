import Files
import Foundation
import RunReports

extension RescoringReport {
  /// One JSON object with sorted keys.
  package var json: String {
    get throws { try JSONText.indented(self) }
  }

  /// Tables and the most disputed completions for a terminal.
  package var text: String {
    let head =
      "\(run): \(completions) completions in \(groups) groups, steps \(firstStep)–\(lastStep)\n" + selection
      + (caution.map { "\($0)\n" } ?? "") + "\n"
    let disputes = pairs.filter { !$0.disputed.isEmpty }.map { pair in
      "\nmost disputed by \(pair.first) | \(pair.second)\n"
        + pair.disputed.flatMap { Self.lines($0, pair) }.map { $0 + "\n" }.joined()
    }
    return head + specTable.aligned + "\n" + pairTable.aligned + pairs.map { "\n\($0.words)\n" }.joined() + disputes.joined()
  }

  /// Which groups are compared, where that are not the ones that the update learnt from.
  private var selection: String {
    guard let learntGroups, learntGroups < groups else { return "" }
    return "all sampled groups are compared; the update learnt from \(learntGroups) of them\n"
  }

  private var specTable: TextTable {
    TextTable(
      head: ["rewards", "mean", "deviation", "unscored", "tied groups", "groups that teach"],
      rows: specs.map { spec in
        [
          spec.name, Self.number(spec.meanReward), Self.number(spec.deviation), Self.percent(spec.unscored),
          Self.percent(spec.tiedGroups), "\(spec.effectiveGroups) of \(groups)",
        ]
      }, numbers: [1, 2, 3, 4, 5])
  }

  private var pairTable: TextTable {
    TextTable(
      head: ["pair", "both score", "rank corr.", "in groups", "advantage cosine", "sign flips"],
      rows: pairs.map { pair in
        [
          "\(pair.first) | \(pair.second)", "\(pair.compared)", Self.number(pair.rankCorrelation),
          Self.number(pair.rankCorrelationInGroups),
          Self.number(pair.advantageCosine), Self.percent(pair.signFlips),
        ]
      }, numbers: [1, 2, 3, 4, 5])
  }

  private static func lines(_ disputed: Disputed, _ pair: Pair) -> [String] {
    let sides = zip([pair.first, pair.second], disputed.components.indices).map { name, side in
      let components = disputed.components[side].filter { $0.score != nil }
        .map { "\($0.label) \(number($0.score))" }.joined(separator: " · ")
      return "    \(name): reward \(number(disputed.rewards[side])), advantage \(number(disputed.advantages[side]))"
        + (components.isEmpty ? "" : "  (\(components))")
    }
    return ["  step \(disputed.step)  \(disputed.questionID)  \(disputed.question)"]
      + ["    answered \(disputed.text.isEmpty ? "(nothing)" : disputed.text)   right is \(disputed.reference)"] + sides
  }

  static func number(_ value: Double?) -> String { value.map { String(format: "%+.3f", $0) } ?? "–" }

  static func percent(_ share: Double?) -> String { share.map { String(format: "%.1f %%", 100 * $0) } ?? "–" }
}

extension RescoringReport.Pair {
  /// What the numbers mean for training, in a sentence; of the completions that both score alone.
  package var words: String {
    guard compared > 0 else { return "\(first) and \(second) score no completion in common\(leftUnscored)." }
    guard differing > 0 else { return "\(first) and \(second) pay the same\(leftUnscored)." }
    guard let cosine = advantageCosine else {
      return "\(first) and \(second): one of them ties every group, so it teaches nothing on these completions\(leftUnscored)."
    }
    return "\(first) and \(second) \(manner(cosine))\(flips)\(leftUnscored)."
  }

  private func manner(_ cosine: Double) -> String {
    switch cosine {
    case 0.999... where signFlips == 0: "agree"
    case 0.95...: "push the policy nearly the same way"
    case 0.7...: "agree on the whole and differ in detail"
    case 0.2...: "pull in clearly different directions"
    case (-0.2)...: "hardly agree"
    default: "push the policy against each other"
    }
  }

  private var flips: String {
    guard let signFlips, signFlips > 0 else { return "" }
    return
      ": of the completions that both judge, one encourages and the other discourages \(RescoringReport.percent(signFlips))"
  }

  private var leftUnscored: String {
    zip([first, second], unscored).filter { $1 > 0 }
      .map { "; \($0) leaves \(RescoringReport.percent($1)) unscored" }.joined()
  }
}
