import Foundation
import Testing
import Training

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
