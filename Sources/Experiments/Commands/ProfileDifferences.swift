import Algorithms
import Foundation
import Policies
import Rollouts
import Training

/// In what the numerical profiles of two toolkits differ: `takt algorithms diff`.
public struct ProfileDifferences: Sendable {
  private let comparison: ProfileComparison

  /// Throws where a name is no profile.
  public init(_ first: String, _ second: String) throws {
    func profile(_ name: String) throws -> Profile {
      guard let profile = Profile(rawValue: name) else {
        throw NamedError("no profile is named '\(name)'; known: \(Profile.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      return profile
    }
    comparison = ProfileComparison(try profile(first), try profile(second))
  }

  /// The choices that differ; with a run's folder also what GRPO makes of the completions of one of its steps.
  public func text(run: String?, step: Int?) throws -> String {
    let (left, right) = (comparison.left.rawValue, comparison.right.rawValue)
    var lines = [Self.row("choice", left, right)]
    lines += comparison.choices.map { Self.row($0.name, $0.left, $0.right) }
    if let run { lines += try numbers(run: run, step: step) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The choices that differ as a JSON list.
  public func json() throws -> String {
    let objects = comparison.choices.map {
      ["choice": $0.name, comparison.left.rawValue: $0.left, comparison.right.rawValue: $0.right]
    }
    let data = try JSONSerialization.data(
      withJSONObject: objects, options: [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted])
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  private func numbers(run: String, step: Int?) throws -> [String] {
    let path = try RunDirectory.existing(run).rolloutsFile
    guard FileManager.default.fileExists(atPath: path), let last = try RolloutStepSummary.steps(path: path).last else {
      throw FileError(path: path, message: "holds no rollouts: only reinforcement runs keep them")
    }
    let records = try RolloutReader.records(path: path, ofStep: step ?? last.step)
    guard !records.isEmpty else {
      throw FileError(path: path, message: "has no step \(step ?? last.step); the last is \(last.step)")
    }
    let compared = try comparison.completions(of: CreditBatch(groups: Self.groups(records)))
    let differing = compared.filter(\.differs)
    func number(_ value: Double) -> String { String(format: "%+.9f", value) }
    return [
      "", "step \(step ?? last.step): \(differing.count) of \(compared.count) completions differ under grpo; the first of them",
      Self.row("group/sample: advantage", comparison.left.rawValue, comparison.right.rawValue),
    ]
      + differing.prefix(10).map { completion in
        Self.row(
          "\(completion.group)/\(completion.member)", number(completion.left.advantage), number(completion.right.advantage))
      }
  }

  /// Records in the order of the store, cut into groups where the sample index starts again.
  private static func groups(_ records: [RolloutRecord]) -> [[CreditInput]] {
    var groups: [[CreditInput]] = []
    for record in records {
      if record.sampleIndex == 0 { groups.append([]) }
      guard !groups.isEmpty else { continue }
      groups[groups.count - 1].append(
        CreditInput(
          reward: record.reward, components: record.components.map(\.score),
          behaviorLogProbabilities: record.completion.logProbabilities, isTruncated: record.completion.isTruncated))
    }
    return groups
  }

  private static func row(_ name: String, _ left: String, _ right: String) -> String {
    name.padding(toLength: 30, withPad: " ", startingAt: 0) + left.padding(toLength: 22, withPad: " ", startingAt: 0) + right
  }
}
