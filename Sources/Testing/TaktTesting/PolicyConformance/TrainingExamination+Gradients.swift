import Policies
import Randomness

extension TrainingExamination {
  /// Gradients add up, whatever the batches, and are linear in the cotangents.
  mutating func examineSums() async throws {
    let reference = try await outputs()
    if policy.hasValueHead == reference.values.isEmpty {
      fail("hasValueHead says whether there are values", "it is \(policy.hasValueHead); \(reference.values.count) values")
    }
    let loss = try await loss()
    let handed = try await accumulate(loss, on: batch)
    let distance = greatestDistance(handed, reference)
    if !(distance <= options.outputTolerance) { fail("pullback gets the outputs of `outputs`", "they differ by \(distance)") }
    let norm = try await takeNorm()
    guard norm > 0, norm.isFinite else {
      fail("a loss has a gradient", "its norm is \(norm)")
      return
    }
    try await expectZero("gradients are cleared by applyGradients", relativeTo: norm)

    try await accumulate(loss, on: batch)
    await policy.discardGradients()
    try await expectZero("discardGradients clears the gradients", relativeTo: norm)

    try await accumulate(loss.scaled(by: 0), on: batch)
    try await expectZero("no cotangent, no gradient", relativeTo: norm)

    try await accumulate(loss, on: batch)
    try await accumulate(loss.scaled(by: -1), on: batch)
    try await expectZero("gradients are linear in the cotangents", relativeTo: norm)

    try await accumulate(loss, on: batch)
    try await accumulate(loss, on: batch)
    let double = try await takeNorm()
    if !(abs(double - 2 * norm) <= options.gradientTolerance * norm) {
      fail("gradients are accumulated", "twice the same has norm \(double), once has \(norm)")
    }

    try await accumulate(loss, on: batch)
    for (index, range) in ranges.enumerated() {
      let single = TokenBatch(
        prompts: [batch.prompts[batch.promptIndices[index]]], completions: [batch.completions[index]], promptIndices: [0])
      try await accumulate(loss.slice(range).scaled(by: -1), on: single)
    }
    try await expectZero("the gradient of a batch is the sum over its completions", relativeTo: norm)
  }

  private mutating func expectZero(_ promise: String, relativeTo norm: Float) async throws {
    let rest = try await takeNorm()
    if !(rest <= options.gradientTolerance * norm) { fail(promise, "norm \(rest) is left of \(norm)") }
  }

  private var ranges: [Range<Int>] {
    var start = 0
    return batch.completions.map { tokens in
      defer { start += tokens.count }
      return start..<start + tokens.count
    }
  }

  /// Updates go against the gradient, in each kind of output.
  ///
  /// Steps down are compared with steps up from the same start, since the optimiser may carry momentum of its own. A uniform
  /// policy, whose log-probabilities are −H, has no gradient of the entropy.
  mutating func examineDescent() async throws {
    let steps = 10
    let first = try await outputs()
    let isUniform = zip(first.logProbabilities, first.entropies).allSatisfy { abs($0 + $1) < 1e-4 }
    for part in LinearLoss.Part.allCases
    where (part != .values || policy.hasValueHead) && (part != .entropies || !isUniform && policy.capabilities.entropies) {
      try await policy.restore(start)
      let loss = try await loss(of: part)
      var ends: [Double] = []
      for sign in [1, -1] as [Float] {
        try await policy.restore(start)
        for _ in 0..<steps { try await step(loss.scaled(by: sign)) }
        ends.append(loss.value(of: try await outputs()))
      }
      if !(ends[0] < ends[1]) {
        fail("updates lower the loss", "\(steps) steps down on \(part.rawValue) lead to \(ends[0]), as many up to \(ends[1])")
      }
    }
  }

  /// Derivatives agree with central differences of the loss by single parameters.
  mutating func examineDifferences() async throws {
    guard let parameters = options.parameters else { return }
    for part in LinearLoss.Part.allCases
    where part != .all && (part != .values || policy.hasValueHead)
      && (part != .entropies || policy.capabilities.entropies)
    {
      let loss = try await loss(of: part)
      try await accumulate(loss, on: batch)
      let compared = await choose(from: parameters)
      await policy.discardGradients()
      let scale = compared.map { abs($0.gradient) }.max() ?? 0
      let rounding = loss.rounding(of: try await outputs()) / Double(options.differenceStep)
      for (index, gradient) in compared {
        let difference = try await centralDifference(of: loss, by: index, parameters)
        let error = abs(Double(gradient) - difference)
        let allowed = Double(options.differenceTolerance) * max(abs(Double(gradient)), abs(difference), 0.1 * Double(scale))
        if !(error <= allowed + rounding) {
          fail(
            "gradients agree with finite differences",
            "by parameter \(index), of \(part.rawValue): \(gradient), where the difference quotient is \(difference)")
        }
      }
    }
  }

  /// Half of them any parameters, half those with a gradient that matters.
  private func choose(from parameters: ParameterAccess) async -> [(index: Int, gradient: Float)] {
    var stream = RandomStream(seed: options.seed)
    var gradients: [(index: Int, gradient: Float)] = []
    for index in 0..<parameters.count { gradients.append((index, await parameters.gradient(index))) }
    gradients.shuffle(using: &stream)
    let floor = 0.05 * (gradients.map { abs($0.gradient) }.max() ?? 0)
    let large = gradients.filter { abs($0.gradient) > floor }.prefix(options.comparedParameters / 2)
    let others = gradients.filter { candidate in !large.contains { $0.index == candidate.index } }
    return Array(large) + others.prefix(options.comparedParameters - large.count)
  }

  private func centralDifference(
    of loss: LinearLoss, by index: Int, _ parameters: ParameterAccess
  ) async throws -> Double {
    let value = await parameters.value(index)
    let (above, below) = (value + options.differenceStep, value - options.differenceStep)
    await parameters.setValue(index, above)
    let upper = loss.value(of: try await outputs())
    await parameters.setValue(index, below)
    let lower = loss.value(of: try await outputs())
    await parameters.setValue(index, value)
    return (upper - lower) / Double(above - below)
  }
}
