import Files

/// The layout of a rollout store on disk; all numbers are little endian.
///
/// A header, the eight letters `TAKTROLL` and the version in 4 bytes, then the records. Version 2 stores questions with the first
/// record of each group, version 3 whether the update learnt from the group; a file of an earlier version is read as well, and goes on with
/// such records where its run does. A record is a frame of 8 bytes (the
/// length of its data, and the CRC-32C of those 4 bytes), the data, and the CRC-32C of the data in 4 bytes. The frame has a
/// checksum of its own so that a torn record, whose length is right and whose end is missing, is told from a damaged one.
enum RolloutFormat {
  static let version: UInt32 = 3
  static let readable: ClosedRange<UInt32> = 1...version
  static let frameLength = 8
  static let trailerLength = 4

  static var header: [UInt8] { header(version: version) }

  static func isHeader(_ bytes: some Sequence<UInt8>) -> Bool {
    readable.contains { header(version: $0).elementsEqual(bytes) }
  }

  private static func header(version: UInt32) -> [UInt8] {
    var writer = ByteWriter()
    for letter in "TAKTROLL".utf8 { writer.write(letter) }
    writer.write(version)
    return writer.bytes
  }

  static func framed(_ data: [UInt8]) -> [UInt8] {
    var length = ByteWriter()
    length.write(UInt32(data.count))
    var record = length
    record.write(CRC32C.checksum(of: length.bytes))
    var trailer = ByteWriter()
    trailer.write(CRC32C.checksum(of: data))
    return record.bytes + data + trailer.bytes
  }

  /// Length of the data behind a frame; `nil` where the frame's checksum is not that of its length.
  static func dataLength(frame: ArraySlice<UInt8>) -> Int? {
    var reader = ByteReader(frame)
    guard
      let length: UInt32 = reader.integer(), let checksum: UInt32 = reader.integer(),
      checksum == CRC32C.checksum(of: frame.prefix(4))
    else { return nil }
    return Int(length)
  }

  /// The data before its checksum; `nil` where the two do not agree.
  static func data(withTrailer bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let data = bytes.dropLast(trailerLength)
    var reader = ByteReader(bytes.suffix(trailerLength))
    guard let checksum: UInt32 = reader.integer(), checksum == CRC32C.checksum(of: data) else { return nil }
    return data
  }
}
