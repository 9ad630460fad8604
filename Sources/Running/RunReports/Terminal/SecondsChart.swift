import Numbers

/// A distribution over the seconds of a track as bars of text.
///
///      0.61 ┤         █
///           ┤         █
///      0.31 ┤        ▄█
///           ┤        ██▁
///           └────────────────────
///            0:00      0:10
package struct SecondsChart: Sendable {
  private let values: [Double]
  /// Seconds that share a column.
  private let secondsPerColumn: Int
  /// Characters a column.
  private let width: Int
  private let rows: Int
  private static let gutter = 7
  private static let eighths = Array(" ▁▂▃▄▅▆▇█")

  /// - Parameters:
  ///   - values: one a second from 0 on, none negative.
  ///   - columns: width of the terminal; where seconds do not fit, neighbours are added up.
  package init(_ values: [Double], columns: Int = 100, rows: Int = 6) {
    let room = max(20, columns - Self.gutter - 2)
    let perColumn = max(1, (values.count + room - 1) / room)
    self.values = stride(from: 0, to: values.count, by: perColumn).map { start in
      values[start..<min(start + perColumn, values.count)].reduce(0, +)
    }
    secondsPerColumn = perColumn
    width = 2 * self.values.count <= room ? 2 : 1
    self.rows = max(1, rows)
  }

  package var text: String {
    guard let most = values.max(), most > 0 else { return "" }
    var lines: [String] = []
    for row in (0..<rows).reversed() {
      let isLabelled = row == rows - 1 || (rows > 3 && row == rows / 2 - 1)
      let label = isLabelled ? decimal(most * Double(row + 1) / Double(rows), places: 2) : ""
      let bars = values.map { value -> String in
        let level = value / most * Double(rows) - Double(row)
        // What has any probability worth a tenth of a per cent leaves a trace.
        let eighth = Int(saturating: (8 * min(1, max(0, level))).rounded())
        let shown = row == 0 && eighth == 0 && value >= 0.001 ? 1 : eighth
        return String(repeating: Self.eighths[shown], count: width)
      }
      lines.append(String(repeating: " ", count: Self.gutter - 1 - label.count) + label + " ┤" + bars.joined())
    }
    lines.append(String(repeating: " ", count: Self.gutter) + "└" + String(repeating: "─", count: width * values.count))
    lines.append(axis)
    return lines.map { trimmed($0) + "\n" }.joined()
  }

  private var axis: String {
    let duration = Double(values.count * secondsPerColumn)
    let axis = Axis(
      duration: duration, from: 0, to: Double(width * values.count), tickCount: max(1, width * values.count / 10))
    var line = ""
    for tick in axis.ticks {
      let start = Int(saturating: axis.position(tick))
      guard start >= line.count + (line.isEmpty ? 0 : 1) else { continue }
      line += String(repeating: " ", count: start - line.count) + clock(tick)
    }
    return String(repeating: " ", count: Self.gutter + 1) + line
  }
}
