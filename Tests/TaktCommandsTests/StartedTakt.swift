import Foundation

/// A run of the program that was built beside these tests, in a folder of its own.
struct StartedTakt: Sendable {
  let output: String
  let said: String
  let code: Int32

  /// - Parameter folder: Where it runs; paths among `words` count from there.
  init(_ words: [String], in folder: ScratchFolder, input: String = "") throws {
    let program = URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("takt")
    let process = Process()
    process.executableURL = program
    process.arguments = words
    process.currentDirectoryURL = folder.url
    let name = UUID().uuidString
    let files = try ["in", "out", "err"].map { end -> FileHandle in
      let url = folder.url.appendingPathComponent("\(name).\(end)")
      try Data((end == "in" ? input : "").utf8).write(to: url)
      return end == "in" ? try FileHandle(forReadingFrom: url) : try FileHandle(forWritingTo: url)
    }
    (process.standardInput, process.standardOutput, process.standardError) = (files[0], files[1], files[2])
    try process.run()
    process.waitUntilExit()
    output = try folder.text("\(name).out")
    said = try folder.text("\(name).err")
    code = process.terminationStatus
  }
}

/// A folder that goes with the test.
final class ScratchFolder: Sendable {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent("takt-commands-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(at: url) }

  func text(_ name: String) throws -> String {
    try String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
  }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: url.appendingPathComponent(name))
  }
}
