internal import CTensorKernels
import RealModule

/// Where the scores of each segment and head lie, and the arithmetic on one such block.
struct AttentionLayout: Sendable {
  /// The scores of one segment in one head: a matrix with a row a query and a column a row seen.
  struct Block {
    let queries: Range<Int>
    /// Runs of rows seen, outermost ancestor first, the segment itself last.
    let keys: [Range<Int>]
    /// Columns of the matrix: rows seen in all.
    let columns: Int
    let isCausal: Bool
    /// The first column of the head.
    let headOffset: Int
    let scoreOffset: Int
  }

  private let segments: [AttentionSegment]
  private let keys: [[Range<Int>]]
  private let width: Int
  private let headWidth: Int
  private let heads: Int
  /// The number of scores of all blocks, and of the largest one.
  let scoreCount: Int
  let largestBlock: Int

  init(segments: [AttentionSegment], rows: Int, width: Int, heads: Int) {
    var end = 0
    for range in segments.map(\.rows).sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
      precondition(
        range.lowerBound >= end && range.upperBound <= rows, "segment \(range) overlaps another or leaves 0..<\(rows)")
      end = range.upperBound
    }
    for (index, segment) in segments.enumerated() {
      precondition(segment.ancestors.allSatisfy { $0 >= 0 && $0 < index }, "an ancestor comes before its descendants")
    }
    keys = segments.map { segment in segment.ancestors.map { segments[$0].rows } + [segment.rows] }
    let sizes = zip(segments, keys).map { segment, keys in segment.rows.count * keys.reduce(0) { $0 + $1.count } }
    self.segments = segments
    self.width = width
    self.heads = heads
    headWidth = width / heads
    scoreCount = heads * sizes.reduce(0, +)
    largestBlock = sizes.max() ?? 0
  }

  /// Calls `body` with each segment in each head.
  func forEachBlock(_ body: (Block) -> Void) {
    var offset = 0
    for (segment, keys) in zip(segments, keys) where !segment.rows.isEmpty {
      let columns = keys.reduce(0) { $0 + $1.count }
      for head in 0..<heads {
        body(
          Block(
            queries: segment.rows, keys: keys, columns: columns, isCausal: segment.isCausal, headOffset: head * headWidth,
            scoreOffset: offset))
        offset += segment.rows.count * columns
      }
    }
  }

  /// Fills the block's scores with probabilities and its rows of `y`.
  func attend(
    _ block: Block, q: UnsafePointer<Float>, k: UnsafePointer<Float>, v: UnsafePointer<Float>,
    scores: UnsafeMutablePointer<Float>, into y: UnsafeMutablePointer<Float>
  ) {
    let count = block.queries.count
    let queryOffset = block.queries.lowerBound * width + block.headOffset
    forEachRun(of: block) { keyOffset, column, run in
      Kernels.multiply(
        Matrix(q + queryOffset, stride: width), Matrix(k + keyOffset, stride: width).transposed, into: scores + column,
        stride: block.columns, rows: count, columns: run, inner: headWidth)
    }
    for row in 0..<count {
      let seen = block.isCausal ? block.columns - count + row + 1 : block.columns
      let line = scores + row * block.columns
      takt_softmax(line, scale, seen)
      (line + seen).update(repeating: 0, count: block.columns - seen)
    }
    forEachRun(of: block) { keyOffset, column, run in
      Kernels.multiply(
        Matrix(scores + column, stride: block.columns), Matrix(v + keyOffset, stride: width), into: y + queryOffset,
        stride: width, rows: count, columns: headWidth, inner: run, beta: column == 0 ? 0 : 1)
    }
  }

  /// Adds the block's part to the derivatives by q, k and v.
  ///
  /// `scratch` has room for the block's scores.
  func differentiate(
    _ block: Block, q: UnsafePointer<Float>, k: UnsafePointer<Float>, v: UnsafePointer<Float>,
    probabilities: UnsafePointer<Float>, dy: UnsafePointer<Float>, scratch: UnsafeMutablePointer<Float>,
    dq: UnsafeMutablePointer<Float>, dk: UnsafeMutablePointer<Float>, dv: UnsafeMutablePointer<Float>
  ) {
    let (count, columns) = (block.queries.count, block.columns)
    let queryOffset = block.queries.lowerBound * width + block.headOffset
    forEachRun(of: block) { keyOffset, column, run in
      Kernels.multiply(
        Matrix(probabilities + column, stride: columns).transposed, Matrix(dy + queryOffset, stride: width),
        into: dv + keyOffset, stride: width, rows: run, columns: headWidth, inner: count, beta: 1)
      Kernels.multiply(
        Matrix(dy + queryOffset, stride: width), Matrix(v + keyOffset, stride: width).transposed, into: scratch + column,
        stride: columns, rows: count, columns: run, inner: headWidth)
    }
    for row in 0..<count {
      let line = scratch + row * columns
      takt_softmax_derivative(probabilities + row * columns, line, scale, line, columns)
    }
    forEachRun(of: block) { keyOffset, column, run in
      Kernels.multiply(
        Matrix(scratch + column, stride: columns), Matrix(k + keyOffset, stride: width), into: dq + queryOffset,
        stride: width, rows: count, columns: headWidth, inner: run, beta: 1)
      Kernels.multiply(
        Matrix(scratch + column, stride: columns).transposed, Matrix(q + queryOffset, stride: width),
        into: dk + keyOffset, stride: width, rows: run, columns: headWidth, inner: count, beta: 1)
    }
  }

  /// 1/√(columns of a head).
  private var scale: Float { 1 / Float.sqrt(Float(headWidth)) }

  /// Calls `body` with where each run of keys begins in memory, its first column among the scores, and its length.
  private func forEachRun(of block: Block, _ body: (_ keyOffset: Int, _ column: Int, _ run: Int) -> Void) {
    var column = 0
    for run in block.keys where !run.isEmpty {
      body(run.lowerBound * width + block.headOffset, column, run.count)
      column += run.count
    }
  }
}
