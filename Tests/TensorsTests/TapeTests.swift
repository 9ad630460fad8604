import Tensors
import Testing

@Suite struct TapeTests {
  @Test func frozenParametersGetNoGradient() {
    var parameters = ParameterSet()
    let (frozen, free) = (parameters.add("frozen", sample([3, 2])), parameters.add("free", sample([2, 3])))
    parameters.setTrainable(false, where: { $0.hasPrefix("fro") })
    let tape = Tape(parameters: parameters, recordsGradients: true)
    let hidden = tape.linear(tape.constant(sample([4, 2])), tape.parameter(frozen))
    #expect(!hidden.needsGradient)
    let y = tape.linear(hidden, tape.parameter(free))
    let gradients = tape.backward([(y, sample([4, 2]))])
    #expect(gradients[frozen] == nil)
    #expect(gradients[free]?.shape == [2, 3])
  }

  @Test func aParameterThatNothingUsesHasNoGradient() {
    var parameters = ParameterSet()
    let (used, unused) = (parameters.add("used", sample([2])), parameters.add("unused", sample([2])))
    let tape = Tape(parameters: parameters, recordsGradients: true)
    let y = tape.scaled(tape.parameter(used), by: 3)
    _ = tape.gelu(tape.parameter(unused))
    let gradients = tape.backward([(y, Tensor(shape: [2], repeating: 1))])
    #expect(gradients[used]?.values == [3, 3])
    #expect(gradients[unused] == nil)
  }

  @Test func seedsOfOneVariableAddUp() {
    let tape = Tape(parameters: ParameterSet(), recordsGradients: true)
    let x = tape.input(sample([2]))
    let y = tape.scaled(x, by: 2)
    let seed = Tensor(shape: [2], values: [1, 10])
    #expect(tape.backward([(y, seed), (y, seed), (x, seed)], by: [x]).others[0].values == [5, 50])
  }

  @Test func aCustomOperationJoinsTheTape() {
    expectOperation(on: [sample([4]), sample([4], seed: 2)], tolerance: 1e-4) { tape, inputs in
      let (x, y) = (inputs[0].value.values, inputs[1].value.values)
      let cube = Tensor(shape: [4], values: zip(x, y).map { $0 * $0 * $0 + $1 })
      return [
        tape.custom(inputs: [tape.scaled(inputs[0], by: 1), inputs[1]], value: cube) { dz in
          [Tensor(shape: [4], values: zip(dz.values, x).map { 3 * $0 * $1 * $1 }), dz]
        }
      ]
    } matches: { inputs in
      zip(inputs[0], inputs[1]).map { $0 * $0 * $0 + $1 }
    }
  }
}
