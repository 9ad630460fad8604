package import Options

/// `csv`: a table, made anew from the run's own log where a run goes on.
package struct CSVLog: LogRecipe {
  package static let name = "csv"
  package static let summary = "a table with a row an event and a column a metric, for spreadsheets and pandas"
  package static let takesHistory = true

  package let file: String

  package init(options: inout OptionReader) {
    file = options.logFile(default: "metrics.csv")
  }

  package var files: [String] { [file] }

  package func open(for run: LoggedRun) throws -> any RunLogSink { try CSVSink(path: "\(run.directory)/\(file)") }
}
