import Foundation
import RunLogs
import Testing

/// Where `TAKT_PYTHON` names a Python that has TensorBoard, its own reader must see what was recorded.
struct TensorBoardReadingTests {
  private func read(_ directory: String) throws -> [String]? {
    guard let python = ProcessInfo.processInfo.environment["TAKT_PYTHON"], !python.isEmpty else { return nil }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [
      URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("read_tensorboard.py").path, directory,
    ]
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return text.split(separator: "\n").map(String.init)
  }

  @Test func tensorBoardReadsScalarsHistogramsAndTexts() async throws {
    try await withScratchDirectory { directory in
      let sink = try TensorBoardSink(directory: directory, bins: 4)
      try await sink.record(RunEvent(kind: .started, step: 0, totalSteps: 2, text: "demo"))
      try await sink.record(
        RunEvent(
          kind: .step, step: 0, totalSteps: 2, scalars: ["reward/mean": 0.5, "policy/loss": -0.25],
          distributions: ["reward/distribution": [0, 0.5, 1, 1, .nan], "completion/length_distribution": [3, 3]],
          texts: ["completion/examples": "| né |"]))
      try await sink.record(
        RunEvent(kind: .evaluation, step: 1, totalSteps: 2, scalars: ["evaluation/tsg/hit@3s/greedy": 0.75]))
      try await sink.record(RunEvent(kind: .step, step: 1, totalSteps: 2, scalars: ["reward/mean": 9]))
      // The run was killed and goes on after one step: what was recorded of later steps is void.
      let resumed = try TensorBoardSink(directory: directory, resumingAt: 1, bins: 4)
      try await resumed.record(RunEvent(kind: .step, step: 1, totalSteps: 2, scalars: ["reward/mean": 0.75]))
      guard let lines = try read(directory) else { return }
      #expect(
        lines == [
          "scalar evaluation/tsg/hit@3s/greedy 1 0.75", "scalar policy/loss 1 -0.25", "scalar reward/mean 1 0.5",
          "scalar reward/mean 2 0.75", "text completion/examples 1 | né |", "text run/started 0 demo",
          "histogram completion/length_distribution 1 2.0 6.0 [3.0] [2.0]",
          "histogram reward/distribution 1 4.0 2.5 [0.25, 0.5, 0.75, 1.0] [1.0, 0.0, 1.0, 2.0]",
        ], "\(lines)")
    }
  }
}
