internal import CTensorKernels
import RealModule

/// Where the scores of each family of segments and each head lie, and the arithmetic on one such block.
///
/// A family is a run of neighbouring segments with the same ancestors, such as the completions of one prompt: their products
/// with the ancestors' rows are taken together.
struct AttentionLayout: Sendable {
  /// The scores of one family in one head.
  ///
  /// A matrix with a row a query, and the columns of the ancestors' rows before those of the query's own segment.
  struct Block {
    let family: Family
    /// The first column of the head among those of q, k and v.
    let headOffset: Int
    let scoreOffset: Int
  }

  struct Family {
    /// Runs of rows that every member sees, outermost ancestor first.
    let ancestors: [Range<Int>]
    var members: [Range<Int>]
    let isCausal: Bool

    var rows: Range<Int> { members[0].lowerBound..<members[members.count - 1].upperBound }
    var ancestorColumns: Int { ancestors.reduce(0) { $0 + $1.count } }
    var columns: Int { ancestorColumns + (members.map(\.count).max() ?? 0) }
    var scoreCount: Int { rows.count * columns }
  }

  private let families: [Family]
  private let width: Int
  private let headWidth: Int
  private let heads: Int
  /// The number of scores of all blocks, and of the largest one.
  let scoreCount: Int
  let largestBlock: Int

  init(segments: [AttentionSegment], rows: Int, width: Int, heads: Int) {
    Self.check(segments, rows: rows)
    var families: [Family] = []
    for segment in segments where !segment.rows.isEmpty {
      let ancestors = segment.ancestors.map { segments[$0].rows }.filter { !$0.isEmpty }
      if let last = families.last, !ancestors.isEmpty, last.ancestors == ancestors, last.isCausal == segment.isCausal,
        last.rows.upperBound == segment.rows.lowerBound
      {
        families[families.count - 1].members.append(segment.rows)
      } else {
        families.append(Family(ancestors: ancestors, members: [segment.rows], isCausal: segment.isCausal))
      }
    }
    self.families = families
    self.width = width
    self.heads = heads
    headWidth = width / heads
    scoreCount = heads * families.reduce(0) { $0 + $1.scoreCount }
    largestBlock = families.map(\.scoreCount).max() ?? 0
  }

  private static func check(_ segments: [AttentionSegment], rows: Int) {
    var end = 0
    for range in segments.map(\.rows).sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
      precondition(
        range.lowerBound >= end && range.upperBound <= rows, "segment \(range) overlaps another or leaves 0..<\(rows)")
      end = range.upperBound
    }
    for (index, segment) in segments.enumerated() {
      precondition(segment.ancestors.allSatisfy { $0 >= 0 && $0 < index }, "an ancestor comes before its descendants")
    }
  }

  /// Calls `body` with each family in each head.
  func forEachBlock(_ body: (Block) -> Void) {
    var offset = 0
    for family in families {
      for head in 0..<heads {
        body(Block(family: family, headOffset: head * headWidth, scoreOffset: offset))
        offset += family.scoreCount
      }
    }
  }

  /// Fills the block's scores with probabilities and its rows of `y`.
  func attend(
    _ block: Block, q: UnsafePointer<Float>, k: UnsafePointer<Float>, v: UnsafePointer<Float>,
    scores: UnsafeMutablePointer<Float>, into y: UnsafeMutablePointer<Float>
  ) {
    let columns = block.family.columns
    forEachProduct(of: block) { product in
      Kernels.multiply(
        Matrix(q + product.queryOffset, stride: width), Matrix(k + product.keyOffset, stride: width).transposed,
        into: scores + product.scoreOffset, stride: columns, rows: product.queries, columns: product.keys, inner: headWidth)
    }
    forEachRow(of: block) { row, seen, _ in
      takt_softmax(scores + row * columns, scale, seen)
      (scores + row * columns + seen).update(repeating: 0, count: columns - seen)
    }
    forEachProduct(of: block) { product in
      Kernels.multiply(
        Matrix(scores + product.scoreOffset, stride: columns), Matrix(v + product.keyOffset, stride: width),
        into: y + product.queryOffset, stride: width, rows: product.queries, columns: headWidth, inner: product.keys,
        beta: product.isFirst ? 0 : 1)
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
    let columns = block.family.columns
    forEachProduct(of: block) { product in
      Kernels.multiply(
        Matrix(probabilities + product.scoreOffset, stride: columns).transposed,
        Matrix(dy + product.queryOffset, stride: width), into: dv + product.keyOffset, stride: width, rows: product.keys,
        columns: headWidth, inner: product.queries, beta: 1)
      Kernels.multiply(
        Matrix(dy + product.queryOffset, stride: width), Matrix(v + product.keyOffset, stride: width).transposed,
        into: scratch + product.scoreOffset, stride: columns, rows: product.queries, columns: product.keys, inner: headWidth)
    }
    forEachRow(of: block) { row, _, written in
      let line = scratch + row * columns
      takt_softmax_derivative(probabilities + row * columns, line, scale, line, written)
    }
    forEachProduct(of: block) { product in
      Kernels.multiply(
        Matrix(scratch + product.scoreOffset, stride: columns), Matrix(k + product.keyOffset, stride: width),
        into: dq + product.queryOffset, stride: width, rows: product.queries, columns: headWidth, inner: product.keys,
        beta: product.isFirst ? 0 : 1)
      Kernels.multiply(
        Matrix(scratch + product.scoreOffset, stride: columns).transposed,
        Matrix(q + product.queryOffset, stride: width), into: dk + product.keyOffset, stride: width, rows: product.keys,
        columns: headWidth, inner: product.queries, beta: 1)
    }
  }

  /// 1/√(columns of a head).
  private var scale: Float { 1 / Float.sqrt(Float(headWidth)) }

  /// A run of queries against a run of keys: a rectangle of a block's scores.
  private struct Product {
    let queryOffset: Int
    let queries: Int
    let keyOffset: Int
    let keys: Int
    let scoreOffset: Int
    /// Whether these are the first keys of these queries.
    let isFirst: Bool
  }

  /// Calls `body` for the whole family against each ancestor, then for each member against itself.
  private func forEachProduct(of block: Block, _ body: (Product) -> Void) {
    func offset(_ row: Int) -> Int { row * width + block.headOffset }
    let family = block.family
    let rows = family.rows
    var column = 0
    for run in family.ancestors {
      body(
        Product(
          queryOffset: offset(rows.lowerBound), queries: rows.count, keyOffset: offset(run.lowerBound), keys: run.count,
          scoreOffset: column, isFirst: column == 0))
      column += run.count
    }
    for member in family.members {
      let start = offset(member.lowerBound)
      body(
        Product(
          queryOffset: start, queries: member.count, keyOffset: start, keys: member.count,
          scoreOffset: (member.lowerBound - rows.lowerBound) * family.columns + column, isFirst: column == 0))
    }
  }

  /// Calls `body` with each row of the block's scores, the number of columns that it sees, and of those that products write.
  private func forEachRow(of block: Block, _ body: (_ row: Int, _ seen: Int, _ written: Int) -> Void) {
    let family = block.family
    let ancestorColumns = family.ancestorColumns
    for member in family.members {
      let written = ancestorColumns + member.count
      for row in member {
        let seen = family.isCausal ? ancestorColumns + row - member.lowerBound + 1 : written
        body(row - family.rows.lowerBound, seen, written)
      }
    }
  }
}
