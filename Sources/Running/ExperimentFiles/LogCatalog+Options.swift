import ExperimentKinds
import MusTBench
import Options
import RunFolders
import RunLogs

extension LogCatalog {
  /// Reads `log:`, a list of names and maps; where a file has none, `[jsonl, csv]` stands.
  ///
  /// The run's own log is left out.
  func chosen(options: inout OptionReader, tasks: TaskCatalog) -> [ChosenLog] {
    let usual = ["jsonl", "csv"].map { OptionValue(.text($0)) }
    let metrics = MetricNames(tasks: tasks.names, measures: tasks.measures)
    var files = LogFiles(own: RunDirectory.ownNames)
    let logs = options.sections("log", shorthand: "sink", default: usual) { reader in
      let log = ChosenLog(options: &reader, catalog: self, metrics: metrics)
      if let log { files.claim(log, options: &reader) }
      return log
    }
    return logs.compactMap { $0 }.filter { !$0.isOwnLog }
  }
}
