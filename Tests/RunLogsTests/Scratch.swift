import Foundation

/// Gives `body` the path of a folder of its own, which is removed afterwards.
func withScratchDirectory<Result>(
  _ body: (String) async throws -> Result
) async throws -> Result {
  let directory = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: directory) }
  return try await body(directory.path)
}

func text(at path: String) throws -> String {
  try String(contentsOfFile: path, encoding: .utf8)
}
