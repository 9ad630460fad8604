/// Rows of cells as text: aligned for a terminal, or Markdown.
package struct TextTable {
  package var head: [String]
  package var rows: [[String]] = []
  /// Columns that are aligned at their right end.
  package var numbers: Set<Int> = []

  package init(head: [String], rows: [[String]] = [], numbers: Set<Int> = []) {
    self.head = head
    self.rows = rows
    self.numbers = numbers
  }

  /// One line a row, columns two blanks apart.
  package var aligned: String {
    let widths = head.indices.map { column in ([head] + rows).map { $0[column].count }.max() ?? 0 }
    return ([head] + rows).map { row in
      let cells = row.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return numbers.contains(column) ? padding + row[column] : row[column] + padding
      }
      return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed()) + "\n"
    }.joined()
  }

  package var markdown: String {
    func line(_ cells: [String]) -> String {
      "| " + cells.map { ReportDocument.markdownText($0).replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }
    return line(head) + line(head.indices.map { numbers.contains($0) ? "---:" : "---" }) + rows.map(line).joined()
  }
}
