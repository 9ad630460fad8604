import Files
package import MusTBench
public import Options
public import RunLogs

#if Whole
  import MLflowSink
#endif

extension LogCatalog {
  /// Every log that ships with Takt.
  public static var builtIn: LogCatalog { builtInLogs }

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

/// Add a line here for a new file with a recipe.
private let builtInLogs = LogCatalog().listing([
  JSONLinesLog.self,
  CSVLog.self,
  TensorBoardLog.self,
  MLflowLog.self,
])

extension RunDirectory {
  /// What the run writes in its folder beside the logs that an experiment chooses.
  static let ownNames: [String] = {
    let run = RunDirectory(path: "")
    let paths = [
      run.resolvedFile, run.manifestFile, run.logFile, run.rolloutsFile, run.baselinesFile, run.checkpointsFolder,
      run.evaluationFile,
      EvaluationSum.file(of: run.evaluationFile), run.policyFile, run.policyStateFile, run.policyLogFile,
      FileSum.file(of: run.policyStateFile), FileSum.file(of: run.rolloutsFile), run.summaryFile, "/.lock",
    ]
    return paths.map { String($0.dropFirst()) }
  }()
}

extension MetricNames {
  /// Those of a run on these tasks of the benchmark.
  ///
  /// - Parameter measures: those of the tasks beside MusTBench's.
  package init(tasks: [String], measures: [BenchmarkMeasure] = []) {
    let all = Set(BenchmarkMeasure.mustBench + measures).sorted()
    self.init(values: ["<task>": tasks, "<metric>": all.map(\.name)])
  }
}
