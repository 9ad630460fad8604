import Files
import Foundation
import Numbers
package import RunLogs

/// A run on an MLflow tracking server.
///
/// `mlflow.json` in the run's folder remembers which; a run that goes on goes on there too, and what the server has already of
/// its steps is not sent again. Metrics wait for each other and go out in batches of at most 1000. Names keep letters, digits and
/// `_-. :/`; any other character becomes `_`, so `hit@3s` is `hit_3s` there. Infinite values arrive as the greatest finite ones.
package actor MLflowSink: RunLogSink {
  /// The file in the run's folder that remembers the run on the server.
  package static let fileName = "mlflow.json"

  private static let metricsPerBatch = 1000
  private static let parametersPerBatch = 100
  private static let valueLength = 6000

  package nonisolated let runID: String
  private let client: MLflowClient
  private let interval: Double
  private let now: @Sendable () -> Double
  /// Metric → the last step that the server had of it when the run went on.
  private var known: [String: Int] = [:]
  private var waiting: [MLflowMessages.Point] = []
  private var lastSent: Double
  private var hasEnded = false

  /// Makes the run on the server, or goes on with the one that `mlflow.json` names.
  init(
    client: MLflowClient, experiment: String, name: String, interval: Double, run: LoggedRun,
    now: @escaping @Sendable () -> Double = RunClock.wallTime
  ) async throws {
    self.client = client
    self.interval = interval
    self.now = now
    lastSent = now()
    let file = "\(run.directory)/\(Self.fileName)"
    if run.stepsDone > 0, let found = try await Self.remembered(file, client) {
      runID = found.info.runId
      for metric in found.data?.metrics ?? [] { known[metric.key] = metric.step ?? 0 }
      let update = MLflowMessages.UpdatedRun(runId: runID, status: .running)
      try await client.post("runs/update", update, as: EmptyAnswer.self)
      return
    }
    let experimentID = try await Self.experiment(experiment, client)
    var tags = [MLflowMessages.Pair(key: "mlflow.source.name", value: "takt")]
    if !run.summary.isEmpty { tags.append(MLflowMessages.Pair(key: "mlflow.note.content", value: run.summary)) }
    let request = MLflowMessages.NewRun(
      experimentId: experimentID, runName: name, startTime: Self.milliseconds(now()), tags: tags)
    let made: MLflowMessages.FoundRun = try await client.post("runs/create", request)
    runID = made.run.info.runId
    try Self.remember(["server": client.server, "experiment": experiment, "run_id": runID], in: file)
    let parameters = run.parameters.map {
      MLflowMessages.Pair(key: Self.sanitized($0.name), value: String($0.value.prefix(Self.valueLength)))
    }
    for start in stride(from: 0, to: parameters.count, by: Self.parametersPerBatch) {
      let part = Array(parameters[start..<min(start + Self.parametersPerBatch, parameters.count)])
      try await client.post("runs/log-batch", MLflowMessages.Batch(runId: runID, params: part), as: EmptyAnswer.self)
    }
  }

  package func record(_ event: RunEvent) async throws {
    let time = now()
    let step = event.stepsDone
    let points = event.scalars.sorted { $0.key < $1.key }.compactMap { name, value -> MLflowMessages.Point? in
      let key = Self.sanitized(name)
      if let last = known[key], step <= last { return nil }
      return MLflowMessages.Point(key: key, value: value, timestamp: Self.milliseconds(time), step: step)
    }
    waiting += points
    do {
      if waiting.count >= Self.metricsPerBatch || time - lastSent >= interval { try await send() }
      if event.kind == .warning {
        let tag = MLflowMessages.Tag(runId: runID, key: "takt.warning", value: String(event.text.prefix(Self.valueLength)))
        try await client.post("runs/set-tag", tag, as: EmptyAnswer.self)
      }
    } catch {
      waiting.removeLast(min(points.count, waiting.count))
      throw error
    }
    if event.kind == .finished { hasEnded = true }
  }

  /// Sends what waits, and says whether the run has finished or was stopped.
  package func finish() async throws {
    try await send()
    let update = MLflowMessages.UpdatedRun(
      runId: runID, status: hasEnded ? .finished : .killed, endTime: Self.milliseconds(now()))
    try await client.post("runs/update", update, as: EmptyAnswer.self)
  }

  private func send() async throws {
    while !waiting.isEmpty {
      let part = Array(waiting.prefix(Self.metricsPerBatch))
      try await client.post("runs/log-batch", MLflowMessages.Batch(runId: runID, metrics: part), as: EmptyAnswer.self)
      waiting.removeFirst(part.count)
    }
    lastSent = now()
  }

  /// The run that the file names, where the server still has it.
  private static func remembered(_ file: String, _ client: MLflowClient) async throws -> MLflowMessages.FoundRun.Run? {
    guard let data = FileManager.default.contents(atPath: file),
      let fields = try? JSONDecoder().decode([String: String].self, from: data), let runID = fields["run_id"],
      fields["server"] == client.server
    else { return nil }
    do {
      let found: MLflowMessages.FoundRun = try await client.get("runs/get", ["run_id": runID])
      return found.run.info.lifecycleStage == "deleted" ? nil : found.run
    } catch let error as MLflowError where error.code == .missing {
      return nil
    }
  }

  private static func experiment(_ name: String, _ client: MLflowClient) async throws -> String {
    do {
      let found: MLflowMessages.FoundExperiment = try await client.get("experiments/get-by-name", ["experiment_name": name])
      guard found.experiment.lifecycleStage != "deleted" else {
        throw MLflowError(.refused, "the experiment '\(name)' was deleted on \(client.server): restore it or name another one")
      }
      return found.experiment.experimentId
    } catch let error as MLflowError where error.code == .missing {
      let made: MLflowMessages.Experiment = try await client.post("experiments/create", MLflowMessages.Name(name: name))
      return made.experimentId
    }
  }

  private static func remember(_ fields: [String: String], in file: String) throws {
    let encoder = JSONText.encoder(isIndented: true)
    do {
      try AtomicFile.write(Array(try encoder.encode(fields)), to: file)
    } catch {
      throw MLflowError(.unwritable, "\(error)")
    }
  }

  static func sanitized(_ name: String) -> String {
    String(name.unicodeScalars.map { isAllowed($0) ? Character($0) : "_" })
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "_-. :/".unicodeScalars.contains(scalar))
  }

  private static func milliseconds(_ seconds: Double) -> Int64 { Int64(saturating: (1000 * seconds).rounded()) }
}
