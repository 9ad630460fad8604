import Foundation
import Policies
import Rollouts
import Training

/// Best, typical and worst completions of one step of a run, as text for a person or JSON for a script.
public struct RolloutListing: Sendable {
  private let step: Int
  private let selection: RolloutSelection
  private let total: Int
  /// What a person should know of the store; `nil` where it is whole.
  public let warning: String?

  /// `task` keeps questions whose id has it as its second part, as in `track/tsg/onset/piano`.
  public init(run: String, step: Int?, count: Int, task: String?) throws {
    let path = try RunDirectory.existing(run).rolloutsFile
    guard FileManager.default.fileExists(atPath: path) else {
      throw FileError(path: path, message: "there is no such file: only reinforcement runs keep rollouts")
    }
    let (steps, tornLength) = try RolloutStepSummary.survey(path: path)
    warning =
      tornLength == 0
      ? nil
      : "\(path): its last \(tornLength) bytes are a record that is not whole, which is left out: the run is still writing it, or was "
        + "killed; `takt train` on the folder cuts it off"
    guard let last = steps.last?.step else { throw FileError(path: path, message: "holds no rollouts yet") }
    let chosen = step ?? last
    guard steps.contains(where: { $0.step == chosen }) else {
      throw FileError(path: path, message: "has no step \(chosen); it holds steps 0…\(last)")
    }
    self.step = chosen
    let records = try RolloutReader.records(path: path, ofStep: chosen).filter { record in
      task.map { record.questionID.contains("/\($0)/") } ?? true
    }
    total = records.count
    selection = RolloutSelection(of: records, count: count)
  }

  public func text(json: Bool) throws -> String {
    let kinds = [("best", selection.best), ("typical", selection.typical), ("worst", selection.worst)]
    if json {
      return try kinds.map { kind, records in try records.map { try Self.json($0, kind: kind) + "\n" }.joined() }.joined()
    }
    return "step \(step), \(total) completions\n"
      + kinds.map { kind, records in
        records.isEmpty ? "" : "\n\(kind)\n" + records.map { Self.block($0) }.joined(separator: "\n")
      }.joined()
  }

  private static func block(_ record: RolloutRecord) -> String {
    let components = record.components.map { "\($0.label) \($0.score.map(number) ?? "–")" }.joined(separator: " · ")
    let fault = record.fault.isEmpty ? "" : " (\(record.fault))"
    return """
        \(record.reward.map(number) ?? "unscored")  \(record.completion.text)  [\(record.outcome)\(fault)]
          \(record.prompt)  \(record.questionID)
          \(components)

      """
  }

  private static func number(_ value: Double) -> String { String(format: "%+.3f", value) }

  private static func json(_ record: RolloutRecord, kind: String) throws -> String {
    let (null, fault): (Any, Any) = (NSNull(), record.fault.isEmpty ? NSNull() : record.fault)
    let object: [String: Any] = [
      "kind": kind, "step": record.step, "id": record.questionID, "sample": record.sampleIndex, "prompt": record.prompt,
      "text": record.completion.text, "reward": record.reward ?? null, "outcome": record.outcome, "reason": fault,
      "components": Dictionary(uniqueKeysWithValues: record.components.map { ($0.label, $0.score ?? null) }),
    ]
    return try JSONText.line(object)
  }
}
