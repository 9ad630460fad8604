#if !Whole
  import Files
  import Options
  import RunLogs

  /// Stands for the log `mlflow` in a build without the trait `Whole`: a file that names it is told the remedy.
  struct MLflowLog: LogRecipe {
    static let name = "mlflow"
    static let summary = "a run on an MLflow tracking server; not in this build, `make build` builds it with all"
    static let takesHistory = true

    private static let absence =
      "names mlflow, and this takt was built without it (the trait Whole), as `make demo` builds it first: `make build` builds it with all"

    init(options: inout OptionReader) {
      for key in ["uri", "experiment", "run"] { _ = options.text(key, default: "") }
      _ = options.number("interval", default: 1, in: 0...3600, unit: "s")
      options.record(Self.absence, at: "sink")
    }

    func open(for run: LoggedRun) async throws -> any RunLogSink { throw NamedError(Self.absence) }
  }
#endif
