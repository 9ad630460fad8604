import Foundation
package import Options
package import RunLogs

/// `mlflow`: a run on an MLflow tracking server.
package struct MLflowLog: LogRecipe {
  package static let name = "mlflow"
  package static let summary = "a run on an MLflow tracking server, over its REST interface: metrics, parameters, status"
  package static let takesHistory = true

  /// With the user info that it may hold; what is stored and printed is ``destination``.
  let uri: String
  package let experiment: String
  package let run: String
  package let interval: Double

  package init(options: inout OptionReader) {
    uri = options.text(
      "uri", default: "",
      help:
        "the server's address; none for MLFLOW_TRACKING_URI, or http://127.0.0.1:5000 without it. User and password in it are "
        + "used and stored nowhere",
      stored: TrackingAddress.withoutUserInfo)
    experiment = options.text(
      "experiment", default: "takt", help: "the server's experiment, made where it has none of that name")
    run = options.text("run", default: "", help: "the run's name on the server; none for the experiment file's")
    interval = options.number(
      "interval", default: 1, in: 0...3600, unit: "s", help: "metrics of so many seconds go to the server together")
    if !uri.isEmpty, !uri.hasPrefix("http://"), !uri.hasPrefix("https://") {
      options.record("must begin with http:// or https://, not '\(TrackingAddress.withoutUserInfo(uri))'", at: "uri")
    }
  }

  package var files: [String] { [MLflowSink.fileName] }

  /// The server's address without user info.
  package var destination: String { TrackingAddress.withoutUserInfo(address) }

  private var address: String {
    uri.isEmpty ? ProcessInfo.processInfo.environment[TrackingAddress.trackingVariable] ?? "http://127.0.0.1:5000" : uri
  }

  package func open(for run: LoggedRun) async throws -> any RunLogSink {
    try await MLflowSink(
      client: MLflowClient(server: address), experiment: experiment,
      name: self.run.isEmpty ? run.name : self.run,
      interval: interval, run: run)
  }
}
