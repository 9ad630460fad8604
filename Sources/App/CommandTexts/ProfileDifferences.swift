import Algorithms
import Experiments
import Files
import Foundation
import Options
import Policies
import Rollouts
import RunReports

/// In what the numerical profiles of two toolkits differ: `takt list profiles`.
package struct ProfileDifferences: Sendable {
  private let comparison: ProfileComparison

  /// Throws where a name is no profile.
  package init(_ first: String, _ second: String) throws {
    func profile(_ name: String) throws -> Profile {
      guard let profile = Profile(rawValue: name) else {
        throw NamedError("no profile is named '\(name)'; known: \(Profile.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      return profile
    }
    comparison = ProfileComparison(try profile(first), try profile(second))
  }

  /// The choices that differ; with rollouts, a store's file or a run's folder, also what the algorithm makes of the completions of one of
  /// their steps.
  ///
  /// Throws where no algorithm has that name.
  package func text(rollouts: String?, step: Int?, algorithm: String = "grpo") throws -> String {
    let (left, right) = (comparison.left.rawValue, comparison.right.rawValue)
    let choices = TextTable(
      head: ["choice", left, right], rows: try differing(algorithm).map { [$0.name, $0.left, $0.right] }
    ).aligned
    guard let rollouts else { return choices }
    return choices + (try numbers(of: rollouts, step: step, algorithm: algorithm))
  }

  /// The choices that differ as a JSON list.
  package func json(algorithm: String = "grpo") throws -> String {
    try JSONText.indented(
      try differing(algorithm).map {
        ["choice": $0.name, comparison.left.rawValue: $0.left, comparison.right.rawValue: $0.right]
      })
  }

  private func differing(_ algorithm: String) throws -> [ProfileComparison.Choice] {
    guard AlgorithmCatalog.builtIn[algorithm] != nil else {
      throw NamedError(
        "no algorithm is named '\(algorithm)'; known: \(AlgorithmCatalog.builtIn.all.map { $0.name }.joined(separator: ", "))")
    }
    return comparison.choices(for: algorithm)
  }

  private func numbers(of rollouts: String, step: Int?, algorithm: String) throws -> String {
    let path = try Self.file(rollouts)
    guard let last = try RolloutStepSummary.steps(path: path).last else {
      throw FileError(path: path, message: "holds no rollouts: give a run that has taken a step")
    }
    let records = try RolloutReader.records(path: path, ofStep: step ?? last.step)
    guard !records.isEmpty else {
      throw FileError(path: path, message: "has no step \(step ?? last.step); the last is \(last.step)")
    }
    // The batch is what the update learnt from; a store without the mark has nothing else.
    let batch = EstimatorBatch(
      groups: Self.groups(records.filter { $0.isLearnt != false }),
      componentWeights: try Self.weights(of: records[0].components.map(\.label), beside: path))
    let compared = try comparison.completions(of: batch, algorithm: algorithm)
    let differing = compared.filter(\.differs)
    func number(_ value: Double) -> String { String(format: "%+.9f", value) }
    let heading =
      "\nstep \(step ?? last.step): \(differing.count) of \(compared.count) completions differ under \(algorithm)\n"
    guard !differing.isEmpty else { return heading }
    var table = TextTable(head: ["group/sample", comparison.left.rawValue, comparison.right.rawValue])
    for completion in differing.prefix(10) {
      let place = "\(completion.group)/\(completion.member)"
      let (ours, theirs) = (completion.left, completion.right)
      table.rows += [
        ["\(place) advantage", number(ours.advantage), number(theirs.advantage)],
        ["\(place) weight of a token", number(ours.tokenWeight), number(theirs.tokenWeight)],
        ["\(place) pull, Σ weight·A", number(ours.pull), number(theirs.pull)],
      ]
    }
    return heading + table.aligned + (differing.count > 10 ? "… and \(differing.count - 10) more\n" : "")
  }

  /// The store that a path names: itself, or that of a run.
  private static func file(_ path: String) throws -> String {
    var isFolder = ObjCBool(false)
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw FileError(path: path, message: "there is no such file: give a rollouts.bin or the folder of a run")
    }
    guard isFolder.boolValue else { return path }
    let store = try RunDirectory.existing(path).rolloutsFile
    guard FileManager.default.fileExists(atPath: store) else {
      throw FileError(path: store, message: "holds no rollouts: only reinforcement runs keep them")
    }
    return store
  }

  /// The weights of a store's components, from the `resolved.yaml` of its run; 1 for each where there is none or it names another.
  private static func weights(of labels: [String], beside store: String) throws -> [Double] {
    let folder = RunDirectory(path: URL(fileURLWithPath: store).deletingLastPathComponent().path)
    guard FileManager.default.fileExists(atPath: folder.resolvedFile),
      let rewards = try YAMLFile(path: folder.resolvedFile).root["rewards"], case .list(let items) = rewards.content
    else { return labels.map { _ in 1 } }
    let weights = Dictionary(zip(rewards.rewardNames, items)) { first, _ in first }
      .mapValues { $0["weight"]?.writtenText.flatMap(Double.init) ?? 1 }
    return labels.map { weights[$0] ?? 1 }
  }

  /// Records in the order of the store, cut into groups where the sample index starts again.
  private static func groups(_ records: [RolloutRecord]) -> [[EstimatorInput]] {
    var groups: [[EstimatorInput]] = []
    for record in records {
      if record.sampleIndex == 0 { groups.append([]) }
      guard !groups.isEmpty else { continue }
      groups[groups.count - 1].append(
        EstimatorInput(
          reward: record.reward, components: record.components.map(\.score),
          behaviorLogProbabilities: record.completion.logProbabilities, isTruncated: record.completion.isTruncated))
    }
    return groups
  }
}
