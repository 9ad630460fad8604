import Foundation
import SeedStatistics

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

  /// NaN of no values.
  static func median(_ values: [Double]) -> Double { Quantile.median(values) ?? .nan }
}
