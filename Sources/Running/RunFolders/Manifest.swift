import ChildProcesses
import Files
import Foundation

/// What a run was made with, for whoever wants to make it again.
package struct Manifest: Sendable, Codable {
  package var taktVersion: String
  package var commit: String
  /// Checksum of the program's file; `nil` in manifests of earlier versions.
  package var program: String?
  package var command: [String]
  package var host: String
  package var processors: Int
  package var blas: String
  package var seed: UInt64
  package var startedAt: String
  /// File → FNV-1a hash of its content, of the checkpoints and data files that the run reads.
  package var inputs: [String: String]

  package init(seed: UInt64, blas: String, inputs: [String]) {
    taktVersion = Self.version
    commit = RunningProgram.commit
    program = RunningProgram.digits
    command = CommandLine.arguments.map(Self.withoutUserInfo)
    host = ProcessInfo.processInfo.hostName
    processors = ProcessInfo.processInfo.activeProcessorCount
    self.blas = blas
    self.seed = seed
    startedAt = ISO8601DateFormatter().string(from: Date())
    self.inputs = Self.digests(of: inputs)
  }

  /// Files with the hash of what they hold now.
  package static func digests(of paths: [String]) -> [String: String] {
    Dictionary(uniqueKeysWithValues: Set(paths).map { ($0, hash(of: $0)) })
  }

  package static let version = "0.1.0"

  package func write(to path: String) throws {
    try AtomicFile.write(try JSONText.indented(self), to: path)
  }

  /// The manifest in a file; `nil` where there is none that can be read.
  package init?(reading path: String) {
    guard let data = FileManager.default.contents(atPath: path),
      let found = try? JSONDecoder().decode(Manifest.self, from: data)
    else { return nil }
    self = found
  }

  /// Of the repository that the program was built in.
  static func currentCommit() -> String {
    let program = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent().path ?? "."
    let git = try? FinishedCommand.run(
      ["git", "-C", program, "describe", "--always", "--dirty"], timeout: 30, error: .nothing)
    guard let git, git.isSuccess else { return "unknown" }
    let text = String(decoding: git.output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    return text.isEmpty ? "unknown" : text
  }

  /// A password in an address of the command line is stored nowhere.
  static func withoutUserInfo(_ argument: String) -> String {
    argument.replacing(/:\/\/[^\/\s]*@/, with: "://")
  }

  private static func hash(of path: String) -> String {
    guard let data = FileManager.default.contents(atPath: path) else { return "missing" }
    let hash = FNV1a(data).value
    return String(hash, radix: 16)
  }
}
