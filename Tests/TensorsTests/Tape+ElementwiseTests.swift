import RealModule
import Tensors
import Testing

@Suite struct ElementwiseTests {
  @Test func sumScaleAndProductMatchLoops() {
    let inputs = [sample([5, 7]), sample([5, 7], seed: 2)]
    expectOperation(on: inputs) {
      [$0.add($1[0], $1[1])]
    } matches: {
      zip($0[0], $0[1]).map(+)
    }
    expectOperation(on: inputs) {
      [$0.multiplied($1[0], $1[1])]
    } matches: {
      zip($0[0], $0[1]).map(*)
    }
    expectOperation(on: [inputs[0]]) {
      [$0.scaled($1[0], by: -2.5)]
    } matches: {
      $0[0].map { -2.5 * $0 }
    }
  }

  @Test func aVariableAddedToItselfHasTwiceTheDerivative() {
    expectOperation(on: [sample([3, 3])]) {
      [$0.add($1[0], $1[0])]
    } matches: {
      $0[0].map { 2 * $0 }
    }
  }

  @Test func geluMatchesItsFormula() {
    expectOperation(on: [sample([9, 11], scale: 3)]) {
      [$0.gelu($1[0])]
    } matches: {
      $0[0].map { x in 0.5 * x * (1 + Double.tanh(Double.sqrt(2 / Double.pi) * (x + 0.044715 * x * x * x))) }
    }
  }

  @Test func geluOfLargeArgumentsIsTheIdentityOrZero() {
    let tape = Tape(parameters: ParameterSet(), recordsGradients: true)
    let x = tape.input(Tensor(shape: [4], values: [30, -30, 1e4, -1e4]))
    let y = tape.gelu(x)
    let derivative = tape.backward([(y, Tensor(shape: [4], repeating: 1))], by: [x]).others[0]
    for (value, limit) in zip(y.value.values + derivative.values, [30, 0, 1e4, 0, 1, 0, 1, 0] as [Float]) {
      #expect(abs(value - limit) < 1e-26)
    }
  }

  @Test func sigmoidMatchesItsFormula() {
    expectOperation(on: [sample([9, 11], scale: 3)]) {
      [$0.sigmoid($1[0])]
    } matches: {
      $0[0].map { 1 / (1 + Double.exp(-$0)) }
    }
  }

  @Test func derivativesFlowThroughSharedInputs() {
    expectOperation(on: [sample([4, 4])], tolerance: 1e-4) { tape, inputs in
      let twice = tape.scaled(inputs[0], by: 2)
      return [tape.add(tape.gelu(twice), tape.multiplied(twice, inputs[0])), tape.reshaped(twice, [2, 8])]
    } matches: { inputs in
      let twice = inputs[0].map { 2 * $0 }
      return zip(twice, inputs[0]).map { t, x in
        0.5 * t * (1 + Double.tanh(Double.sqrt(2 / Double.pi) * (t + 0.044715 * t * t * t))) + t * x
      } + twice
    }
  }
}
