import Foundation
import Testing

@testable import Files

struct FolderLockTests {
  @Test func aFolderIsHeldUntilItIsReleased() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)").path
    try StoredFolder.make(folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(!FolderLock.isHeld(folder))
    let lock = try FolderLock(folder)
    #expect(FolderLock.isHeld(folder))
    lock.release()
    #expect(!FolderLock.isHeld(folder))
    try FolderLock(folder).release()
  }

  @Test func aFolderThatIsNotThereIsNamed() {
    #expect { try FolderLock("/nonexistent/run") } throws: { "\($0)".hasPrefix("/nonexistent/run/.lock: cannot be made") }
  }
}
