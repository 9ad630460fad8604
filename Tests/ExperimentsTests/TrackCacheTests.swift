import AudioLanguageModel
import Experiments
import Foundation
import Music
import Testing

@testable import EmbeddedPolicies
@testable import Tracks

struct TrackCacheTests {
  private static let encoder = MusicEncoder(seed: 3)
  private static let source = ComposedTracks(split: .validation, count: 5, seed: 11, configuration: .init())

  private static func temporaryFolder() -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent("takt-cache-\(UUID().uuidString)").path
  }

  private static func cache(_ folder: String, limit: Int = 1_000_000_000, encoder: [UInt8] = [1, 2, 3]) -> TrackCache {
    TrackCache(folder: folder, limit: limit, encoderFile: encoder)
  }

  private static func tracks(_ source: ComposedTracks, cache: TrackCache?) throws -> [EncodedTrack] {
    try TrackLibrary.encoded(source, by: encoder, cache: cache, title: "", progress: .silent)
  }

  private static func files(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  private static func isEqual(_ one: [EncodedTrack], _ other: [EncodedTrack]) throws -> Bool {
    try one.map(\.timeline) == other.map(\.timeline) && one.map { try $0.audio } == other.map { try $0.audio }
  }

  @Test func tracksAreTheSameWithoutACacheAsTheyAreMadeAndWhenReadAgain() throws {
    let folder = Self.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let plain = try Self.tracks(Self.source, cache: nil)
    let made = try Self.tracks(Self.source, cache: Self.cache(folder))
    #expect(try Self.files(folder).count == 5)
    let read = try Self.tracks(Self.source, cache: Self.cache(folder))
    #expect(try Self.isEqual(plain, made))
    #expect(try Self.isEqual(plain, read))
  }

  @Test func aTrackIsFoundUnderItsNumberInTheStreamWhateverTheRunStartsAt() throws {
    let folder = Self.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let whole = try Self.tracks(Self.source, cache: Self.cache(folder))
    let later = ComposedTracks(split: .validation, first: 2, count: 4, seed: 11, configuration: .init())
    let part = try Self.tracks(later, cache: Self.cache(folder))
    #expect(try Self.files(folder).count == 6)
    #expect(try Self.isEqual(Array(part.prefix(3)), Array(whole.suffix(3))))
  }

  @Test func tracksBeyondTheMemoryAreTheSameFromTheCacheAndWithoutOne() throws {
    let folder = Self.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let plain = try Self.tracks(Self.source, cache: nil)
    for cache in [nil, Self.cache(folder)] {
      let fetched = try TrackLibrary.encoded(
        Self.source, by: Self.encoder, cache: cache, memory: 100_000, title: "", progress: .silent)
      #expect(try Self.isEqual(plain, fetched))
    }
  }

  @Test func anotherEncoderOrAnotherOptionFindsNothing() throws {
    let folder = Self.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let one = ComposedTracks(split: .validation, count: 1, seed: 11, configuration: .init())
    _ = try Self.tracks(one, cache: Self.cache(folder))
    _ = try Self.tracks(one, cache: Self.cache(folder, encoder: [1, 2, 4]))
    #expect(try Self.files(folder).count == 2)
    let train = ComposedTracks(split: .train, count: 1, seed: 11, configuration: .init())
    _ = try Self.tracks(train, cache: Self.cache(folder))
    #expect(try Self.files(folder).count == 3)
  }

  /// Every byte of a file is covered: one flipped anywhere makes the track anew.
  @Test func aDamagedFileIsMadeAnew() throws {
    let folder = Self.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let one = ComposedTracks(split: .validation, count: 1, seed: 11, configuration: .init())
    let whole = try Self.tracks(one, cache: Self.cache(folder))
    let name = try #require(try Self.files(folder).first)
    let path = "\(folder)/\(name)"
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    for place in [0, 9, bytes.count / 2, bytes.count - 9, bytes.count - 1] {
      var damaged = bytes
      damaged[place] ^= 0x10
      try damaged.write(to: URL(fileURLWithPath: path))
      #expect(try Self.isEqual(try Self.tracks(one, cache: Self.cache(folder)), whole))
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
    }
    try bytes.prefix(100).write(to: URL(fileURLWithPath: path))
    #expect(try Self.isEqual(try Self.tracks(one, cache: Self.cache(folder)), whole))
  }

  @Test func theTrackNotUsedForLongestGoesFirst() throws {
    let folder = Self.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    _ = try Self.tracks(Self.source, cache: Self.cache(folder))
    let cache = Self.cache(folder)
    let old = try #require(Self.source.identity(2))
    for name in try Self.files(folder) {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1e9)], ofItemAtPath: "\(folder)/\(name)")
    }
    for index in [0, 1, 3, 4] {
      let identity = try #require(Self.source.identity(index))
      #expect(cache.track(identity) != nil)
    }
    let total = try Self.files(folder).reduce(0) { sum, name in
      sum + (try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")).count)
    }
    Self.cache(folder, limit: total - 1).trim()
    #expect(try Self.files(folder).count == 4)
    #expect(cache.track(old) == nil)
  }

  @Test func theEnvironmentNamesTheFolderOrSwitchesItOff() {
    #expect(TrackCache(environment: ["TAKT_CACHE": "off"], encoderFile: []) == nil)
    #expect(TrackCache(environment: [:], encoderFile: [])?.folder == "runs/.cache")
    let cache = TrackCache(environment: ["TAKT_CACHE": "/x", "TAKT_CACHE_MB": "3"], encoderFile: [])
    #expect(cache?.folder == "/x")
    #expect(cache?.limit == 3_000_000)
  }
}
