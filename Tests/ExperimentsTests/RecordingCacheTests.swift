import Experiments
import Foundation
import Music
import Testing

@testable import ExternalPolicies
@testable import RunFolders
@testable import Tracks

/// Sound that is made for policies in other processes stays within the cache's bytes.
struct RecordingCacheTests {
  private static func temporaryFolder() -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent("takt-recordings-\(UUID().uuidString)").path
  }

  private static func write(_ names: [String], bytes: Int, into folder: String, hoursAgo: Double) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (age, name) in names.enumerated() {
      try Data(count: bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
      let date = Date(timeIntervalSinceNow: -3600 * hoursAgo - Double(age))
      try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: "\(folder)/\(name)")
    }
  }

  private static func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test func whatWasUsedLastStaysWithinTheLimitAndWhatAPolicyMayStillReadBeyondIt() throws {
    let folder = Self.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Self.write(["a.wav", "b.wav", "c.wav", "d.partial", "e.txt"], bytes: 100, into: folder, hoursAgo: 2)
    CachedFiles(folder: folder, ending: ".wav", limit: 200, spared: 3600).trim()
    #expect(try Self.names(folder) == ["a.wav", "b.wav", "e.txt"])
    CachedFiles.touch("\(folder)/b.wav")
    CachedFiles(folder: folder, ending: ".wav", limit: 50, spared: 3600).trim()
    #expect(try Self.names(folder) == ["b.wav", "e.txt"], "it was asked about in the last hour")
    CachedFiles(folder: folder, ending: ".wav", limit: 50).trim()
    #expect(try Self.names(folder) == ["e.txt"])
  }

  @Test func theFirstRecordingThatARunMakesTrimsTheSharedFolder() throws {
    let folder = Self.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Self.write(["old.wav"], bytes: 2_000_000, into: "\(folder)/recordings", hoursAgo: 2)
    let source = ComposedTracks(split: .validation, count: 1, seed: 11, configuration: .init())
    let timeline = source.timeline(0)
    let cache = RecordingCache(folder: nil, environment: ["TAKT_CACHE": folder, "TAKT_CACHE_MB": "1"])
    let made = try cache.file(of: source, 0, timeline)
    let names = try Self.names("\(folder)/recordings")
    #expect(names.count == 1 && names != ["old.wav"], "\(names)")
    #expect(try cache.file(of: source, 0, timeline) == made)
    // Asked about again, it counts as used.
    let past = Date(timeIntervalSinceNow: -7200)
    try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: made.path)
    _ = try cache.file(of: source, 0, timeline)
    let date = try FileManager.default.attributesOfItem(atPath: made.path)[.modificationDate] as? Date
    #expect(try #require(date) > Date(timeIntervalSinceNow: -600))
  }
}
