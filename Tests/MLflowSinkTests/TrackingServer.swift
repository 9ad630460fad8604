import Foundation

/// A real MLflow server on this machine, from the Python that `TAKT_PYTHON` names.
final class TrackingServer {
  private let process = Process()
  private let commands = Pipe()
  private let answers = Pipe()

  /// `nil` where there is no such Python.
  init?(folder: String) throws {
    guard let python = ProcessInfo.processInfo.environment["TAKT_PYTHON"], !python.isEmpty else { return nil }
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [
      URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("serve_mlflow.py").path, folder,
    ]
    process.standardInput = commands
    process.standardOutput = answers
    try process.run()
  }

  deinit {
    try? commands.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// Starts the server and returns its address.
  func start() throws -> String {
    try commands.fileHandleForWriting.write(contentsOf: Data("start\n".utf8))
    var line = Data()
    while line.last != UInt8(ascii: "\n") {
      let part = answers.fileHandleForReading.availableData
      if part.isEmpty { break }
      line += part
    }
    return String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  func kill() throws {
    try commands.fileHandleForWriting.write(contentsOf: Data("kill\n".utf8))
  }
}
