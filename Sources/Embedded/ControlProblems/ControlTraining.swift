import Algorithms
import Policies
import Randomness
import RealModule
import Rollouts
import Tensors

/// PPO on CartPole: environments are stepped side by side, then the policy is updated on what they saw.
///
/// Advantages, objective, aggregation, whitening and schedule are the code of `Algorithms` that trains language models; a step
/// of an environment takes the place of a token. Same seed, same bytes.
package struct ControlTraining: Sendable {
  private struct Lane: Sendable {
    var problem: CartPole
    var stream: RandomStream
  }

  package let schedule: ControlSchedule
  package private(set) var network: ActorCritic
  /// Returns of the episodes that ended during training, in order.
  package private(set) var episodeReturns: [Int] = []
  private let algorithm: PPO
  private let estimator: GeneralizedAdvantage
  private let objective: Objective
  private let rates: LearningRateSchedule
  private let stream: RandomStream
  private var optimizer: AdamW
  private var lanes: [Lane]

  package init(schedule: ControlSchedule = ControlSchedule(), seed: UInt64) {
    self.schedule = schedule
    algorithm = schedule.algorithm
    estimator = GeneralizedAdvantage(discount: schedule.discount, lambda: schedule.lambda)
    objective = algorithm.objective
    rates = LearningRateSchedule(.linear, base: schedule.learningRate, steps: schedule.updates)
    let stream = RandomStream(seed: seed)
    self.stream = stream
    network = ActorCritic(
      observationSize: CartPole.observationSize, actionCount: CartPole.actionCount, hidden: schedule.hidden,
      stream: stream.derived(0))
    optimizer = AdamW(for: network.parameters, epsilon: 1e-5, weightDecay: 0)
    lanes = (0..<schedule.environments).map { index in
      var own = stream.derived(1, index)
      return Lane(problem: CartPole(using: &own), stream: own)
    }
  }

  /// All updates, one after another.
  package mutating func run() {
    for update in 0..<schedule.updates {
      var experience = collect()
      experience.estimate(with: network, by: estimator)
      improve(on: experience, update: update)
    }
  }

  private mutating func collect() -> Experience {
    let size = CartPole.observationSize
    var experience = Experience(environments: lanes.count, steps: schedule.steps)
    var observations = observe()
    for step in 0..<schedule.steps {
      var logits = network.logits(observations)
      for index in lanes.indices {
        let place = index * schedule.steps + step
        for part in 0..<size { experience.observations[place * size + part] = observations[index * size + part] }
        let (action, logProbability) = draw(index, from: &logits)
        experience.actions[place] = Token(action)
        experience.logProbabilities[place] = logProbability
        experience.rewards[place] = 1
        advance(index, by: action, at: place, in: &experience)
      }
      observations = observe()
    }
    experience.nextObservations = observations
    return experience
  }

  /// What every environment shows now, [environments, size].
  private func observe() -> Tensor {
    Tensor(shape: [lanes.count, CartPole.observationSize]) { rows in
      guard let start = rows.baseAddress else { return }
      for (index, lane) in lanes.enumerated() { lane.problem.observe(into: start + index * CartPole.observationSize) }
    }
  }

  /// An action drawn from one row of logits, with its log-probability.
  private mutating func draw(_ row: Int, from logits: inout Tensor) -> (action: Int, logProbability: Float) {
    let threshold = lanes[row].stream.uniform()
    return logits.withUnsafeMutableBufferPointer { logits in
      let line = UnsafeMutableBufferPointer(
        rebasing: logits[row * CartPole.actionCount..<(row + 1) * CartPole.actionCount])
      if let start = line.baseAddress { Kernels.logSoftmax(start, count: line.count) }
      var sum = 0.0
      for action in 0..<line.count - 1 {
        sum += Double.exp(Double(line[action]))
        if threshold < sum { return (action, line[action]) }
      }
      return (line.count - 1, line[line.count - 1])
    }
  }

  private mutating func advance(_ index: Int, by action: Int, at place: Int, in experience: inout Experience) {
    guard let ending = lanes[index].problem.step(action) else { return }
    experience.endings[place] = ending
    episodeReturns.append(lanes[index].problem.stepCount)
    if ending == .stepLimit {
      let last = [Float](unsafeUninitializedCapacity: CartPole.observationSize) { buffer, count in
        if let start = buffer.baseAddress { lanes[index].problem.observe(into: start) }
        count = CartPole.observationSize
      }
      experience.cutOffs.append((place, last))
    }
    lanes[index].problem = CartPole(using: &lanes[index].stream)
  }

  private mutating func improve(on experience: Experience, update: Int) {
    let plan = algorithm.schedule
    let extent = BatchExtent(tokens: experience.count, minibatches: plan.minibatches)
    let minibatches = Minibatches(count: plan.minibatches, microbatchGroups: experience.count)
    for epoch in 0..<plan.epochs {
      for minibatch in minibatches.cut(groupCount: experience.count, stream: stream.derived(2, update, epoch)) {
        let steps = minibatch[0]
        let gradients = gradients(
          observations: experience.observations(of: steps), actions: steps.map { experience.actions[$0] },
          targets: experience.targets(of: steps, algorithm: algorithm, extent: extent))
        optimizer.step(
          &network.parameters, gradients, learningRate: Float(rates.rate(step: update)),
          maximumNorm: Float(plan.maximumGradientNorm))
      }
    }
  }

  /// The derivative of PPO's objective by the parameters.
  private func gradients(observations: Tensor, actions: [Token], targets: TokenTargets) -> Gradients {
    let tape = Tape(parameters: network.parameters, recordsGradients: true)
    let observations = tape.constant(observations)
    let (logProbabilities, entropies) = tape.tokenStatistics(network.logits(observations, on: tape), tokens: actions)
    let values = network.values(observations, on: tape)
    let outputs = TokenOutputs(
      logProbabilities: logProbabilities.value.values, entropies: entropies.value.values, values: values.value.values)
    let (cotangents, _) = objective.evaluate(outputs, targets)
    return tape.backward([
      (logProbabilities, Tensor(shape: logProbabilities.shape, values: cotangents.logProbabilities)),
      (entropies, Tensor(shape: entropies.shape, values: cotangents.entropies)),
      (values, Tensor(shape: values.shape, values: cotangents.values)),
    ])
  }
}

extension ControlTraining {
  /// Returns of so many episodes of their own, each step taking the likeliest action.
  package func evaluate(episodes: Int = 20) -> [Int] {
    var problems = (0..<episodes).map { index in
      var own = stream.derived(3, index)
      return CartPole(using: &own)
    }
    var returns = [Int](repeating: 0, count: episodes)
    var running = Array(problems.indices)
    while !running.isEmpty {
      let observations = Tensor(shape: [running.count, CartPole.observationSize]) { rows in
        guard let start = rows.baseAddress else { return }
        for (row, index) in running.enumerated() {
          problems[index].observe(into: start + row * CartPole.observationSize)
        }
      }
      let logits = network.logits(observations)
      var goingOn: [Int] = []
      for (row, index) in running.enumerated() {
        let action = logits[row, 1] > logits[row, 0] ? 1 : 0
        if problems[index].step(action) == nil { goingOn.append(index) } else { returns[index] = problems[index].stepCount }
      }
      running = goingOn
    }
    return returns
  }
}
