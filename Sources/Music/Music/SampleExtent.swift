import Foundation
import Numbers

/// How many bytes of samples a file promises beside those that are there: AIFF, CAF, RF64, RIFX, W64 and AU.
///
/// libsndfile reads such files to their end, wherever they were cut off.
struct SampleExtent {
  let announced: Int
  let there: Int

  /// Names with which files begin.
  static let beginnings: Set<String> = ["RIFF", "RIFX", "RF64", "FORM", "caff", ".snd", "fLaC", "OggS", "riff"]

  private static let mostChunks = 10_000
  /// Lengths of four bytes from here on mean that the length is not known.
  private static let unknownLength = 0x7FFF_F000

  /// How chunks stand in a file of one kind.
  private struct Layout {
    var first = 12
    var nameBytes = 4
    var sizeBytes = 4
    var isBigEndian = false
    var sizeCoversHeader = false
    var alignment = 2

    init?(_ name: String) {
      switch name {
      case "RF64": break
      case "RIFX", "FORM": isBigEndian = true
      case "caff": (first, sizeBytes, isBigEndian, alignment) = (8, 8, true, 1)
      case "riff": (first, nameBytes, sizeBytes, sizeCoversHeader, alignment) = (40, 16, 8, true, 8)
      default: return nil
      }
    }

    func number(_ bytes: some BidirectionalCollection<UInt8>) -> Int {
      let bytes = isBigEndian ? Array(bytes) : Array(bytes.reversed())
      return Int(clamping: bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
  }

  /// `nil` where the file is of another kind or does not say.
  ///
  /// Throws where another file begins after the samples.
  ///
  /// - Parameter name: the first four characters of the file.
  init?(_ file: FileHandle, name: String, path: String) throws {
    let length = Int(saturating: Double(try file.seekToEnd()))
    var found: (announced: Int, there: Int)?
    if name == ".snd" {
      found = try Self.plain(file, length: length, path: path)
    } else if let layout = Layout(name) {
      found = try Self.chunked(file, layout, length: length, path: path)
    }
    guard let found else { return nil }
    (announced, there) = found
  }

  /// The frames that the file should have, of which there are `frames`.
  func announced(frames: Int) -> Int {
    guard announced > there, there > 0 else { return frames }
    return Int(saturating: Double(frames) * Double(announced) / Double(there))
  }

  private static func chunked(
    _ file: FileHandle, _ layout: Layout, length: Int, path: String
  ) throws -> (announced: Int, there: Int)? {
    var offset = layout.first
    var found: (announced: Int, there: Int)?
    // RF64 says the length of its samples in a chunk before them (EBU Tech 3306).
    var longLength: Int?
    var hasData = false
    let headerBytes = layout.nameBytes + layout.sizeBytes
    for _ in 0..<mostChunks {
      try file.seek(toOffset: UInt64(offset))
      guard let header = try file.read(upToCount: headerBytes), header.count >= 4 else { break }
      let name = String(decoding: header.prefix(4), as: UTF8.self)
      if hasData, beginnings.contains(name) { throw SoundFormat.several(path, at: offset) }
      guard header.count == headerBytes else { break }
      var size = layout.number(Array(header.suffix(layout.sizeBytes)))
      if layout.sizeCoversHeader { size -= headerBytes }
      if name == "ds64", let body = try file.read(upToCount: 16), body.count == 16 {
        longLength = layout.number(body.suffix(8))
      }
      let start = offset + headerBytes
      if ["data", "SSND", "BODY"].contains(name), !hasData {
        hasData = true
        if layout.sizeBytes == 4, size == 0xFFFF_FFFF, let longLength { size = longLength }
        let isKnown = size > 0 && size < (layout.sizeBytes == 4 && longLength == nil ? unknownLength : Int.max / 2)
        guard isKnown else { return nil }
        found = (size, length - start)
      }
      guard size >= 0, size <= length - start else { break }
      offset = start + size
      offset += (layout.alignment - offset % layout.alignment) % layout.alignment
    }
    return found
  }

  /// The header of AU: where the samples begin, and how many bytes they have.
  private static func plain(_ file: FileHandle, length: Int, path: String) throws -> (announced: Int, there: Int)? {
    try file.seek(toOffset: 4)
    guard let bytes = try file.read(upToCount: 8), bytes.count == 8 else { return nil }
    let (start, size) = (
      bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }, bytes.suffix(4).reduce(0) { $0 << 8 | Int($1) }
    )
    guard start <= length, size > 0, size < unknownLength else { return nil }
    if start + size < length {
      try file.seek(toOffset: UInt64(start + size))
      let next = String(decoding: try file.read(upToCount: 4) ?? Data(), as: UTF8.self)
      if beginnings.contains(next) { throw SoundFormat.several(path, at: start + size) }
    }
    return (size, length - start)
  }
}
