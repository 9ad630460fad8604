package import Randomness
import RealModule
package import Tensors

/// Two networks of their own with tanh layers: the actor gives logits of the actions, the critic the value of a state.
///
/// Weights are orthogonal with gain √2, 0.01 for the logits and 1 for the value; biases are 0. The first policy is hence nearly
/// uniform (Andrychowicz et al. 2021, *What Matters in On-Policy Reinforcement Learning?*, §3.2).
package struct ActorCritic: Sendable {
  private struct Layer: Sendable {
    var weight, bias: ParameterID
  }

  package internal(set) var parameters = ParameterSet()
  private var actor: [Layer] = []
  private var critic: [Layer] = []

  /// - Parameter hidden: widths of the tanh layers of each network.
  package init(observationSize: Int, actionCount: Int, hidden: [Int], stream: RandomStream) {
    actor = Self.layers(
      [observationSize] + hidden + [actionCount], outputGain: 0.01, named: "actor", in: &parameters, stream: stream.derived(0))
    critic = Self.layers(
      [observationSize] + hidden + [1], outputGain: 1, named: "critic", in: &parameters, stream: stream.derived(1))
  }

  private static func layers(
    _ widths: [Int], outputGain: Double, named name: String, in parameters: inout ParameterSet, stream: RandomStream
  ) -> [Layer] {
    var stream = stream
    return (1..<widths.count).map { index in
      let gain = index == widths.count - 1 ? outputGain : Double.sqrt(2)
      let weight = Tensor(orthogonal: widths[index], widths[index - 1], gain: gain, using: &stream)
      return Layer(
        weight: parameters.add("\(name)/\(index)/weight", weight),
        bias: parameters.add("\(name)/\(index)/bias", Tensor(shape: [widths[index]])))
    }
  }

  /// Logits [n, actions] of observations [n, size].
  package func logits(_ observations: Variable, on tape: Tape) -> Variable { forward(actor, observations, on: tape) }

  /// Values [n, 1] of observations [n, size].
  package func values(_ observations: Variable, on tape: Tape) -> Variable { forward(critic, observations, on: tape) }

  private func forward(_ layers: [Layer], _ observations: Variable, on tape: Tape) -> Variable {
    var x = observations
    for (index, layer) in layers.enumerated() {
      x = tape.linear(x, tape.parameter(layer.weight), tape.parameter(layer.bias))
      if index < layers.count - 1 { x = tape.hyperbolicTangent(x) }
    }
    return x
  }

  /// ``logits(_:on:)`` alone.
  func logits(_ observations: Tensor) -> Tensor {
    let tape = Tape(parameters: parameters, recordsGradients: false)
    return logits(tape.constant(observations), on: tape).value
  }

  /// ``values(_:on:)`` alone.
  func values(_ observations: Tensor) -> [Float] {
    let tape = Tape(parameters: parameters, recordsGradients: false)
    return values(tape.constant(observations), on: tape).value.values
  }
}
