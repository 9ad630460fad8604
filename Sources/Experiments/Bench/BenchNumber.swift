import Foundation

/// Numbers of the table.
enum BenchNumber {
  /// Three digits that count, or all before the point.
  static func text(_ number: Double) -> String {
    guard number.isFinite else { return "–" }
    let places =
      switch abs(number) {
      case 100...: 0
      case 10...: 1
      case 1...: 2
      default: 3
      }
    return String(format: "%.\(places)f", number)
  }

  /// The mean of the middle two where their number is even.
  static func median(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return .nan }
    let sorted = values.sorted()
    return 0.5 * (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2])
  }
}
