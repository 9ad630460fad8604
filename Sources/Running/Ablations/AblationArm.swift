package import Experiments
import Options
import Rewards
import TemporalRewards

/// One arm of a grid: an experiment, and in which options it is not the grid's baseline.
public struct AblationArm: Sendable {
  public let name: String
  /// What it chooses in each list of the grid, in order.
  public let choices: [(axis: String, name: String)]
  package let experiment: ExperimentFile
  /// The arm's folder in that of the grid.
  package var folder: String { Self.fileName(name) }

  /// The options in which this arm is not `other`, as `path: theirs → this`.
  package func differences(from other: AblationArm) -> [String] {
    OptionDifference.between(other.experiment.resolved, experiment.resolved)
      .filter { $0.path != "name" }.map(\.description)
  }

  /// Every combination of one choice of each axis; what is wrong in any becomes an issue that names the arm.
  static func product(
    of axes: [AblationAxis], base: YAMLFile, grid: String, plugins: Plugins, issues: inout [OptionIssue]
  ) -> [AblationArm] {
    guard axes.allSatisfy({ !$0.choices.isEmpty }) else { return [] }
    var combinations: [[AblationAxis.Choice]] = [[]]
    for axis in axes { combinations = combinations.flatMap { chosen in axis.choices.map { chosen + [$0] } } }
    // A list of one value changes every arm alike and needs no place in their names.
    let naming = axes.indices.filter { axes.count == 1 || axes[$0].choices.count > 1 }
    var arms: [AblationArm] = []
    var seen: Set<OptionIssue> = []
    var folders: Set<String> = []
    for chosen in combinations {
      let words = naming.map { chosen[$0].name }
      let name = words.isEmpty ? chosen.map(\.name).joined(separator: "+") : words.joined(separator: "+")
      let changes = chosen.flatMap(\.changes) + [("name", OptionValue(.text("\(grid)-\(fileName(name))")))]
      do {
        let experiment = try ExperimentFile(AblationAxis.applying(changes, to: base), plugins: plugins)
        let choices = zip(axes, chosen).map { ($0.key, $1.name) }
        let arm = AblationArm(name: name, choices: choices, experiment: experiment)
        let found =
          arm.checks + (folders.insert(arm.folder).inserted ? [] : [arm.issue("name", "two arms have this name")])
        issues += found.filter { seen.insert($0).inserted }
        arms.append(arm)
      } catch let error as ExperimentError {
        // An issue that all arms share is told once.
        for issue in error.issues where seen.insert(issue).inserted {
          issues.append(OptionIssue(path: "arm \(name): \(issue.path)", line: issue.line, message: issue.message))
        }
      } catch {
        issues.append(OptionIssue(path: "arm \(name)", line: nil, message: "\(error)"))
      }
    }
    return arms
  }

  private var checks: [OptionIssue] {
    var issues: [OptionIssue] = []
    if experiment.stage.policy == nil {
      issues.append(issue("stage", "is \(experiment.stageName): a grid compares stages that answer questions"))
    }
    if !experiment.tracks.holdsOut {
      issues.append(issue("tracks.test", "is 0: arms are compared on held-out tracks; give some"))
    }
    return issues
  }

  private func issue(_ path: String, _ message: String) -> OptionIssue {
    OptionIssue(path: "arm \(name): \(path)", line: nil, message: message)
  }

  /// A name as a file's: letters, digits, and `+-_=.`; anything else becomes a dash.
  static func fileName(_ name: String) -> String {
    let text = String(
      name.unicodeScalars.map { scalar in
        let isKept =
          scalar.isASCII
          && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil || "+-_=.".unicodeScalars.contains(scalar))
        return isKept ? Character(scalar) : "-"
      })
    return text.hasPrefix(".") ? "-" + text : text
  }
}
