package import ExperimentKinds
package import ExternalPolicy
import Files
package import Options
package import Questions
import RunFolders

/// A policy in another process, such as a model in Python: JSON lines over its standard input and output.
package struct ExternalPolicyKind: PolicyKind {
  package static let name = "external"
  package static let summary = "a policy in another process, such as a model in Python (docs/external-policy.md)"

  /// A program and its arguments.
  package let command: [String]
  /// Seconds that an answer may take.
  package let timeout: Double
  /// What an earlier run of it left; empty for what the process starts with.
  package let policyFile: String

  package init(options: inout OptionReader, start: inout OptionReader, for stage: StageNeeds) {
    policyFile = start.text("policy", default: "", help: "policy.bin of an earlier run; empty for what the process starts with")
    let isGiven = options.contains("command")
    command = options.words("command", default: [], help: "the program, looked for on the PATH, and its arguments")
    timeout = options.number(
      "timeout", default: 600, in: 0.1...86_400, unit: "s", help: "how long an answer of the process may take")
    if !isGiven { options.record("is missing: give the program and its arguments, [python3, my_policy.py]", at: "command") }
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
    resources.remark?("starts: \(command.joined(separator: " "))")
    let policy = try ExternalPolicy<QuestionPrompt>(
      command: command, seed: resources.seed, timeout: timeout,
      log: resources.folder.map { RunDirectory(path: $0).policyLogFile }, showsErrors: resources.remark != nil)
    do {
      if !policyFile.isEmpty { try await policy.restore(try StoredFile.bytes(of: policyFile)) }
    } catch {
      policy.end()
      throw error
    }
    return LoadedExternalPolicy(policy: policy)
  }
}

/// A policy in another process at work.
package struct LoadedExternalPolicy: LoadedPolicy {
  package typealias Track = UnheardTrack

  package let policy: ExternalPolicy<QuestionPrompt>

  package func prompt(for question: Question, about track: UnheardTrack) -> QuestionPrompt { QuestionPrompt(question) }

  /// It finds the audio itself, so no track has to be heard before others.
  package var drawsFromAllTracks: Bool { true }

  package func close() { policy.end() }
}

/// A question as a policy in another process gets it; the answers stay here.
///
/// `question`, `track` (the track's id), `task`, `duration` in seconds, and `form`: how the answer is to be written, in words.
package struct QuestionPrompt: Encodable, Sendable {
  package let question: String
  package let track: String
  package let task: String
  package let duration: Double
  package let form: String

  package init(_ question: Question) {
    self.question = question.text
    track = question.trackID
    task = question.task
    duration = question.duration
    form = AnswerForm(question).prescription
  }
}
