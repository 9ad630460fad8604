import Experiments
import Foundation
import Options
import Policies
import Questions
import TaktTesting

/// A table of logits that hears nothing: it learns when instruments tend to enter and to stop.
struct TablePolicyKind: PolicyKind {
  static let name = "table"
  static let summary = "a table of logits for each category of questions; it hears nothing"

  private let longest: Int
  private let start: String

  init(options: inout OptionReader, start: inout OptionReader, for stage: StageNeeds) {
    longest = options.integer("longest", default: 90, in: 1...600, unit: "s", help: "the latest second that it can say")
    self.start = start.text("policy", default: "", help: "policy.bin of an earlier run; empty for an even table")
  }

  /// No captions, and no file for `export:`.
  var features: Set<PolicyFeature> { [.questions, .reinforcement, .valueHead, .spans, .entropy, .reference] }

  var files: [(key: String, path: String)] { start.isEmpty ? [] : [("start.policy", start)] }

  func open(_ resources: RunResources) async throws -> LoadedTable {
    let words = (0...longest).map { AnswerWriter.clock(Double($0)) }
    let policy = TabularPolicy(prompts: LoadedTable.categories.count, positions: 2, words: words)
    if !start.isEmpty { try await policy.restore(Array(try Data(contentsOf: URL(fileURLWithPath: start)))) }
    return LoadedTable(policy: policy)
  }
}

/// The table, and which of its rows a question is about.
struct LoadedTable: LoadedPolicy {
  typealias Track = UnheardTrack

  static let categories = ["onset", "offset"]

  let policy: TabularPolicy

  func prompt(for question: Question, about track: UnheardTrack) -> Int {
    Self.categories.firstIndex(of: question.category) ?? 0
  }
}
