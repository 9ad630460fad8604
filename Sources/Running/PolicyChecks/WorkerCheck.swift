import Experiments
package import ExternalPolicy
import Files
import Foundation
import Policies
import Questions
package import TaktTesting

/// What a policy in another process promises, looked at promise by promise with questions about a few composed pieces.
package struct WorkerCheck: Sendable {
  /// A program and its arguments; empty where it is only connected to.
  package var command: [String] = []
  package var address: PolicyAddress?
  package var token: String?
  /// Seconds of silence that are put up with.
  package var timeout = 120.0
  /// Whether its standard error is shown.
  package var showsErrors = false
  /// Greatest difference, in nats, of two computations of one log-probability.
  package var tolerance = 1e-4
  /// Greatest relative difference of two computations of one gradient.
  package var gradientTolerance = 1e-3
  package var learningRate = 1e-2
  package var maximumTokens = 8
  package var seed: UInt64 = 7

  package init() {}

  package struct Result: Sendable {
    package let name: String
    package let version: Int
    package let worker: WorkerCapabilities
    package let rows: [ConformanceRow]
    /// How often the policy had ended and was started anew for the next row.
    package let restarts: Int
  }

  /// Starts the policy, or connects to it, and looks at every promise; `step` is told what comes next.
  package func run(step: @escaping @Sendable (String) -> Void = { _ in }) async throws -> Result {
    step("starts the policy")
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-check-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let restarted = try RestartedPolicy { [self] () throws(PolicyError) in
      try ExternalPolicy<QuestionPrompt>(
        command: command, address: address, token: token, seed: seed, timeout: timeout, showsErrors: showsErrors,
        splitsRequests: false, checkpoints: "\(folder)/checkpoints")
    }
    defer { restarted.current.end() }
    let policy = restarted.current
    guard policy.worker.gradients else {
      throw NamedError(
        "the policy '\(policy.name)' says capabilities.gradients false: it answers alone, and what is checked here is how one learns; "
          + "`takt answers evaluate QUESTIONS COMPLETIONS -- …` asks and scores it")
    }
    step("composes \(CheckedPrompts.count) pieces")
    let asked = try CheckedPrompts(folder: folder, longest: policy.worker.longestAudio, hasSound: policy.worker.audio)
    var options = PolicyConformanceOptions()
    options.outputTolerance = Float(tolerance)
    options.gradientTolerance = Float(gradientTolerance)
    options.learningRate = Float(learningRate)
    options.maximumTokens = maximumTokens
    options.seed = seed
    if policy.worker.policy.supervised { options.answer = asked.answer }
    if policy.worker.nudge { options.nudge = { step in try restarted.current.nudge(step: step) } }
    // One that was only connected to is not ours to start.
    if !command.isEmpty {
      options.beforeRow = { if restarted.restart() { step("starts the policy anew, which has ended, for what comes next") } }
    }
    step("asks and trains")
    var rows = await policyConformance(restarted, prompts: asked.prompts, options: options)
    await options.beforeRow?()
    rows.append(await hearing(restarted.current, asked, options))
    return Result(
      name: policy.name, version: policy.protocolVersion, worker: policy.worker, rows: rows, restarts: restarted.restarts)
  }

  private func hearing(
    _ policy: ExternalPolicy<QuestionPrompt>, _ asked: CheckedPrompts, _ options: PolicyConformanceOptions
  ) async -> ConformanceRow {
    guard policy.worker.audio else {
      return ConformanceRow(
        "what it answers depends on the recording",
        omission: "the policy does not say that it wants recordings (capabilities.audio)")
    }
    var changes = [(name: "another piece's recording", prompts: asked.withOthersRecordings)]
    if policy.worker.perturbedAudio {
      changes.append(("the recording shuffled", asked.prompts.map { $0.perturbed(.shuffled) }))
      changes.append(("silence", asked.prompts.map { $0.perturbed(.silent) }))
    }
    return await hearingConformance(policy, prompts: asked.prompts, changes: changes, options: options)
  }
}

extension WorkerCheck.Result {
  /// Whether every promise that was looked at is kept.
  package var isKept: Bool { rows.allSatisfy(\.failures.isEmpty) }

  /// Row by row, in words.
  package var text: String {
    var lines = ["the policy '\(name)' (version \(version) of the messages)", "  it says: \(worker.words)", ""]
    var said: Set<String> = []
    for row in rows {
      let mark = row.omission != nil ? "not seen" : row.failures.isEmpty ? "kept    " : "NOT KEPT"
      lines.append("  \(mark)  \(row.promise)")
      if let omission = row.omission { lines.append("            \(omission)") }
      var others = 0
      for failure in row.failures {
        // An error that ended the policy is the same in every row after it.
        let isNew = said.insert(failure.observation).inserted
        guard isNew || row.failures.count == 1 else {
          others += 1
          continue
        }
        let observation = isNew ? failure.observation : "as above"
        let opening = failure.promise == row.promise ? "" : "\(failure.promise): "
        lines += "\(opening)\(observation)".split(separator: "\n").map { "            \($0)" }
      }
      if others > 0 { lines.append("            and \(others) more like those above") }
    }
    let (broken, unseen) = (rows.count { !$0.failures.isEmpty }, rows.count { $0.omission != nil })
    lines += [
      "", "\(rows.count - broken - unseen) of \(rows.count) promises are kept, \(broken) are not, \(unseen) were not looked at",
    ]
    if restarts > 0 {
      lines.append("the policy ended \(restarts == 1 ? "once" : "\(restarts) times") and was started anew for the next row")
    }
    return lines.joined(separator: "\n")
  }
}

extension WorkerCapabilities {
  /// In words.
  var words: String {
    var words = [values ? "values" : "no values", policy.entropies ? "entropies" : "no entropies"]
    words.append(policy.temperatures == .any ? "any temperature" : "temperature 1 alone")
    if policy.textOffsets { words.append("text offsets") }
    if !policy.supervised { words.append("no reference answers") }
    if !policy.norm { words.append("no norm") }
    if audio { words.append("recordings\(longestAudio.map { " up to \($0) s" } ?? "")") }
    if perturbedAudio { words.append("shuffled and silent ones") }
    words.append(checkpoint == .folder ? "checkpoints in folders" : "checkpoints as bytes")
    return words.joined(separator: ", ")
  }
}
