internal import CObjectiveKernels

/// Four tokens at a time.
typealias Lanes = SIMD4<Double>

extension SIMD4<Double> {
  /// Four neighbours of a column.
  @inline(__always)
  init(_ column: UnsafeBufferPointer<Double>, at index: Int) {
    self.init(column[index], column[index &+ 1], column[index &+ 2], column[index &+ 3])
  }

  @inline(__always)
  init(_ column: UnsafeMutableBufferPointer<Double>, at index: Int) {
    self.init(column[index], column[index &+ 1], column[index &+ 2], column[index &+ 3])
  }

  @inline(__always)
  func store(_ column: UnsafeMutableBufferPointer<Double>, at index: Int) {
    column[index] = self[0]
    column[index &+ 1] = self[1]
    column[index &+ 2] = self[2]
    column[index &+ 3] = self[3]
  }

  @inline(__always)
  func atMost(_ bound: Self) -> Self { replacing(with: bound, where: bound .< self) }

  @inline(__always)
  func atLeast(_ bound: Self) -> Self { replacing(with: bound, where: bound .> self) }

  /// 0 where the condition fails.
  @inline(__always)
  func kept(where condition: SIMDMask<SIMD4<Int64>>) -> Self { Self.zero.replacing(with: self, where: condition) }

  /// The four added up, in one order.
  var total: Double { (self[0] + self[1]) + (self[2] + self[3]) }
}

/// Sums over a column in eight running parts: fast, and the same bytes on every machine.
enum ColumnSums {
  static func sum(_ column: [Double], _ range: Range<Int>) -> Double {
    precondition(range.lowerBound >= 0 && range.upperBound <= column.count, "a range outside the column")
    return column.withUnsafeBufferPointer { column in
      column.baseAddress.map { takt_sum($0 + range.lowerBound, range.count) } ?? 0
    }
  }

  static func sum(_ column: [Double]) -> Double { sum(column, column.indices) }

  /// The first `count` numbers.
  static func sum(_ column: [Float], count: Int) -> Double {
    precondition(count <= column.count, "a range outside the column")
    return column.withUnsafeBufferPointer { column in column.baseAddress.map { takt_sum_floats($0, count) } ?? 0 }
  }

  /// Σd, Σ½d², Σρ and Σ(ρ − 1 − d) of log ratios d and ratios ρ.
  static func moments(logRatios: [Double], ratios: [Double]) -> (
    logRatio: Double, halfSquare: Double, ratio: Double, excess: Double
  ) {
    precondition(logRatios.count == ratios.count, "one ratio a log ratio")
    var sums = [Double](repeating: 0, count: 4)
    logRatios.withUnsafeBufferPointer { logRatios in
      ratios.withUnsafeBufferPointer { ratios in
        guard let differences = logRatios.baseAddress, let ratios = ratios.baseAddress else { return }
        takt_ratio_moments(differences, ratios, logRatios.count, &sums)
      }
    }
    return (sums[0], 0.5 * sums[1], sums[2], sums[3])
  }
}
