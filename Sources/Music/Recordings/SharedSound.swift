import Files
import Foundation
import Timelines

/// What tells recordings apart, whatever they are called: the file behind links, and its bytes.
struct SharedSound {
  private var keys: [String: String] = [:]

  /// Bytes at the beginning, in the middle and at the end of a file by which it is known; with its size they stand for all of it.
  private static let sample = 1 << 16

  /// The same for two paths whose files hold the same bytes, as far as their size and three samples of them say.
  mutating func key(of path: String) -> String {
    if let known = keys[path] { return known }
    let key = Self.digest(of: path) ?? URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    keys[path] = key
    return key
  }

  private static func digest(of path: String) -> String? {
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? file.close() }
    guard let size = try? file.seekToEnd() else { return nil }
    var hash = FNV1a()
    let sample = UInt64(sample)
    for offset in Set([0, size / 2, size > sample ? size - sample : 0]).sorted() {
      guard (try? file.seek(toOffset: offset)) != nil, let bytes = try? file.read(upToCount: Self.sample) else { return nil }
      for byte in bytes { hash.add(UInt64(byte)) }
    }
    return "\(size) \(hash.hexadecimal)"
  }
}

/// Which tracks no split may part: those of one piece, and those of one recording, whatever their names.
struct TrackBonds {
  /// The first track's number by what it shares with others, and the parents of a union of sets.
  private var first: [String: Int] = [:]
  private var parents: [Int] = []
  private var names: [Int: String] = [:]

  init(_ tracks: [RecordedTrack], sounds: inout SharedSound) {
    parents = Array(tracks.indices)
    for (index, track) in tracks.enumerated() {
      for bond in ["piece \(track.piece)", "sound \(sounds.key(of: track.sound.path))"] {
        if let other = first[bond] { join(index, other) } else { first[bond] = index }
      }
    }
    for (index, track) in tracks.enumerated() {
      let root = root(index)
      names[root] = min(names[root] ?? track.piece, track.piece)
    }
  }

  /// What the tracks that are bound to this one share: the least name of their pieces.
  func name(_ index: Int) -> String { names[root(index)] ?? "" }

  private func root(_ index: Int) -> Int {
    var index = index
    while parents[index] != index { index = parents[index] }
    return index
  }

  private mutating func join(_ one: Int, _ other: Int) {
    let (low, high) = (min(root(one), root(other)), max(root(one), root(other)))
    parents[high] = low
  }
}
