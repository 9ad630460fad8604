/// A row-major matrix in memory, or a rectangle of a larger one, as an operand of ``Kernels``.
package struct Matrix {
  let start: UnsafePointer<Float>
  /// Elements from the start of one stored row to that of the next.
  let stride: Int
  let isTransposed: Bool

  /// - Parameter stride: elements from the start of one row to that of the next, at least the number of columns.
  @inline(__always)
  package init(_ start: UnsafePointer<Float>, stride: Int) {
    self.init(start, stride: stride, isTransposed: false)
  }

  @inline(__always)
  private init(_ start: UnsafePointer<Float>, stride: Int, isTransposed: Bool) {
    self.start = start
    self.stride = stride
    self.isTransposed = isTransposed
  }

  /// The same memory read with rows and columns exchanged.
  @inline(__always)
  package var transposed: Matrix { Matrix(start, stride: stride, isTransposed: !isTransposed) }
}
