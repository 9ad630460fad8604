public import Options

/// `csv`: a table, made anew from the run's own log where a run goes on.
public struct CSVLog: LogRecipe {
  public static let name = "csv"
  public static let summary = "a table with a row an event and a column a metric, for spreadsheets and pandas"
  public static let takesHistory = true

  public let file: String

  public init(options: inout OptionReader) {
    file = options.logFile(default: "metrics.csv")
  }

  public var files: [String] { [file] }

  public func open(for run: LoggedRun) throws -> any RunLogSink { try CSVSink(path: "\(run.directory)/\(file)") }
}
