internal import CTensorKernels

extension Tape {
  /// Row `indices[i]` of the table as row i: an embedding.
  ///
  /// - Parameters:
  ///   - table: [V, d].
  ///   - indices: each in 0..<V; traps otherwise.
  public func gatherRows(_ table: Variable, _ indices: [Int32]) -> Variable {
    selectedRows(table, indices.map(Int.init))
  }

  /// Row `indices[i]` of x as row i; a row may be chosen more than once, and its derivative is then the sum.
  package func selectedRows(_ x: Variable, _ indices: [Int]) -> Variable {
    let (rows, columns) = (x.value.rows, x.value.columns)
    precondition(indices.allSatisfy { $0 >= 0 && $0 < rows }, "a row outside 0..<\(rows)")
    let y = Tensor(shape: [indices.count, columns]) { y in
      x.value.withPointer { xs in
        for (row, index) in indices.enumerated() {
          (y.start + row * columns).update(from: xs + index * columns, count: columns)
        }
      }
    }
    return record(y, from: [x]) { dy, cotangents in
      dy.withPointer { dys in
        cotangents.accumulateInitialized(into: x) { dx in
          for (row, index) in indices.enumerated() {
            takt_add_scaled(1, dys + row * columns, dx.start + index * columns, columns)
          }
        }
      }
    }
  }

  /// The rows of x in `range`.
  public func rows(_ x: Variable, _ range: Range<Int>) -> Variable {
    let (rows, columns) = (x.value.rows, x.value.columns)
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
    let y = Tensor(shape: [range.count, columns]) { y in
      x.value.withPointer { y.start.update(from: $0 + range.lowerBound * columns, count: y.count) }
    }
    return record(y, from: [x]) { dy, cotangents in
      dy.withPointer { dys in
        cotangents.accumulateInitialized(into: x) { dx in
          takt_add_scaled(1, dys, dx.start + range.lowerBound * columns, range.count * columns)
        }
      }
    }
  }

  /// x with row i of y added to row `indices[i]`; an index may appear more than once.
  ///
  /// - Parameters:
  ///   - x: [n, d].
  ///   - y: [m, d].
  ///   - indices: m of them, each in 0..<n.
  package func addRows(_ x: Variable, at indices: [Int], _ y: Variable) -> Variable {
    let columns = x.value.columns
    precondition(y.value.columns == columns && y.value.rows == indices.count, "rows \(y.shape) into \(x.shape)")
    precondition(indices.allSatisfy { $0 >= 0 && $0 < x.value.rows }, "a row outside 0..<\(x.value.rows)")
    var sum = x.value
    y.value.withPointer { ys in
      sum.withUnsafeMutableBufferPointer { sums in
        for (row, index) in indices.enumerated() {
          takt_add_scaled(1, ys + row * columns, sums.start + index * columns, columns)
        }
      }
    }
    return record(sum, from: [x, y]) { cotangent, cotangents in
      cotangents.add(cotangent, to: x)
      cotangent.withPointer { from in
        cotangents.accumulate(into: y) { dy, isFirst in
          for (row, index) in indices.enumerated() {
            let target = dy.start + row * columns
            if isFirst {
              target.update(from: from + index * columns, count: columns)
            } else {
              takt_add_scaled(1, from + index * columns, target, columns)
            }
          }
        }
      }
    }
  }

  /// The rows of each part below those of the one before; all parts have as many columns.
  public func concatenatedRows(_ parts: [Variable]) -> Variable {
    precondition(!parts.isEmpty, "a concatenation of nothing")
    let columns = parts[0].value.columns
    precondition(parts.allSatisfy { $0.value.columns == columns }, "rows of different length in one matrix")
    let rows = parts.reduce(0) { $0 + $1.value.rows }
    let whole = Tensor(shape: [rows, columns]) { whole in
      var offset = 0
      for part in parts {
        part.value.withPointer { (whole.start + offset).update(from: $0, count: part.value.count) }
        offset += part.value.count
      }
    }
    return record(whole, from: parts) { cotangent, cotangents in
      cotangent.withPointer { from in
        var offset = 0
        for part in parts {
          cotangents.accumulate(into: part) { buffer, isFirst in
            if isFirst {
              buffer.start.update(from: from + offset, count: buffer.count)
            } else {
              takt_add_scaled(1, from + offset, buffer.start, buffer.count)
            }
          }
          offset += part.value.count
        }
      }
    }
  }

  /// The columns of each part to the right of those of the one before; all parts have as many rows.
  package func concatenatedColumns(_ parts: [Variable]) -> Variable {
    precondition(!parts.isEmpty, "a concatenation of nothing")
    let rows = parts[0].value.rows
    precondition(parts.allSatisfy { $0.value.rows == rows }, "columns of different length in one matrix")
    let columns = parts.reduce(0) { $0 + $1.value.columns }
    let whole = Tensor(shape: [rows, columns]) { whole in
      var offset = 0
      for part in parts {
        let width = part.value.columns
        part.value.withPointer { from in
          for row in 0..<rows { (whole.start + row * columns + offset).update(from: from + row * width, count: width) }
        }
        offset += width
      }
    }
    return record(whole, from: parts) { cotangent, cotangents in
      cotangent.withPointer { from in
        var offset = 0
        for part in parts {
          let width = part.value.columns
          cotangents.accumulateInitialized(into: part) { buffer in
            for row in 0..<rows { takt_add_scaled(1, from + row * columns + offset, buffer.start + row * width, width) }
          }
          offset += width
        }
      }
    }
  }
}
