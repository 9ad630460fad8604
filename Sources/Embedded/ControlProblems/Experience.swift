import Algorithms
import Policies
import Tensors

/// What several environments saw under one policy: a number a step in every column, environment after environment.
struct Experience: Sendable {
  let environments: Int
  /// Steps of each environment.
  let steps: Int
  var observations: Tensor
  var actions: [Token]
  var logProbabilities: [Float]
  var rewards: [Double]
  var endings: [CartPole.Ending?]
  /// What each environment sees after its last step here, the beginning of a new episode where one ended.
  var nextObservations: Tensor
  /// Steps at which an episode was cut off, with what was seen after each.
  var cutOffs: [(step: Int, observation: [Float])] = []
  private(set) var values: [Float] = []
  private(set) var advantages: [Double] = []

  var count: Int { environments * steps }

  init(environments: Int, steps: Int) {
    self.environments = environments
    self.steps = steps
    let count = environments * steps
    observations = Tensor(shape: [count, CartPole.observationSize])
    nextObservations = Tensor(shape: [environments, CartPole.observationSize])
    actions = [Token](repeating: 0, count: count)
    logProbabilities = [Float](repeating: 0, count: count)
    rewards = [Double](repeating: 0, count: count)
    endings = [CartPole.Ending?](repeating: nil, count: count)
  }

  /// Values of every state and the advantages that follow.
  ///
  /// Where an episode was cut off, the discounted value of its last state is added to the last reward: it would have gone on
  /// (Pardo et al. 2018, *Time Limits in Reinforcement Learning*).
  mutating func estimate(with network: ActorCritic, by estimator: GeneralizedAdvantage) {
    values = network.values(observations)
    let nextValues = network.values(nextObservations)
    let lastObservations = Tensor(
      shape: [cutOffs.count, CartPole.observationSize], values: cutOffs.flatMap(\.observation))
    var rewards = rewards
    for (cutOff, value) in zip(cutOffs, network.values(lastObservations)) {
      rewards[cutOff.step] += estimator.discount * Double(value)
    }
    advantages = (0..<environments).flatMap { environment in
      let stream = environment * steps..<(environment + 1) * steps
      return estimator.advantages(
        rewards: Array(rewards[stream]), values: values[stream].map { Double($0) },
        endsEpisode: endings[stream].map { $0 != nil }, nextValue: Double(nextValues[environment]))
    }
  }

  /// The observations of these steps, [n, size].
  func observations(of indices: [Int]) -> Tensor {
    let size = CartPole.observationSize
    return Tensor(shape: [indices.count, size]) { rows in
      observations.withUnsafeBufferPointer { all in
        for (row, index) in indices.enumerated() {
          for place in 0..<size { rows[row * size + place] = all[index * size + place] }
        }
      }
    }
  }

  /// What the objective sees of these steps: each is a token of one sequence.
  func targets(of indices: [Int], algorithm: PPO, extent: BatchExtent) -> TokenTargets {
    let raw = indices.map { advantages[$0] }
    let whitened = algorithm.minibatchWhitening?.whitened(raw) ?? raw
    return TokenTargets(
      sequences: [0..<indices.count], behaviorLogProbabilities: indices.map { logProbabilities[$0] },
      behaviorValues: indices.map { values[$0] }, advantages: whitened.map { Float($0) },
      returns: indices.map { Float(advantages[$0] + Double(values[$0])) },
      weights: algorithm.aggregation.weights(sequenceLengths: [indices.count], of: extent))
  }
}
