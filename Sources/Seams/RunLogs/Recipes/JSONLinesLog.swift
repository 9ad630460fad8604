package import Options

/// `jsonl`: events as JSON lines.
///
/// `log.jsonl` is the run's own log: it is written whatever `log:` says, whole and before anything else, and resume depends on it.
/// Another `file` is a copy for others to read.
package struct JSONLinesLog: LogRecipe {
  package static let name = "jsonl"
  package static let summary =
    "one JSON object an event; log.jsonl is always written, another `file` is a copy of what you choose"
  package static let takesHistory = true
  package static let ownFile = "log.jsonl"

  package let file: String

  package init(options: inout OptionReader) {
    file = options.logFile(default: Self.ownFile)
  }

  package var files: [String] { [file] }

  package func open(for run: LoggedRun) throws -> any RunLogSink {
    try JSONLinesSink(path: "\(run.directory)/\(file)")
  }
}
