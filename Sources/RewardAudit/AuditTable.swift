import Questions

extension AuditReport {
  /// The report as a table for the terminal.
  public var table: String {
    guard !kinds.isEmpty else { return "The composition judges none of the questions.\n" }
    let warnings = warnings.map { "warning: \($0)\n" }.joined()
    return warnings + kinds.map(\.table).joined(separator: "\n")
  }
}

extension KindAudit {
  /// Below this many questions the table says that averages are uncertain.
  private static let fewQuestions = 20

  var table: String {
    let width = policies.map(\.name.count).max() ?? 0
    var lines = ["\(kind.rawValue): \(questionCount) questions; reward, 10th–90th percentile, \(metric), readable", ""]
    for role in AuditedPolicy.Role.allCases {
      for policy in policies where policy.role == role {
        lines.append(
          "  \(padded(policy.name, width))  \(role.rawValue.padded(8))\(decimal(policy.mean, places: 3).leading(8))"
            + "\(decimal(policy.low, places: 2).leading(8))\(decimal(policy.high, places: 2).leading(7))"
            + "\(decimal(policy.metric, places: 3).leading(12))\((decimal(100 * policy.readable, places: 0) + " %").leading(7))  "
            + policy.summary)
      }
      lines.append("")
    }
    let ratio = ratio.map { decimal($0, places: 3) } ?? "–"
    lines.append(
      "  best blind \(decimal(bestBlind?.mean, places: 3)) (\(bestBlind?.name ?? "–")) ÷ honest with 15 s of noise "
        + "\(decimal(honest15, places: 3)) = \(ratio)")
    lines.append("  Spearman with \(metric) \(decimal(spearman, places: 3))")
    for spread in spreads {
      lines.append(
        "  groups with \(decimal(spread.noise, places: 0)) s of noise: spread \(decimal(spread.deviation, places: 3)), tied "
          + "\(decimal(100 * spread.tied, places: 1)) %")
    }
    lines.append("")
    if questionCount < Self.fewQuestions {
      lines.append("  \(questionCount) questions are few: averages over them, and so the verdict, are uncertain")
    }
    lines += violations.map { "  ✗ \($0.check.rawValue) (\($0.count) of \($0.checked)): \($0.message)" }
    if violations.isEmpty { lines.append("  ✓ nothing found") }
    return lines.joined(separator: "\n") + "\n"
  }

  private func padded(_ text: String, _ width: Int) -> String { text.padded(width) }
}

extension String {
  /// With blanks behind it.
  func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

  /// With blanks before it.
  func leading(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
