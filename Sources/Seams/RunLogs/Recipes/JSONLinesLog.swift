public import Options

/// `jsonl`: events as JSON lines.
///
/// `log.jsonl` is the run's own log: it is written whatever `log:` says, whole and before anything else, and resume depends on it.
/// Another `file` is a copy for others to read.
public struct JSONLinesLog: LogRecipe {
  public static let name = "jsonl"
  public static let summary =
    "one JSON object an event; log.jsonl is always written, another `file` is a copy of what you choose"
  public static let takesHistory = true
  public static let ownFile = "log.jsonl"

  public let file: String

  public init(options: inout OptionReader) {
    file = options.logFile(default: Self.ownFile)
  }

  public var files: [String] { [file] }

  public func open(for run: LoggedRun) throws -> any RunLogSink {
    try JSONLinesSink(path: "\(run.directory)/\(file)")
  }
}
