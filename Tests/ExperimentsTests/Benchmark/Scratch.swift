import Foundation

/// A folder for the files of one test, removed with the value's end.
final class Scratch {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)").path

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Writes a file of these lines and returns its path.
  func file(_ name: String, _ lines: String...) throws -> String { try file(name, lines: lines) }

  func file(_ name: String, lines: [String]) throws -> String {
    let path = "\(folder)/\(name)"
    try lines.map { $0 + "\n" }.joined().write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
}

/// The message of what `body` throws.
func message(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "nothing thrown"
  } catch {
    return "\(error)"
  }
}
