import Experiments
import Options
import Policies
import Questions
import TaktTesting
import Timelines

@testable import EncoderStages
@testable import ExperimentKinds
@testable import ExternalPolicies

/// The table of TaktTesting as a policy kind: it hears nothing and says one second.
struct TabularPolicyKind: PolicyKind {
  static let name = "tabular"
  static let summary = "a table of logits, one row for each category of questions"

  private let longest: Int
  private let answers: Bool
  private let file: String

  init(options: inout OptionReader, start: inout OptionReader, for stage: StageNeeds) {
    longest = options.integer("longest", default: 120, in: 1...600, unit: "s", help: "the latest second that it can say")
    answers = options.flag("answers", default: true, help: "whether it can be shown answers")
    file = start.text("policy", default: "", help: "policy.bin of an earlier run")
  }

  var features: Set<PolicyFeature> {
    let always: Set<PolicyFeature> = [.reinforcement, .valueHead, .entropy]
    return answers ? always.union([.questions]) : always
  }

  var files: [(key: String, path: String)] { file.isEmpty ? [] : [("start.policy", file)] }

  func open(_ resources: RunResources) async throws -> LoadedTable {
    let words = (0...longest).map { AnswerWriter.clock(Double($0)) }
    let table = LoadedTable(policy: TabularPolicy(prompts: LoadedTable.categories.count, positions: 2, words: words))
    if !file.isEmpty { try await table.policy.restore(LoadedTable.bytes(of: file)) }
    return table
  }
}

struct LoadedTable: LoadedPolicy {
  typealias Track = UnheardTrack

  static let categories = ["onset", "offset"]

  let policy: TabularPolicy

  func prompt(for question: Question, about track: UnheardTrack) -> Int {
    Self.categories.firstIndex(of: question.category) ?? 0
  }
}
