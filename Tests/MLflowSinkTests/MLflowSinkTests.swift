import Foundation
import Options
import RunLogs
import Testing

@testable import MLflowSink

struct MLflowSinkTests {
  @Test func namesAreThoseThatTheServerTakes() {
    #expect(MLflowSink.sanitized("evaluation/tsg/hit@3s/greedy") == "evaluation/tsg/hit_3s/greedy")
    #expect(MLflowSink.sanitized("a-b_c.d: é|") == "a-b_c.d: __")
  }

  @Test func aServerThatIsNotThereIsAClearError() async {
    let run = LoggedRun(name: "x", directory: "/nonexistent")
    await #expect {
      _ = try await MLflowSink(
        client: MLflowClient(server: "http://127.0.0.1:9"), experiment: "e", name: "n", interval: 0, run: run)
    } throws: {
      ($0 as? MLflowError)?.code == .unreachable && "\($0)".contains("http://127.0.0.1:9") && "\($0)".contains("mlflow server")
    }
    await #expect {
      _ = try await MLflowSink(client: MLflowClient(server: "nowhere"), experiment: "e", name: "n", interval: 0, run: run)
    } throws: { ($0 as? MLflowError)?.code == .unreachable && "\($0)".contains("'nowhere'") }
  }

  /// A server that takes connections and says nothing costs its timeout.
  @Test func aServerThatHangsIsGivenUpAndNamed() async throws {
    let server = try #require(SilentServer())
    let client = MLflowClient(server: server.address, timeout: 1, environment: [:])
    await #expect {
      try await client.post("runs/update", MLflowMessages.Name(name: "x"), as: EmptyAnswer.self)
    } throws: {
      ($0 as? MLflowError)?.code == .unreachable && "\($0)".contains(server.address) && "\($0)".contains("no answer within 1 s")
    }
  }

  @Test func waitingForAnAnswerTakesNoWork() throws {
    let server = try #require(SilentServer())
    let url = try #require(URL(string: "\(server.address)/api?name=a"))
    let exchange = PlainExchange("GET", url, host: "127.0.0.1", fields: [], body: Data())
    let start = SilentServer.threadSeconds
    #expect(throws: HTTPFault.self) { try exchange.blockingAnswer(within: 1) }
    #expect(SilentServer.threadSeconds - start < 0.2, "it waits busily")
  }

  @Test func anAnswerOverPlainHTTPIsRead() async throws {
    let server = try #require(
      SilentServer(answer: "HTTP/1.1 200 OK\r\nContent-Length: 29\r\n\r\n{\"experiment_id\": \"seven\"   }"))
    let made: MLflowMessages.Experiment = try await MLflowClient(server: server.address, environment: [:])
      .post("experiments/create", MLflowMessages.Name(name: "x"))
    #expect(made.experimentId == "seven")
  }

  @Test func anAddressWithoutAProtocolIsAnIssue() {
    var options = OptionReader(OptionValue(.map([OptionEntry(key: "uri", value: OptionValue(.text("localhost:5000")))])))
    _ = MLflowLog(options: &options)
    #expect(options.closed().map(\.description) == ["uri: must begin with http:// or https://, not 'localhost:5000'"])
  }

  private struct Metric: Decodable, Hashable {
    let key: String
    let value: Double
    let step: Int
  }
  private struct History: Decodable { let metrics: [Metric]? }
  private struct Run: Decodable {
    struct Info: Decodable { let status: String, runName: String }
    struct Pair: Decodable { let key: String, value: String }
    struct Content: Decodable { let metrics: [Metric]?, params: [Pair]?, tags: [Pair]? }
    struct Found: Decodable { let info: Info, data: Content }
    let run: Found
  }

  private func step(_ number: Int, _ value: Double) -> RunEvent {
    RunEvent(
      kind: .step, step: number, totalSteps: 6, scalars: ["reward/mean": value, "evaluation/tsg/hit@3s/greedy": value / 2])
  }

  /// Where `TAKT_PYTHON` names a Python with an MLflow server: a run is made there, killed and gone on with, and the server is
  /// killed and comes back.
  @Test(.timeLimit(.minutes(3))) func aServerKeepsARunThroughKillsOfBoth() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    guard let server = try TrackingServer(folder: folder) else { return }
    let address = try server.start()
    try #require(address.hasPrefix("http://"), "see \(folder)/server.log")
    let client = MLflowClient(server: address)
    func open(_ run: LoggedRun) async throws -> MLflowSink {
      try await MLflowSink(client: client, experiment: "takt tests", name: "first", interval: 0, run: run)
    }

    // A new run, killed after three steps of which the checkpoint holds two.
    let parameters = (0..<250).map { (name: "options.\($0)", value: "\($0)") }
    let begun = try await open(LoggedRun(name: "x", summary: "a summary", directory: folder, parameters: parameters))
    for number in 0..<3 { try await begun.record(step(number, Double(number))) }

    // It goes on: the steps that the server has are not sent again, the one that it lacks comes from the run's own log.
    var history = [step(0, 0), step(1, 1)]
    history[1].scalars["policy/loss"] = 7
    let run = LoggedRun(name: "x", directory: folder, stepsDone: 2, history: history)
    let resumed = try await open(run)
    #expect(resumed.runID == begun.runID)
    for event in history { try await resumed.record(event) }

    // The server dies and comes back while the run goes on behind an isolated sink.
    var limits = IsolatedSink.Limits()
    limits.firstPause = .milliseconds(50)
    limits.longestPause = .milliseconds(200)
    limits.patience = .seconds(30)
    limits.failingPatience = .seconds(30)
    let isolated = IsolatedSink("mlflow", limits: limits) { resumed }
    await isolated.record(step(2, 2))
    try server.kill()
    var said: [String] = []
    for number in 3..<1000 where said.isEmpty {
      await isolated.record(step(number, number == 4 ? .nan : Double(number)))
      try await Task.sleep(for: .milliseconds(50))
      said += await isolated.warnings()
    }
    #expect(said.count == 1 && said[0].contains("no server answers at \(address)"), "\(said)")
    #expect(try server.start() == address)
    await isolated.record(RunEvent(kind: .finished, step: 6, totalSteps: 6))
    await isolated.finish()
    said += await isolated.warnings()
    #expect(said.last == "the log 'mlflow' works again; no event was lost", "\(said)")

    let found: Run = try await client.get("runs/get", ["run_id": begun.runID])
    #expect(found.run.info.status == "FINISHED" && found.run.info.runName == "first")
    #expect(found.run.data.params?.count == 250)
    #expect(found.run.data.tags?.contains { $0.key == "mlflow.note.content" && $0.value == "a summary" } == true)
    let rewards: History = try await client.get("metrics/get-history", ["run_id": begun.runID, "metric_key": "reward/mean"])
    let points = (rewards.metrics ?? []).sorted { $0.step < $1.step }
    #expect(points.map(\.step) == Array(1...points.count), "each step once: \(points)")
    #expect(points.prefix(4).map(\.value) == [0, 1, 2, 3])
    let losses: History = try await client.get("metrics/get-history", ["run_id": begun.runID, "metric_key": "policy/loss"])
    #expect(losses.metrics == [Metric(key: "policy/loss", value: 7, step: 2)])
    let hits: History = try await client.get(
      "metrics/get-history", ["run_id": begun.runID, "metric_key": "evaluation/tsg/hit_3s/greedy"])
    #expect(hits.metrics?.count == points.count)
  }
}
