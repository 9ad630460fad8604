package import ExperimentKinds
package import ExternalPolicy
import Files
import Foundation
package import Options
import Policies
import RunFolders

/// A policy in another process, such as a model in Python: JSON lines over its standard streams, a Unix socket or TCP.
package struct ExternalPolicyKind: PolicyKind {
  package static let name = "external"
  package static let summary = "a policy in another process, such as a model in Python (docs/external-policy.md)"

  /// A program and its arguments; empty where it is only connected to.
  package let command: [String]
  /// Where it listens; `nil` for its standard input and output.
  package let address: PolicyAddress?
  /// Where the token for a TCP address is; the token itself is in no file of a run.
  package let tokenFile: String
  package let tokenVariable: String
  /// Seconds of silence that are put up with.
  package let timeout: Double
  /// What becomes of the recordings, for controls.
  package let perturb: Perturbation
  /// What an earlier run of it left; empty for what the process starts with.
  package let policyFile: String
  private let stage: StageNeeds

  package init(options: inout OptionReader, start: inout OptionReader, for stage: StageNeeds) {
    self.stage = stage
    policyFile = start.text("policy", default: "", help: "policy.bin of an earlier run; empty for what the process starts with")
    let isGiven = options.contains("command")
    command = options.words("command", default: [], help: "the program, looked for on the PATH, and its arguments")
    let place = options.text(
      "address", default: "", help: "unix:PATH or tcp://HOST:PORT where it listens; empty for its standard input and output")
    address = PolicyAddress(place)
    tokenVariable = options.text(
      "token-variable", default: "TAKT_POLICY_TOKEN", help: "environment variable with the token that a tcp address asks for")
    tokenFile = options.text(
      "token-file", default: "", help: "file with that token, in place of the variable; the token itself is stored nowhere")
    timeout = options.number(
      "timeout", default: 600, in: 0.1...86_400, unit: "s", help: "how long the process may be silent when it was asked")
    perturb = options.choice(
      "perturb", default: Perturbation.none,
      help: "what becomes of each recording, for a control: none, shuffled (its seconds in another order) or silent")
    if !place.isEmpty, address == nil {
      options.record("is neither unix:PATH (at most 107 bytes) nor tcp://HOST:PORT: '\(place)'", at: "address")
    }
    if !isGiven, place.isEmpty {
      options.record("is missing: give the program and its arguments, [python3, my_policy.py]", at: "command")
    }
    if isGiven, command.isEmpty, options.issues.isEmpty {
      options.record("is empty: give the program and its arguments, [python3, my_policy.py]", at: "command")
    }
  }

  /// Whether it has a value head is for the process to say.
  package var features: Set<PolicyFeature> { PolicyFeature.common.union([.valueHead]) }

  /// Each answer costs a call.
  package static var usualTrainingTracks: Int { 0 }

  package var files: [(key: String, path: String)] { policyFile.isEmpty ? [] : [("start.policy", policyFile)] }

  package func open(_ resources: RunResources) async throws -> LoadedExternalPolicy {
    if !command.isEmpty { resources.remark?("starts: \(command.joined(separator: " "))") }
    if let address { resources.remark?("connects to \(address)") }
    let directory = resources.folder.map { RunDirectory(path: $0) }
    let policy = try ExternalPolicy<QuestionPrompt>(
      command: command, address: address, token: try token, seed: resources.seed, timeout: timeout,
      log: directory?.policyLogFile, showsErrors: resources.remark != nil,
      checkpoints: directory.map { "\($0.path)/\(Self.checkpointsName)" })
    do {
      try check(policy.worker, named: policy.name, isTrained: resources.folder != nil)
      if !policyFile.isEmpty {
        let beside = URL(fileURLWithPath: policyFile).deletingLastPathComponent().appendingPathComponent(Self.checkpointsName)
        try policy.restore(try StoredFile.bytes(of: policyFile), from: [beside.path])
      }
    } catch {
      policy.end()
      throw error
    }
    return LoadedExternalPolicy(policy: policy, perturb: perturb, recordings: RecordingCache(folder: resources.folder))
  }

  /// The folder, beside `policy.bin`, in which the process leaves its checkpoints.
  static let checkpointsName = "policy-checkpoints"

  /// What the tcp address asks for.
  private var token: String? {
    get throws {
      guard let address, address.needsToken else { return nil }
      if !tokenFile.isEmpty {
        let text = String(decoding: try StoredFile.bytes(of: tokenFile), as: UTF8.self)
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
      }
      guard let token = ProcessInfo.processInfo.environment[tokenVariable], !token.isEmpty else {
        throw NamedError(
          "\(address) asks for a token: set the variable \(tokenVariable) to what the policy was started with, or name a file by "
            + "policy.token-file")
      }
      return token
    }
  }

  /// Throws, with the remedy, where the process says that it cannot do what the stage or the options need.
  private func check(_ worker: WorkerCapabilities, named name: String, isTrained: Bool) throws {
    if isTrained, !worker.gradients {
      throw NamedError(
        "the policy '\(name)' says capabilities.gradients false: it answers and cannot be trained; "
          + "`takt answers evaluate QUESTIONS COMPLETIONS -- …` asks and scores it")
    }
    if stage.teaches, !worker.policy.supervised {
      throw NamedError(
        "the policy '\(name)' cannot write a reference answer as tokens, which stage \(stage.stage) needs: implement the call tokens, or "
          + "train it by stage reinforcement")
    }
    if perturb != .none, !worker.perturbedAudio {
      throw NamedError(
        "policy.perturb is \(perturb.rawValue) and the policy '\(name)' does not say that it perturbs recordings: have it heed the "
          + "prompt's perturb and say capabilities.perturbed_audio, or leave the option out")
    }
  }
}

/// What becomes of a recording before a policy hears it.
package enum Perturbation: String, Sendable, CaseIterable, Encodable {
  case none
  /// Its seconds in another order.
  case shuffled
  /// As long, and nothing to be heard.
  case silent
}
