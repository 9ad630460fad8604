import ControlProblems
import Randomness
import RealModule
import Tensors
import Testing

struct ActorCriticTests {
  private let network = ActorCritic(observationSize: 4, actionCount: 2, hidden: [16, 8], stream: RandomStream(seed: 5))

  @Test func weightsAreOrthogonalWithTheirGains() throws {
    for (name, gain) in [("actor/1", 2.0), ("actor/2", 2), ("actor/3", 1e-4), ("critic/1", 2), ("critic/3", 1)] {
      let id = try #require(network.parameters.id(named: name + "/weight"))
      let weight = network.parameters[id]
      let isWide = weight.rows <= weight.columns
      let (count, length) = isWide ? (weight.rows, weight.columns) : (weight.columns, weight.rows)
      for first in 0..<count {
        for second in 0..<count {
          let product = (0..<length).reduce(0.0) { sum, place in
            sum + Double(isWide ? weight[first, place] : weight[place, first])
              * Double(isWide ? weight[second, place] : weight[place, second])
          }
          #expect((product - (first == second ? gain : 0)).magnitude < 1e-6 * gain)
        }
      }
    }
  }

  @Test func theFirstPolicyIsNearlyUniform() {
    let tape = Tape(parameters: network.parameters, recordsGradients: false)
    let observations = Tensor(shape: [1, 4], values: [1, -2, 0.1, 3])
    let logits = network.logits(tape.constant(observations), on: tape).value
    #expect((logits[0] - logits[1]).magnitude < 0.05)
  }

  /// The derivative of logits and values by every parameter, tanh included, against central differences.
  @Test func derivativesAgreeWithDifferences() {
    var stream = RandomStream(seed: 6)
    let observations = Tensor(normal: [3, 4], standardDeviation: 1, using: &stream)
    let seeds = (
      Tensor(normal: [3, 2], standardDeviation: 50, using: &stream),
      Tensor(normal: [3, 1], standardDeviation: 1, using: &stream)
    )
    func scalar(_ network: ActorCritic, _ parameters: ParameterSet) -> Double {
      let tape = Tape(parameters: parameters, recordsGradients: false)
      let x = tape.constant(observations)
      let (logits, values) = (network.logits(x, on: tape).value, network.values(x, on: tape).value)
      return zip(logits.values, seeds.0.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        + zip(values.values, seeds.1.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    let tape = Tape(parameters: network.parameters, recordsGradients: true)
    let x = tape.constant(observations)
    let gradients = tape.backward([(network.logits(x, on: tape), seeds.0), (network.values(x, on: tape), seeds.1)])
    for id in network.parameters.ids {
      for place in stride(from: 0, to: network.parameters[id].count, by: 7) {
        var (up, down) = (network.parameters, network.parameters)
        up[id][place] += 0.01
        down[id][place] -= 0.01
        let difference = (scalar(network, up) - scalar(network, down)) / Double(up[id][place] - down[id][place])
        let derivative = Double(gradients[id]?[place] ?? 0)
        #expect((difference - derivative).magnitude < 2e-3 * max(1, derivative.magnitude), "\(network.parameters.name(of: id))")
      }
    }
  }
}
