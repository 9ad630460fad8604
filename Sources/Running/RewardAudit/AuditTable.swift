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
  var table: String {
    let width = policies.map(\.name.count).max() ?? 0
    let metricWidth = max(12, metric.count + 2)
    var lines = [
      "\(kind.rawValue): \(questionCount) question\(questionCount == 1 ? "" : "s")", "",
      "  \("policy".padded(width))  \("".padded(8))\("reward".leading(8))\("10 %".leading(8))\("90 %".leading(7))"
        + "\(metric.leading(metricWidth))\("read".leading(7))",
    ]
    for role in AuditedPolicy.Role.allCases {
      let own = policies.filter { $0.role == role }
      for policy in own {
        lines.append(
          "  \(padded(policy.name, width))  \(role.rawValue.padded(8))\(decimal(policy.mean, places: 3).leading(8))"
            + "\(decimal(policy.low, places: 2).leading(8))\(decimal(policy.high, places: 2).leading(7))"
            + "\(decimal(policy.metric, places: 3).leading(metricWidth))\((decimal(100 * policy.readable, places: 0) + " %").leading(7))  "
            + policy.summary)
      }
      if !own.isEmpty { lines.append("") }
    }
    let ratio = ratio.map { decimal($0, places: 3) } ?? "–"
    lines.append(
      "  best blind \(decimal(bestBlind?.mean, places: 3)) (\(bestBlind?.name ?? "–")) ÷ honest, \(yardstick), "
        + "\(decimal(honest15, places: 3)) = \(ratio)")
    lines.append("  Spearman with \(metric) \(decimal(spearman, places: 3))")
    for spread in spreads {
      lines.append(
        "  groups of \(HonestPolicies.name(noise: spread.noise)): spread \(decimal(spread.deviation, places: 3)), tied "
          + "\(decimal(100 * spread.tied, places: 1)) %")
    }
    lines.append("")
    lines += notes.map { "  note: \($0)" }
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
