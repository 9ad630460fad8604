import Foundation
import Numbers

/// Values over a symmetric axis as columns of block characters.
struct ColumnChart {
  let values: [Double]
  let range: ClosedRange<Double>
  /// Where the axis ends to either side.
  let reach: Double
  let unit: String

  private static let rows = 8
  private static let blocks = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  var text: String {
    let margin = max(label(range.upperBound).count, label(range.lowerBound).count)
    var lines: [String] = []
    for row in (0..<Self.rows).reversed() {
      let mark = row == Self.rows - 1 ? label(range.upperBound) : row == 0 ? label(range.lowerBound) : ""
      lines.append(
        String(repeating: " ", count: margin - mark.count) + mark + " │" + values.map { Self.block($0, row, range) }.joined())
    }
    let blank = String(repeating: " ", count: margin + 1)
    let (left, right) = ("−\(label(reach)) \(unit)", "+\(label(reach)) \(unit)")
    let gap = values.count - left.count - right.count - 1
    lines.append(blank + "└" + String(repeating: "─", count: values.count))
    lines.append(
      blank + " " + left + String(repeating: " ", count: gap / 2) + "0" + String(repeating: " ", count: gap - gap / 2) + right)
    return lines.map { $0.trimmingTrailingBlanks }.joined(separator: "\n") + "\n"
  }

  /// What a column shows in one row; the highest value fills all rows.
  private static func block(_ value: Double, _ row: Int, _ range: ClosedRange<Double>) -> String {
    let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    guard share.isFinite else { return "?" }
    let eighths = Int(saturating: (min(1, max(0, share)) * Double(8 * rows)).rounded())
    return blocks[min(8, max(0, eighths - 8 * row))]
  }

  private func label(_ value: Double) -> String { String(format: "%g", value) }
}

/// Named values as bars, with their numbers.
struct BarChart {
  struct Bar {
    let title: String
    let value: Double
  }

  let bars: [Bar]
  let range: ClosedRange<Double>

  private static let width = 40.0

  var text: String {
    let margin = bars.map(\.title.count).max() ?? 0
    return bars.map { bar in
      let share = (bar.value - range.lowerBound) / (range.upperBound - range.lowerBound)
      let length = share.isFinite ? Int(saturating: (Self.width * min(1, max(0, share))).rounded()) : 0
      let number = bar.value.isFinite ? String(format: "%.3f", bar.value) : "does not apply"
      return bar.title + String(repeating: " ", count: margin - bar.title.count) + " │"
        + String(repeating: "█", count: length) + " " + number + "\n"
    }.joined()
  }
}

extension String {
  fileprivate var trimmingTrailingBlanks: String { String(prefix(count - reversed().prefix { $0 == " " }.count)) }
}
