import Files
import Foundation
import Testing

struct AtomicFileTests {
  @Test func linksAndDevicesStay() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (file, link) = (folder.appendingPathComponent("file").path, folder.appendingPathComponent("link").path)
    try AtomicFile.write(Array("old".utf8), to: file)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
    try AtomicFile.write(Array("new".utf8), to: link)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "new")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == file)

    // A link to a device: what is written goes there, and the link is no file afterwards.
    let device = folder.appendingPathComponent("device").path
    try FileManager.default.createSymbolicLink(atPath: device, withDestinationPath: "/dev/full")
    #expect { try AtomicFile.write([1], to: device) } throws: { "\($0)".contains("cannot be written") }
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: device) == "/dev/full")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["device", "file", "link"])
  }
}

extension AtomicFileTests {
  /// A kill in the middle of a write leaves the temporary file; the next write takes its place, and nothing stays.
  @Test func whatAKilledProcessLeftIsWrittenOver() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data(repeating: 1, count: 5000).write(to: URL(fileURLWithPath: folder + "/file.partial"))
    try AtomicFile.write(Array("new".utf8), to: folder + "/file")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
    #expect(FileManager.default.contents(atPath: folder + "/file") == Data("new".utf8))
  }

  /// Writers of one name take turns: the file is always whole, and is that of one of them.
  @Test func manyWritersOfOneFileLeaveAWholeOne() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    await withTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          for _ in 0..<25 {
            #expect(throws: Never.self) {
              try AtomicFile.write([UInt8](repeating: UInt8(writer), count: 3000 + 1000 * writer), to: folder + "/file")
            }
            let seen = FileManager.default.contents(atPath: folder + "/file").map { Array($0) } ?? []
            #expect(Set(seen).count == 1 && seen.count == 3000 + 1000 * Int(seen.first ?? 0), "a torn file")
          }
        }
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
  }
}
