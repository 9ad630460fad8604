import Foundation
import Testing

@testable import Files

/// Files from outside are read up to their limit and no further.
struct OutsideFileTests {
  private static func fault(_ path: String, atMost limit: Int, remedy: String = "") -> String? {
    #expect(throws: FileError.self) { try OutsideFile.bytes(of: path, atMost: limit, remedy: remedy) }?.message
  }

  @Test func aFileIsReadWholeUpToItsLimit() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "takt-outside-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "file").path
    let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    #expect(try OutsideFile.bytes(of: path, atMost: 200_000) == bytes)
    #expect(Self.fault(path, atMost: 199_999, remedy: "cut it") == "has 200000 bytes; at most 199999 are allowed: cut it")
    #expect(Self.fault(folder.path, atMost: 10) == "is a folder where a file is wanted")
    #expect(Self.fault(path + "s", atMost: 10) == "there is no such file")
    let pipe = folder.appending(path: "pipe").path
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(Self.fault(pipe, atMost: 10) == "is a pipe where a file is wanted")
    #expect(Self.fault("/dev/zero", atMost: 10) == "is a device where a file is wanted")
  }

  /// A file of the process table says that it has no bytes, and has some.
  @Test func whatCountsAsEmptyIsReadToItsEnd() throws {
    #expect(try !OutsideFile.bytes(of: "/proc/self/status", atMost: 1 << 20).isEmpty)
    #expect(Self.fault("/proc/self/status", atMost: 10)?.contains("at most 10 are allowed") == true)
  }
}
