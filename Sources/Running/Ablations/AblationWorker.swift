import ChildProcesses
import Experiments
import Files
import Foundation
import RunLogs
import Training

/// One run of a grid in a process of its own: `takt train` on the arm's experiment file.
struct AblationWorker {
  /// How a worker ended.
  enum Ending {
    case finished
    /// It was asked to stop and left a checkpoint.
    case stopped
    /// A signal ended it; what it had reached is kept.
    case killed(signal: Int32)
    case failed(status: Int32)
  }

  let arm: AblationGrid.Arm
  let run: AblationGrid.Run
  let folder: String
  let outputFile: String
  /// It ends with the grid's process: its standard input closes then, and its supervisor ends it.
  private let process: SupervisedProcess

  /// Seconds that a worker has for the end of its own children.
  private static let grace = 30.0

  /// Starts `executable train …` for one arm and seed, with so many threads.
  init(
    _ arm: AblationGrid.Arm, _ run: AblationGrid.Run, grid: String, executable: String, threads: Int, options: [String]
  ) throws {
    self.arm = arm
    self.run = run
    folder = "\(grid)/\(run.folder)"
    outputFile = "\(grid)/\(run.folder).output.txt"
    try StoredFolder.make(URL(fileURLWithPath: outputFile).deletingLastPathComponent().path)
    guard FileManager.default.createFile(atPath: outputFile, contents: nil),
      let output = FileHandle(forWritingAtPath: outputFile)
    else { throw FileError(path: outputFile, message: "cannot be written: check the space left on its disk") }
    defer { try? output.close() }
    let arguments =
      ["train", "\(grid)/\(arm.experiment)", "--seed", "\(run.seed)", "--output", folder, "--quiet", "--leashed"] + options
    let environment = ProcessInfo.processInfo.environment.merging(
      ["TAKT_THREADS": "\(threads)", "OPENBLAS_NUM_THREADS": "1"]) { _, own in own }
    process = try SupervisedProcess(
      [executable] + arguments, environment: environment, input: .pipe, output: .descriptor(output.fileDescriptor),
      error: .descriptor(output.fileDescriptor), grace: Self.grace)
  }

  /// `nil` while it runs.
  var ending: Ending? {
    switch process.ending {
    case nil: nil
    case .killed(let signal): .killed(signal: signal)
    case .unknown: .killed(signal: SIGKILL)
    case .exited(0): .finished
    case .exited(3), .exited(130): .stopped
    case .exited(let status): .failed(status: status)
    }
  }

  /// Asks it to stop after the step that is running.
  func stop() { process.send(signal: SIGTERM) }

  /// Steps done of how many, and the newest `reward/mean`, from the end of the run's log.
  var progress: (done: Int, total: Int, reward: Double?)? { RunTail.progress(of: RunDirectory(path: folder).logFile) }

  /// The last lines that it wrote, for a message.
  var lastWords: String {
    let text = FileManager.default.contents(atPath: outputFile).map { String(decoding: $0, as: UTF8.self) } ?? ""
    return text.split(separator: "\n").suffix(6).map { "    \($0)" }.joined(separator: "\n")
  }
}

/// How far a run is, read from the end of its log.
enum RunTail {
  private static let length: UInt64 = 16_384

  static func progress(of logFile: String) -> (done: Int, total: Int, reward: Double?)? {
    guard let handle = FileHandle(forReadingAtPath: logFile) else { return nil }
    defer { try? handle.close() }
    guard let end = try? handle.seekToEnd() else { return nil }
    try? handle.seek(toOffset: end > length ? end - length : 0)
    guard let data = try? handle.readToEnd() else { return nil }
    let events = data.split(separator: UInt8(ascii: "\n")).suffix(4).compactMap { RunEvent(jsonLine: $0) }
    guard let last = events.last else { return nil }
    return (last.stepsDone, last.totalSteps, events.compactMap { $0.scalars["reward/mean"] }.last)
  }
}
