import Files
import Foundation
import Timelines

/// What tells recordings apart, whatever they are called: the file behind links, and its bytes.
struct SharedSound {
  private var keys: [String: String] = [:]

  /// Bytes at the beginning, in the middle and at the end of a file by which files of one size are told apart first.
  private static let sample = 1 << 16

  /// Files of a size that no other has are not read, and none is read whole unless another is all but surely its copy.
  init(_ tracks: [[RecordedTrack]]) {
    let files = Dictionary(grouping: Set(tracks.joined().map(\.sound.path))) {
      URL(fileURLWithPath: $0).resolvingSymlinksInPath().path
    }
    var groups = [files.keys.sorted()]
    for (name, property) in [("", Self.size), ("sample", Self.sampled), ("bytes", Self.whole)] {
      groups = groups.flatMap { group -> [[String]] in
        guard group.count > 1 else { return [group] }
        return Dictionary(grouping: group) { property($0).map { "\(name) \($0)" } ?? $0 }.values.map { $0.sorted() }
      }
    }
    for group in groups {
      for file in group { for path in files[file] ?? [] { keys[path] = group[0] } }
    }
  }

  /// The same for paths whose files hold the same bytes.
  func key(of path: String) -> String { keys[path] ?? path }

  private static func size(_ path: String) -> UInt64? {
    var status = stat()
    return stat(path, &status) == 0 ? UInt64(max(0, status.st_size)) : nil
  }

  private static func sampled(_ path: String) -> UInt64? {
    guard let size = size(path) else { return nil }
    let last = size > UInt64(sample) ? size - UInt64(sample) : 0
    return digest(path, blocks: Set([0, last / 2, last]).sorted())
  }

  private static func whole(_ path: String) -> UInt64? {
    size(path).flatMap { digest(path, blocks: Array(stride(from: 0, to: $0, by: sample))) }
  }

  private static func digest(_ path: String, blocks: [UInt64]) -> UInt64? {
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? file.close() }
    var hash = FNV1a()
    for block in blocks {
      guard (try? file.seek(toOffset: block)) != nil, let bytes = try? file.read(upToCount: sample) else { return nil }
      for byte in bytes { hash.add(UInt64(byte)) }
    }
    return hash.value
  }
}

/// Which tracks no split may part: those of one piece, and those of one recording, whatever their names.
struct TrackBonds {
  /// The first track's number by what it shares with others, and the parents of a union of sets.
  private var first: [String: Int] = [:]
  private var parents: [Int] = []
  private var names: [Int: String] = [:]

  init(_ tracks: [RecordedTrack], sounds: SharedSound) {
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
