/// A dense row-major array of `Float` with value semantics.
///
/// Copies share storage until one of them is written to. Shapes are lists of positive or zero sizes; `[]` is a scalar of one
/// element. Misuse (a wrong count, an index out of range) traps.
public struct Tensor: Sendable, Hashable {
  public private(set) var shape: [Int]
  private var storage: [Float]

  /// A tensor of one repeated value.
  public init(shape: [Int], repeating value: Float = 0) {
    self.shape = shape
    storage = [Float](repeating: value, count: Self.count(of: shape))
  }

  /// A tensor of the given values in row-major order; traps where their number is not the shape's.
  public init(shape: [Int], values: [Float]) {
    precondition(Self.count(of: shape) == values.count, "shape \(shape) does not hold \(values.count) values")
    self.shape = shape
    storage = values
  }

  /// A tensor whose elements `body` writes, every one of them.
  public init(shape: [Int], initializing body: (UnsafeMutableBufferPointer<Float>) throws -> Void) rethrows {
    let count = Self.count(of: shape)
    self.shape = shape
    storage = try [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      try body(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      initialized = count
    }
  }

  /// The number of elements: the product of the shape.
  public var count: Int { storage.count }

  /// The elements in row-major order.
  public var values: [Float] { storage }

  /// The first size of a tensor of rank 2.
  public var rows: Int {
    precondition(shape.count == 2, "rows of a tensor of shape \(shape), which is no matrix")
    return shape[0]
  }

  /// The second size of a tensor of rank 2.
  public var columns: Int {
    precondition(shape.count == 2, "columns of a tensor of shape \(shape), which is no matrix")
    return shape[1]
  }

  /// An element by its position in row-major order.
  public subscript(index: Int) -> Float {
    get { storage[index] }
    set { storage[index] = newValue }
  }

  /// An element of a matrix.
  public subscript(row: Int, column: Int) -> Float {
    get { storage[position(row, column)] }
    set { storage[position(row, column)] = newValue }
  }

  /// One row of a matrix.
  public func row(_ index: Int) -> ArraySlice<Float> {
    precondition(index >= 0 && index < rows, "row \(index) of \(rows)")
    return storage[index * columns..<(index + 1) * columns]
  }

  /// Some rows of a matrix.
  public func rows(_ range: Range<Int>) -> Tensor {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
    return Tensor(
      shape: [range.count, columns], values: Array(storage[range.lowerBound * columns..<range.upperBound * columns]))
  }

  /// The same elements in another shape of as many.
  public func reshaped(_ newShape: [Int]) -> Tensor {
    precondition(Self.count(of: newShape) == count, "shape \(shape) cannot become \(newShape)")
    var copy = self
    copy.shape = newShape
    return copy
  }

  /// Calls `body` with the elements in row-major order.
  public func withUnsafeBufferPointer<Result>(_ body: (UnsafeBufferPointer<Float>) throws -> Result) rethrows -> Result {
    try storage.withUnsafeBufferPointer(body)
  }

  /// Calls `body` with the elements to change, copied first where another tensor shares them.
  public mutating func withUnsafeMutableBufferPointer<Result>(
    _ body: (UnsafeMutableBufferPointer<Float>) throws -> Result
  ) rethrows -> Result {
    try storage.withUnsafeMutableBufferPointer { buffer in
      try body(buffer)
    }
  }

  /// Whether every element is a finite number.
  public var isFinite: Bool { storage.allSatisfy { $0.isFinite } }

  private func position(_ row: Int, _ column: Int) -> Int {
    precondition(row >= 0 && row < rows && column >= 0 && column < columns, "[\(row), \(column)] of shape \(shape)")
    return row * columns + column
  }

  private static func count(of shape: [Int]) -> Int {
    precondition(shape.allSatisfy { $0 >= 0 }, "shape \(shape) has a negative size")
    return shape.reduce(1, *)
  }
}

extension Tensor {
  /// The address of the first element, valid inside `body`; some address where there are no elements.
  @inline(__always)
  func withPointer<Result>(_ body: (UnsafePointer<Float>) throws -> Result) rethrows -> Result {
    try withUnsafeBufferPointer { try body($0.baseAddress ?? emptyAddress) }
  }
}

/// What stands for the address of no elements; never read or written.
nonisolated(unsafe) private let emptyAddress = UnsafePointer(UnsafeMutablePointer<Float>.allocate(capacity: 1))

/// Calls `body` with the addresses of two tensors.
@inline(__always)
func withPointers<Result>(
  _ a: Tensor, _ b: Tensor, _ body: (UnsafePointer<Float>, UnsafePointer<Float>) throws -> Result
) rethrows -> Result {
  try a.withPointer { a in try b.withPointer { b in try body(a, b) } }
}

/// Calls `body` with the addresses of three tensors.
@inline(__always)
func withPointers<Result>(
  _ a: Tensor, _ b: Tensor, _ c: Tensor,
  _ body: (UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>) throws -> Result
) rethrows -> Result {
  try a.withPointer { a in try b.withPointer { b in try c.withPointer { c in try body(a, b, c) } } }
}

extension UnsafeMutableBufferPointer<Float> {
  /// The address of the first element; some address where there are none.
  var start: UnsafeMutablePointer<Float> {
    baseAddress ?? UnsafeMutablePointer(mutating: emptyAddress)
  }
}
