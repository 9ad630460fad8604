public import Options
package import Questions
public import Rewards

/// A composition of rewards as a command judges with it: what its file says, and the baselines that it was told or fits itself.
///
/// All commands but the loop get theirs here, so that none differs from another in silence.
public struct Composition: Sendable {
  public var spec: RewardSpec
  public let resolved: OptionValue
  /// Whether its baselines are those of a file or a run.
  public let isToldBaselines: Bool

  /// - Parameter baselines: a file of baselines or a run's folder.
  public init(rewards file: String, baselines: String? = nil, plugins: Plugins = .current) throws {
    let rewards = try RewardFile(path: file, plugins: plugins)
    spec = rewards.spec
    resolved = rewards.resolved
    isToldBaselines = baselines != nil
    if let baselines { spec.take(try BaselinesFile.read(baselines)) }
  }

  /// Fits baselines to questions of this command's own where none were told.
  package mutating func fit(to questions: [Question], of source: String) {
    guard !isToldBaselines, !spec.baselineLabels.isEmpty else { return }
    spec.fitBaselines(to: questions, named: source)
  }

  /// What was allowed in the file, and what its baselines stand on: for standard error.
  public var warnings: [String] {
    guard let note = spec.baselineNote else {
      return spec.warnings
        + (isToldBaselines ? ["--baselines has no effect: no reward of this composition has a baseline"] : [])
    }
    return spec.warnings + [note + (isToldBaselines ? "" : "; --baselines RUN takes those of a run, whose rewards they are")]
  }
}
