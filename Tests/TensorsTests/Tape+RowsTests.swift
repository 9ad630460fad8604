import Tensors
import Testing

@Suite struct RowsTests {
  @Test func rowsChosenTwiceGetTheSumOfTheirDerivatives() {
    let indices = [2, 0, 2, 2, 4]
    expectOperation(on: [sample([5, 3])]) {
      [$0.selectedRows($1[0], indices), $0.gatherRows($1[0], [1, 1])]
    } matches: { inputs in
      (indices + [1, 1]).flatMap { inputs[0][3 * $0..<3 * $0 + 3] }
    }
  }

  @Test func aRangeOfRowsIsThatPartOfTheMatrix() {
    expectOperation(on: [sample([6, 4])]) {
      [$0.rows($1[0], 2..<5), $0.rows($1[0], 0..<6), $0.rows($1[0], 3..<3)]
    } matches: { inputs in
      Array(inputs[0][8..<20]) + inputs[0]
    }
  }

  @Test func rowsAreAddedWhereTheIndicesSay() {
    let indices = [3, 1, 3]
    expectOperation(on: [sample([4, 2]), sample([3, 2], seed: 2)]) {
      [$0.addRows($1[0], at: indices, $1[1]), $0.addRows($1[0], at: indices, $1[1])]
    } matches: { inputs in
      var sum = inputs[0]
      for (row, index) in indices.enumerated() {
        for column in 0..<2 { sum[2 * index + column] += inputs[1][2 * row + column] }
      }
      return sum + sum
    }
  }

  @Test func concatenationKeepsTheOrderOfItsParts() {
    expectOperation(on: [sample([2, 3]), sample([4, 3], seed: 2)]) {
      [$0.concatenatedRows([$1[0], $1[1], $1[0]])]
    } matches: {
      $0[0] + $0[1] + $0[0]
    }
    expectOperation(on: [sample([3, 2]), sample([3, 4], seed: 2)]) {
      [$0.concatenatedColumns([$1[0], $1[1], $1[0]])]
    } matches: { inputs in
      var whole: [Double] = []
      for row in 0..<3 {
        let (narrow, wide) = (inputs[0][2 * row..<2 * row + 2], inputs[1][4 * row..<4 * row + 4])
        whole += narrow + wide + narrow
      }
      return whole
    }
  }
}
