import Policies

extension PolicyExamination {
  /// Sampling and scoring, promise by promise; the first alone where there are no completions to go on with.
  mutating func rows() async -> [ConformanceRow] {
    var isWhole = false
    var rows = [await row("completions have the shape that was asked for") { isWhole = try await $0.examineCompletions() }]
    guard isWhole else { return rows }
    rows.append(await row("a completion depends on its prompt, its seed and its number alone") { try await $0.examineSeeds() })
    rows.append(await row("temperature 0 and a small top-p take the likeliest tokens") { try await $0.examineGreedy() })
    rows.append(
      await row("every token, the ending one too, is scored as it was sampled") { try await $0.examineFreshness() })
    rows.append(await row("outputs depend on a prompt and its completion alone") { try await $0.examineOutputs() })
    rows.append(await row("tokens outside the vocabulary are refused") { await $0.examineForeignToken() })
    return rows
  }

  private mutating func row(_ promise: String, _ part: (inout Self) async throws -> Void) async -> ConformanceRow {
    await options.beforeRow?()
    let before = failures.count
    do {
      try await part(&self)
    } catch {
      fail("legal requests do not throw", "\(error)")
    }
    return ConformanceRow(promise, failures: Array(failures[before...]))
  }
}

extension TrainingExamination {
  /// Gradients, updates and state, promise by promise.
  mutating func rows() async -> [ConformanceRow] {
    let normless = policy.capabilities.norm ? nil : "the policy says that it knows no norm of its gradient (capabilities.norm)"
    return [
      await row("gradients are sums over completions and calls, linear in the derivatives", unless: normless) {
        try await $0.examineSums()
      },
      await row(
        "the gradient has the size of the loss's slope",
        unless: normless
          ?? (options.nudge == nil && options.parameters == nil
            ? "the policy has no `nudge`, a step down the gradient without the optimiser: without it Adam hides a wrong scale"
            : nil)
      ) {
        try await $0.examineScale()
        try await $0.examineDifferences()
      },
      await row("clipping scales the gradient, whose norm is told before it", unless: normless) {
        try await $0.examineClipping()
      },
      await row("updates go down the gradient") { try await $0.examineDescent() },
      await row("a frozen copy does not move") { try await $0.examineFrozenCopy() },
      await row("a checkpoint brings back the state, so that the next steps are the same") { try await $0.examineCheckpoint() },
      await row("what is not finite is refused and moves nothing", unless: normless) { try await $0.examineNonFinite() },
      await row(
        "a reference answer can be written and taught",
        unless: options.answer == nil ? "no answer to teach was given, or the policy cannot write one" : nil
      ) { try await $0.examineAnswer() },
    ]
  }

  private mutating func row(
    _ promise: String, unless omission: String? = nil, _ part: (inout Self) async throws -> Void
  ) async -> ConformanceRow {
    if let omission { return ConformanceRow(promise, omission: omission) }
    await options.beforeRow?()
    let before = failures.count
    await attempt(part)
    return ConformanceRow(promise, failures: Array(failures[before...]))
  }
}
