import Policies

extension TrainingExamination {
  mutating func examineFrozenCopy() async throws {
    let loss = try await loss()
    let copy = await policy.frozen()
    let before = try await copy.outputs(for: batch, temperature: options.temperature)
    let distance = greatestDistance(before, try await outputs())
    if !(distance <= options.outputTolerance) { fail("a frozen copy is a copy", "its outputs differ by \(distance)") }
    let live = try await outputs()
    try await step(loss)
    if try await outputs() == live { fail("updates move the policy", "its outputs are the same after a step") }
    if try await copy.outputs(for: batch, temperature: options.temperature) != before {
      fail("a frozen copy does not move", "its outputs changed with an update of the policy")
    }
    try await policy.restore(start)
    if try await copy.outputs(for: batch, temperature: options.temperature) != before {
      fail("a frozen copy does not move", "its outputs changed when the policy was restored")
    }
  }

  /// What was saved comes back: parameters, and optimiser state as far as later steps show it.
  mutating func examineCheckpoint() async throws {
    let losses = [try await loss(seed: 1), try await loss(seed: 2)]
    try await step(losses[0])
    let saved = try await policy.checkpoint()
    let before = try await outputs()
    for loss in losses { try await step(loss) }
    let after = try await outputs()
    try await policy.restore(saved)
    if try await outputs() != before { fail("a checkpoint brings the parameters back", "the outputs are others") }
    if try await policy.checkpoint() != saved { fail("a checkpoint is exact", "saved again it has other bytes") }
    for loss in losses { try await step(loss) }
    if try await outputs() != after {
      fail("a checkpoint brings the optimiser back", "the same steps led elsewhere after restoring")
    }
    await examineBadCheckpoints(saved)
  }

  private mutating func examineBadCheckpoints(_ saved: [UInt8]) async {
    for (name, bytes) in [
      ("no bytes", []), ("a torn one", Array(saved.dropLast(saved.count / 3 + 1))), ("a longer one", saved + [0]),
    ] {
      do {
        let before = try await outputs()
        do {
          try await policy.restore(bytes)
          fail("a bad checkpoint throws", "\(name) was restored")
        } catch {
          if error.code != .badCheckpoint { fail("a bad checkpoint throws .badCheckpoint", "\(name) threw: \(error)") }
        }
        if try await outputs() != before { fail("a bad checkpoint changes nothing", "\(name) changed the outputs") }
      } catch {
        fail("legal requests do not throw", "\(error)")
      }
    }
  }

  mutating func examineNonFinite() async throws {
    let loss = try await loss()
    let before = try await outputs()
    do {
      try await accumulate(loss.scaled(by: .nan), on: batch)
      let norm = try await policy.applyGradients(learningRate: options.learningRate, maximumNorm: 1)
      fail("a gradient that is not finite throws", "applyGradients returned \(norm)")
    } catch let error as PolicyError {
      if error.code != .nonFinite { fail("a gradient that is not finite throws .nonFinite", "it threw: \(error)") }
    }
    if try await outputs() != before { fail("a gradient that is not finite moves nothing", "the outputs changed") }
    await policy.discardGradients()
    try await accumulate(loss, on: batch)
    let norm = try await takeNorm()
    if !norm.isFinite { fail("discardGradients clears what is not finite", "the next norm is \(norm)") }
  }

  /// Supervised steps make a reference answer likelier.
  mutating func examineAnswer() async throws {
    guard let answer = options.answer else { return }
    let tokens = try policy.tokens(for: answer)
    let taught = TokenBatch(prompts: [batch.prompts[0]], completions: [tokens], promptIndices: [0])
    let before = try await policy.outputs(for: taught, temperature: options.temperature)
    guard !tokens.isEmpty, before.logProbabilities.allSatisfy(\.isFinite) else {
      fail("a reference answer can be written", "'\(answer)' has log-probabilities \(before.logProbabilities)")
      return
    }
    var likelihood = LinearLoss(of: .logProbabilities, like: before, seed: 0)
    likelihood.weights.logProbabilities = before.logProbabilities.map { _ in -1 }
    for _ in 0..<10 {
      try await accumulate(likelihood, on: taught)
      _ = try await policy.applyGradients(learningRate: options.learningRate, maximumNorm: 1)
    }
    let after = try await policy.outputs(for: taught, temperature: options.temperature)
    if !(likelihood.value(of: after) < likelihood.value(of: before)) {
      fail("a reference answer can be taught", "'\(answer)' is not likelier after 10 supervised steps")
    }
  }
}
