import ExperimentKinds
import MusTBench
import Options
import RunFolders

extension ExperimentFile {
  /// The held-out metric that a terminal shows while it runs: the headline of its first task, in the order of the catalogue.
  package var shownMetric: String {
    if stage.policy == nil { return "evaluation/encoder/transition_f1" }
    let task = plugins.tasks.names.first { stage.taskNames.contains($0) } ?? TemporalSourceGrounding.name
    return "evaluation/\(task)/\(plugins.tasks.headline(of: task) ?? "")/\(Decoding.greedy.rawValue)"
  }
}
