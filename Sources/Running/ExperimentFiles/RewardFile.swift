public import ExperimentKinds
import OptionFiles
package import Options
public import Rewards

/// A YAML file that holds a composition of rewards under `rewards`, and nothing else but a name and a summary.
public struct RewardFile: Sendable {
  public let spec: RewardSpec
  package let resolved: OptionValue

  public init(path: String, plugins: Plugins) throws {
    var options = OptionReader(try YAMLFile(path: path).root)
    _ = options.text("name", default: "", help: "names the composition")
    _ = options.text("summary", default: "")
    spec = RewardSpec(options: &options, catalog: plugins.rewards)
    resolved = options.resolvedValue
    do {
      try options.finish()
    } catch {
      throw ExperimentError(file: path, issues: error.issues)
    }
  }
}
