import RealModule
import Tensors
import Testing

@Suite struct NormalizationTests {
  @Test(arguments: [1, 4, 16, 37]) func layerNormMatchesLoops(columns: Int) {
    let epsilon = 1e-3
    expectOperation(
      on: [sample([6, columns], scale: 2), sample([columns], seed: 2), sample([columns], seed: 3)], tolerance: 5e-5
    ) {
      [$0.layerNorm($1[0], gain: $1[1], bias: $1[2], epsilon: Float(epsilon))]
    } matches: {
      layerNorm($0[0], gain: $0[1], bias: $0[2], epsilon: epsilon)
    }
  }

  @Test func aConstantRowBecomesTheBias() {
    let tape = Tape(parameters: ParameterSet(), recordsGradients: false)
    let x = tape.constant(Tensor(shape: [1, 4], repeating: 7))
    let bias = Tensor(shape: [4], values: [1, 2, 3, 4])
    let y = tape.layerNorm(x, gain: tape.constant(Tensor(shape: [4], repeating: 2)), bias: tape.constant(bias))
    #expect(y.value.values == bias.values)
  }
}

/// Layer normalisation of each row of `gain.count` elements.
func layerNorm(_ x: [Double], gain: [Double], bias: [Double], epsilon: Double) -> [Double] {
  let columns = gain.count
  return stride(from: 0, to: x.count, by: columns).flatMap { start in
    let row = x[start..<start + columns]
    let mean = row.reduce(0, +) / Double(columns)
    let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(columns)
    return zip(row, zip(gain, bias)).map { ($0 - mean) / Double.sqrt(variance + epsilon) * $1.0 + $1.1 }
  }
}
