import MLflowSink
import Options
public import RunLogs

extension LogCatalog {
  /// The logs that an experiment may name, a file and a line each.
  public static let builtIn = LogCatalog([
    JSONLinesLog.self,
    CSVLog.self,
    TensorBoardLog.self,
    MLflowLog.self,
  ])

  /// Reads `log:`, a list of names and maps; where a file has none, `[jsonl, csv]` stands.
  ///
  /// The run's own log is left out.
  static func chosen(options: inout OptionReader) -> [ChosenLog] {
    let usual = ["jsonl", "csv"].map { OptionValue(.text($0)) }
    let logs = options.sections("log", shorthand: "sink", default: usual) { ChosenLog(options: &$0, catalog: .builtIn) }
    return logs.compactMap { $0 }.filter { !$0.isOwnLog }
  }
}
