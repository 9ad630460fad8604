import RealModule
import Tensors
import Testing

@Suite struct AttentionTests {
  /// A prompt, two completions of it, the second with a continuation, a lone segment, and one that is not causal.
  static let forest = [
    AttentionSegment(rows: 0..<5), AttentionSegment(rows: 5..<8, ancestors: [0]),
    AttentionSegment(rows: 8..<12, ancestors: [0]), AttentionSegment(rows: 14..<17, ancestors: [0, 2]),
    AttentionSegment(rows: 12..<13), AttentionSegment(rows: 17..<20, isCausal: false),
    AttentionSegment(rows: 13..<13, ancestors: [0]),
  ]

  @Test(arguments: [1, 2, 4]) func attentionMatchesLoops(heads: Int) {
    expectOperation(on: [sample([20, 8]), sample([20, 8], seed: 2), sample([20, 8], seed: 3)]) {
      [$0.treeAttention($1[0], $1[1], $1[2], segments: Self.forest, heads: heads)]
    } matches: {
      attention($0[0], $0[1], $0[2], width: 8, heads: heads, segments: Self.forest)
    }
  }

  @Test func siblingsOfDifferentLengthSeeTheirPromptAndThemselves() {
    let siblings = [
      AttentionSegment(rows: 0..<4), AttentionSegment(rows: 4..<6, ancestors: [0]),
      AttentionSegment(rows: 6..<11, ancestors: [0]),
      AttentionSegment(rows: 11..<12, ancestors: [0]), AttentionSegment(rows: 12..<15, ancestors: [0, 2]),
      AttentionSegment(rows: 15..<18, ancestors: [0, 2]), AttentionSegment(rows: 18..<20, ancestors: [0, 2], isCausal: false),
    ]
    expectOperation(on: [sample([20, 8]), sample([20, 8], seed: 2), sample([20, 8], seed: 3)]) {
      [$0.treeAttention($1[0], $1[1], $1[2], segments: siblings, heads: 2)]
    } matches: {
      attention($0[0], $0[1], $0[2], width: 8, heads: 2, segments: siblings)
    }
  }

  @Test func aSharedPromptGivesWhatACopyOfItGives() {
    let (prompt, completion) = (sample([6, 8]), sample([4, 8], seed: 2))
    let tape = Tape(parameters: ParameterSet(), recordsGradients: true)
    let rows = tape.concatenatedRows([prompt, completion].map(tape.constant))
    let whole = tape.treeAttention(rows, rows, rows, segments: [AttentionSegment(rows: 0..<10)], heads: 2)
    let forked = tape.treeAttention(
      rows, rows, rows, segments: [AttentionSegment(rows: 0..<6), AttentionSegment(rows: 6..<10, ancestors: [0])], heads: 2)
    expectClose(forked.value.values, whole.value.values.map(Double.init), 1e-6)
  }

  @Test func withoutGradientsTheValuesAreTheSame() {
    let values = [true, false].map { records in
      let tape = Tape(parameters: ParameterSet(), recordsGradients: records)
      let rows = tape.input(sample([20, 8]))
      return tape.treeAttention(rows, rows, rows, segments: Self.forest, heads: 2).value
    }
    #expect(values[0] == values[1])
  }

  /// The definition, row by row and head by head.
  func attention(
    _ q: [Double], _ k: [Double], _ v: [Double], width: Int, heads: Int, segments: [AttentionSegment]
  ) -> [Double] {
    let size = width / heads
    var y = [Double](repeating: 0, count: q.count)
    for segment in segments {
      for row in segment.rows {
        let own = segment.isCausal ? segment.rows.lowerBound..<row + 1 : segment.rows
        let seen = segment.ancestors.flatMap { Array(segments[$0].rows) } + own
        for head in 0..<heads {
          let columns = head * size..<(head + 1) * size
          let weights = seen.map { other in
            Double.exp(columns.reduce(0) { $0 + q[row * width + $1] * k[other * width + $1] } / Double.sqrt(Double(size)))
          }
          for column in columns {
            let sum = zip(weights, seen).reduce(0) { $0 + $1.0 * v[$1.1 * width + column] }
            y[row * width + column] = sum / weights.reduce(0, +)
          }
        }
      }
    }
    return y
  }
}
