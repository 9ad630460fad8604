import Foundation

extension RescoringReport {
  /// One JSON object with sorted keys.
  public var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }

  /// Tables and the most disputed completions for a terminal.
  public var text: String {
    var lines = ["\(run): \(completions) completions in \(groups) groups, steps \(firstStep)–\(lastStep)", ""]
    lines += Self.table(
      [["rewards", "mean", "deviation", "unscored", "tied groups", "groups that teach"]]
        + specs.map { spec in
          [
            spec.name, Self.number(spec.meanReward), Self.number(spec.deviation), Self.percent(spec.unscored),
            Self.percent(spec.tiedGroups), "\(spec.effectiveGroups) of \(groups)",
          ]
        })
    lines.append("")
    lines += Self.table(
      [["pair", "rank corr.", "in groups", "advantage cosine", "sign flips"]]
        + pairs.map { pair in
          [
            "\(pair.first) | \(pair.second)", Self.number(pair.rankCorrelation), Self.number(pair.rankCorrelationInGroups),
            Self.number(pair.advantageCosine), Self.percent(pair.signFlips),
          ]
        })
    lines += pairs.map { "\n" + $0.words }
    for pair in pairs where !pair.disputed.isEmpty {
      lines += ["", "most disputed by \(pair.first) | \(pair.second)"]
      lines += pair.disputed.flatMap { Self.lines($0, pair) }
    }
    return lines.joined(separator: "\n") + "\n"
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

  private static func table(_ rows: [[String]]) -> [String] {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).enumerated().map { column, cell in
        let padding = String(repeating: " ", count: cell.1 - cell.0.count)
        return column == 0 ? cell.0 + padding : padding + cell.0
      }.joined(separator: "  ")
    }
  }
}

extension RescoringReport.Pair {
  /// What the numbers mean for training, in a sentence.
  public var words: String {
    guard let cosine = advantageCosine else {
      return "\(first) and \(second): one of them ties every group, so it teaches nothing on these completions."
    }
    let manner =
      cosine > 0.95
      ? "push the policy nearly the same way"
      : cosine > 0.7
        ? "agree on the whole and differ in detail" : cosine > 0.2 ? "pull in clearly different directions" : "hardly agree"
    let flips = signFlips.map { share in
      ": of the completions that both judge, one encourages and the other discourages \(RescoringReport.percent(share))"
    }
    return "\(first) and \(second) \(manner)\(flips ?? "")."
  }
}
