import Experiments
import Files
import Foundation
import Policies
import Rollouts

/// Best, typical and worst completions of one step of a run, as text for a person or JSON for a script.
///
/// Equal completions of one question stand once, with their number: typical is what is near the median of the different ones.
package struct RolloutListing: Sendable {
  private let step: Int
  private let selection: RolloutSelection
  private let total: Int
  /// How many completions of its question a text is.
  private let counts: [Key: Int]
  /// What a person should know of the store; `nil` where it is whole.
  package let warning: String?

  private struct Key: Hashable {
    var question: String
    var text: String

    init(_ record: RolloutRecord) { (question, text) = (record.questionID, record.completion.text) }
  }

  /// `task` keeps questions whose id has it as its second part, as in `track/tsg/onset/piano`.
  package init(run: String, step: Int?, count: Int, task: String?) throws {
    let path = try RunDirectory.existing(run).rolloutsFile
    guard FileManager.default.fileExists(atPath: path) else {
      throw FileError(path: path, message: "there is no such file: only reinforcement runs keep rollouts")
    }
    var reader = try RolloutReader(path: path)
    var (first, last): (Int?, Int?)
    var found: [RolloutRecord] = []
    while let record = try reader.next() {
      if step == nil, record.step != last { found = [] }
      if record.step == step ?? record.step { found.append(record) }
      (first, last) = (first ?? record.step, record.step)
    }
    warning =
      reader.tornLength == 0
      ? nil
      : "\(path): its last \(reader.tornLength) bytes are a record that is not whole, which is left out: the run is still writing it, or "
        + "was killed; `takt train` on the folder cuts it off"
    guard let first, let last else {
      throw FileError(path: path, message: "holds no rollouts yet")
    }
    guard !found.isEmpty else {
      throw FileError(path: path, message: "has no step \(step ?? last); it holds steps \(first)…\(last)")
    }
    self.step = step ?? last
    let records = found.filter { record in task.map { record.questionID.contains("/\($0)/") } ?? true }
    total = records.count
    counts = Dictionary(records.map { (Key($0), 1) }, uniquingKeysWith: +)
    var seen: Set<Key> = []
    selection = RolloutSelection(of: records.filter { seen.insert(Key($0)).inserted }, count: count)
  }

  package func text(json: Bool) throws -> String {
    let kinds = [("best", selection.best), ("typical", selection.typical), ("worst", selection.worst)]
    if json {
      return try kinds.map { kind, records in try records.map { try line($0, kind: kind) + "\n" }.joined() }.joined()
    }
    return "step \(step), \(total) completions, \(counts.count) different\n"
      + kinds.map { kind, records in
        records.isEmpty ? "" : "\n\(kind)\n" + records.map { block($0) }.joined(separator: "\n")
      }.joined()
  }

  private func block(_ record: RolloutRecord) -> String {
    let components = record.components.map { "\($0.label) \($0.score.map(Self.number) ?? "–")" }.joined(separator: " · ")
    let fault = record.fault.isEmpty ? "" : " (\(record.fault))"
    let count = counts[Key(record)] ?? 1
    return """
        \(record.reward.map(Self.number) ?? "unscored")  \(record.completion.text)  [\(record.outcome)\(fault)]\(count > 1 ? " × \(count)" : "")
          \(record.prompt)  \(record.questionID)
          \(components)

      """
  }

  private static func number(_ value: Double) -> String { String(format: "%+.3f", value) }

  private func line(_ record: RolloutRecord, kind: String) throws -> String {
    let (null, fault): (Any, Any) = (NSNull(), record.fault.isEmpty ? NSNull() : record.fault)
    let object: [String: Any] = [
      "kind": kind, "count": counts[Key(record)] ?? 1, "step": record.step, "id": record.questionID,
      "sample": record.sampleIndex, "prompt": record.prompt,
      "text": record.completion.text, "reward": record.reward ?? null, "outcome": record.outcome, "reason": fault,
      "components": Dictionary(uniqueKeysWithValues: record.components.map { ($0.label, $0.score ?? null) }),
    ]
    return try JSONText.line(object: object)
  }
}
