import Tensors
import Testing

@Suite struct LinearTests {
  @Test(arguments: [(1, 1, 1), (3, 5, 4), (13, 17, 9)]) func linearMatchesLoops(rows: Int, inputs: Int, outputs: Int) {
    expectOperation(on: [sample([rows, inputs]), sample([outputs, inputs], seed: 2), sample([outputs], seed: 3)]) {
      [$0.linear($1[0], $1[1], $1[2])]
    } matches: {
      linear($0[0], $0[1], $0[2], inputs: inputs)
    }
  }

  @Test func withoutBiasTheBiasIsZero() {
    expectOperation(on: [sample([4, 3]), sample([2, 3])]) {
      [$0.linear($1[0], $1[1])]
    } matches: {
      linear($0[0], $0[1], [0, 0], inputs: 3)
    }
  }

  @Test func aWeightUsedTwiceGetsTheSumOfItsDerivatives() {
    expectOperation(on: [sample([4, 3]), sample([3, 3])], tolerance: 5e-5) { tape, inputs in
      [tape.linear(tape.linear(inputs[0], inputs[1]), inputs[1])]
    } matches: {
      linear(linear($0[0], $0[1], [0, 0, 0], inputs: 3), $0[1], [0, 0, 0], inputs: 3)
    }
  }

  @Test func noRowsGiveNoRows() {
    let tape = Tape(parameters: ParameterSet(), recordsGradients: true)
    let weight = tape.input(sample([2, 3]))
    let y = tape.linear(tape.constant(Tensor(shape: [0, 3])), weight)
    #expect(y.shape == [0, 2])
    #expect(tape.backward([(y, Tensor(shape: [0, 2]))], by: [weight]).others[0].values == [0, 0, 0, 0, 0, 0])
  }
}

/// x · weightᵀ + bias, element by element.
func linear(_ x: [Double], _ weight: [Double], _ bias: [Double], inputs: Int) -> [Double] {
  let outputs = bias.count
  return (0..<x.count / inputs).flatMap { row in
    (0..<outputs).map { output in
      (0..<inputs).reduce(bias[output]) { $0 + x[row * inputs + $1] * weight[output * inputs + $1] }
    }
  }
}
