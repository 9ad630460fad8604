import CSndFile
import Foundation
import Numbers

/// What the chunks of a WAV file say, beside how many bytes are there.
///
/// Programs that write to a pipe cannot go back to fill in lengths: they leave 0, or the largest number there is.
struct WaveChunks {
  private(set) var tag = 0
  private(set) var channels = 0
  private(set) var rate = 0
  private(set) var bits = 0
  /// Where the samples begin, in bytes.
  private(set) var dataStart: Int64 = 0
  private var announcedBytes = 0
  private var bytesThere = 0
  private var isFollowedByChunks = false

  /// Lengths from here on mean that the length is not known: sox and others write 2³¹ less 4096, ffmpeg 2³² less 1.
  private static let unknownLength = 0x7FFF_F000
  private static let mostChunks = 10_000

  /// Throws where another file begins after the samples.
  init(_ file: FileHandle, path: String) throws {
    let length = Int(try file.seekToEnd())
    var offset = 12
    var hasData = false
    for _ in 0..<Self.mostChunks {
      try file.seek(toOffset: UInt64(offset))
      guard let header = try file.read(upToCount: 8), header.count == 8 else { break }
      let bytes = [UInt8](header)
      let name = String(decoding: bytes[..<4], as: UTF8.self)
      let size = Self.littleEndian(bytes[4...])
      if hasData, SampleExtent.beginnings.contains(name) { throw SoundFormat.several(path, at: offset) }
      if name == "fmt " { readFormat([UInt8](try file.read(upToCount: min(size, 64)) ?? Data())) }
      if name == "data", !hasData {
        (hasData, dataStart, announcedBytes, bytesThere) = (true, Int64(offset + 8), size, length - offset - 8)
        if size == 0 { isFollowedByChunks = try Self.areChunks(file, from: offset + 8, length: length) }
      }
      offset += 8 + size + size % 2
    }
  }

  private static func littleEndian(_ bytes: some BidirectionalCollection<UInt8>) -> Int {
    bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  private mutating func readFormat(_ bytes: [UInt8]) {
    guard bytes.count >= 16 else { return }
    tag = Self.littleEndian(bytes[0..<2])
    channels = Self.littleEndian(bytes[2..<4])
    rate = Self.littleEndian(bytes[4..<8])
    bits = Self.littleEndian(bytes[14..<16])
    // In the extensible format the tag stands first in the sub-format.
    if tag == 0xFFFE, bytes.count >= 26 { tag = Self.littleEndian(bytes[24..<26]) }
  }

  /// Whether chunks follow each other from a place to the very end of the file.
  private static func areChunks(_ file: FileHandle, from start: Int, length: Int) throws -> Bool {
    var offset = start
    for _ in 0..<mostChunks where offset < length {
      try file.seek(toOffset: UInt64(offset))
      guard let header = try file.read(upToCount: 8), header.count == 8 else { return false }
      let bytes = [UInt8](header)
      guard bytes[..<4].allSatisfy({ (0x20...0x7E).contains($0) }) else { return false }
      offset += 8 + littleEndian(bytes[4...])
      offset += offset < length ? offset % 2 : 0
    }
    return offset == length
  }

  /// Whether samples follow a data chunk that says it has none.
  var isUnmeasured: Bool { dataStart > 0 && announcedBytes == 0 && bytesThere > 0 && !isFollowedByChunks }

  /// libsndfile's format of the bare samples; `nil` where they are packed.
  var rawFormat: Int32? {
    let sample: Int? =
      switch (tag, bits) {
      case (1, 8): SF_FORMAT_PCM_U8
      case (1, 16): SF_FORMAT_PCM_16
      case (1, 24): SF_FORMAT_PCM_24
      case (1, 32): SF_FORMAT_PCM_32
      case (3, 32): SF_FORMAT_FLOAT
      case (3, 64): SF_FORMAT_DOUBLE
      case (6, 8): SF_FORMAT_ALAW
      case (7, 8): SF_FORMAT_ULAW
      default: nil
      }
    return sample.map { Int32(SF_FORMAT_RAW | SF_ENDIAN_LITTLE | $0) }
  }

  /// The frames that the file should have, of which there are `frames`; `nil` where it does not say.
  func announced(frames: Int) -> Int? {
    guard dataStart > 0, announcedBytes < Self.unknownLength else { return nil }
    guard announcedBytes > bytesThere, bytesThere > 0 else { return frames }
    return Int(saturating: Double(frames) * Double(announcedBytes) / Double(bytesThere))
  }
}
