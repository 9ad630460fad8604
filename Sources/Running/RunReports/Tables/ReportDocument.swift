/// A report's words and tables in the formats of papers and programs.
package struct ReportDocument: Sendable {
  private let content: SummaryContent

  package init(_ content: SummaryContent) {
    self.content = content
  }

  package var markdown: String {
    var parts = ["# \(Self.markdownText(content.title))"]
    if !content.headline.isEmpty { parts.append(Self.markdownText(content.headline)) }
    parts += [content.findings, content.cautions, content.warnings.map { "Warning: \($0)" }]
      .filter { !$0.isEmpty }.map { $0.map { "- \(Self.markdownText($0))" }.joined(separator: "\n") }
    for table in content.tables {
      parts.append("## \(Self.markdownText(table.title))")
      let rule = table.columns.indices.map {
        $0 > 0 && table.rows.contains { $0[1...].allSatisfy(\.isNumber) } ? "---:" : "---"
      }
      let rows = [table.columns, rule] + table.rows.map { $0.map(\.shown) }
      parts.append(
        rows.map { "| " + $0.map { Self.markdownText($0).replacing("|", with: "\\|") }.joined(separator: " | ") + " |" }
          .joined(separator: "\n"))
      if !table.note.isEmpty { parts.append(Self.markdownText(table.note)) }
    }
    if !content.command.isEmpty { parts.append("```\n\(content.command)\n```") }
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// Tidy: a line a cell, with the numbers in full.
  package var csv: String {
    var lines = ["table,row,column,value,low,high,text"]
    for table in content.tables {
      for row in table.rows {
        for (column, cell) in zip(table.columns, row).dropFirst() {
          let numbers = cell.numbers
          let fields = [table.title, row[0].shown, column]
          let values = [numbers?.value, numbers?.low, numbers?.high].map { $0.map { "\($0)" } ?? "" }
          let text = if case .text(let text) = cell { text } else { "" }
          lines.append((fields + values + [text]).map(csvField).joined(separator: ","))
        }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Tables for the packages `booktabs` and `amssymb` (the triangles).
  package var latex: String {
    content.tables.map { table in
      let rows = [table.columns] + table.rows.map { $0.map(\.shown) }
      let lines = rows.map { $0.map(Self.escaped).joined(separator: " & ") + " \\\\" }
      let columns =
        "l"
        + table.columns.dropFirst().indices.map { column in
          table.rows.allSatisfy { $0[column].isNumber } ? "r" : "l"
        }.joined()
      return """
        % \(Self.line(table.title))
        \\begin{table}
        \\caption{\(Self.escaped(table.title)). \(Self.escaped(table.note))}
        \\begin{tabular}{\(columns)}
        \\toprule
        \(lines[0])
        \\midrule
        \(lines.dropFirst().joined(separator: "\n"))
        \\bottomrule
        \\end{tabular}
        \\end{table}

        """
    }.joined(separator: "\n")
  }

  private static func line(_ text: String) -> String { printable(text) }

  /// Text in Markdown: what would begin an HTML tag is shown as it is.
  package static func markdownText(_ text: String) -> String {
    printable(text).replacing(#/<(?=[A-Za-z\/!?])/#, with: "&lt;")
  }

  private static func escaped(_ text: String) -> String {
    printable(text).map { character in
      switch character {
      case "&", "%", "$", "#", "_", "{", "}": "\\\(character)"
      case "\\": "\\textbackslash{}"
      case "~": "\\textasciitilde{}"
      case "^": "\\textasciicircum{}"
      case "−": "$-$"
      case "▲": "$\\blacktriangle$"
      case "▼": "$\\blacktriangledown$"
      case "–", "…", "·", "×", "→", "≤", "≥", "σ", "<", ">":
        [
          "–": "--", "…": "\\dots{}", "·": "$\\cdot$", "×": "$\\times$", "→": "$\\to$", "≤": "$\\leq$", "≥": "$\\geq$",
          "σ": "$\\sigma$", "<": "$<$", ">": "$>$",
        ][character] ?? ""
      default: String(character)
      }
    }.joined()
  }
}
