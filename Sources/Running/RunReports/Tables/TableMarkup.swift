/// A table of results as HTML.
struct TableMarkup {
  let table: SummaryTable

  var markup: Markup {
    let body: Markup = """
      <div class="scroll"><table>
      <thead><tr>\(Markup(table.columns.indices.map(head)))</tr></thead>
      <tbody>
      \(Markup(table.rows.map(row)))
      </tbody>
      </table></div>
      \(table.note.isEmpty ? "" : "<p class=\"note\">\(table.note)</p>" as Markup)
      """
    if table.isFolded { return "<details><summary>\(table.title)</summary>\(body)</details>" }
    return "<h3>\(table.title)</h3>\(body)"
  }

  private func head(_ column: Int) -> Markup {
    let isNumber = column > 0 && table.rows.contains { $0[column].isNumber }
    return isNumber
      ? "<th scope=\"col\" class=\"number\">\(table.columns[column])</th>" : "<th scope=\"col\">\(table.columns[column])</th>"
  }

  private func row(_ cells: [SummaryTable.Cell]) -> Markup {
    "<tr><th scope=\"row\">\(cells.first?.shown ?? "")</th>\(Markup(cells.dropFirst().map(cell)))</tr>"
  }

  private func cell(_ cell: SummaryTable.Cell) -> Markup {
    switch cell {
    case .text(let text): return "<td class=\"prose\">\(text)</td>"
    case .estimate(let estimate):
      return """
        <td class="number"><b>\(decimal(estimate.value, places: 3))</b>\
        <small>\(decimal(estimate.low, places: 3)) … \(decimal(estimate.high, places: 3))</small></td>
        """
    case .gain(let gain):
      let verdict: Markup = gain.low > 0 ? "up" : gain.high < 0 ? "down" : "open"
      return """
        <td class="number \(verdict)"><b>\(signed(gain.value, places: 3))\(cell.mark)</b>\
        <small>\(signed(gain.low, places: 3)) … \(signed(gain.high, places: 3))</small></td>
        """
    case .number, .count, .share, .probability, .nothing: return "<td class=\"number\">\(cell.shown)</td>"
    }
  }
}
