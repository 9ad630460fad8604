import Foundation
import Music
import Timelines

/// Files that users of other programs reported, below `Cases`.
enum CaseFiles {
  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases/\(name)")))
  }

  static func path(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases/\(name)").path(percentEncoded: false)
  }

  static func timeline(_ name: String) throws -> Timeline {
    try MIDIScore(MIDIFile(parsing: try bytes(name), path: name), path: name).timeline(id: "x")
  }
}
