import Files

/// Records of a TensorBoard event file.
///
/// A record is the length of its data (8 bytes, little endian), the masked CRC-32C of those 8 bytes, the data, and the masked
/// CRC-32C of the data; the data is an `Event` message: wall time 1, step 2, file version 3, summary 5, session log 7.
enum TensorBoardRecord {
  /// The first record of every file.
  static func fileVersion(wallTime: Double) -> [UInt8] {
    record(wallTime: wallTime) { $0.text(3, "brain.Event:2") }
  }

  /// Says that the process started anew, so that what was recorded from `step` on is void.
  static func sessionStart(wallTime: Double, step: Int) -> [UInt8] {
    let start: Int64 = 1
    return record(wallTime: wallTime, step: step) { event in
      event.message(7) { $0.integer(1, start) }
    }
  }

  static func scalars(_ scalars: [(name: String, value: Double)], wallTime: Double, step: Int) -> [UInt8] {
    record(wallTime: wallTime, step: step) { event in
      event.message(5) { summary in
        for (name, value) in scalars {
          summary.message(1) { entry in
            entry.text(1, name)
            entry.float(2, Float(value))
          }
        }
      }
    }
  }

  /// Histograms: least 1, greatest 2, count 3, sum 4, sum of squares 5, right edges 6, counts 7.
  static func histograms(_ histograms: [(name: String, values: Histogram)], wallTime: Double, step: Int) -> [UInt8] {
    record(wallTime: wallTime, step: step) { event in
      event.message(5) { summary in
        for (name, values) in histograms {
          summary.message(1) { entry in
            entry.text(1, name)
            entry.message(5) { message in
              message.double(1, values.minimum)
              message.double(2, values.maximum)
              message.double(3, Double(values.count))
              message.double(4, values.sum)
              message.double(5, values.sumOfSquares)
              message.doubles(6, values.limits)
              message.doubles(7, values.counts)
            }
          }
        }
      }
    }
  }

  /// Shown under TensorBoard's tab for text, as Markdown.
  static func text(_ text: String, name: String, wallTime: Double, step: Int) -> [UInt8] {
    let stringType: Int64 = 7
    return record(wallTime: wallTime, step: step) { event in
      event.message(5) { summary in
        summary.message(1) { entry in
          entry.text(1, name)
          entry.message(9) { metadata in metadata.message(1) { $0.text(1, "text") } }
          entry.message(8) { tensor in
            tensor.integer(1, stringType)
            tensor.message(2) { shape in shape.message(2) { $0.integer(1, 1) } }
            tensor.text(8, text)
          }
        }
      }
    }
  }

  /// Length of the intact records at the head of a file; what follows them is torn.
  static func intactLength(of file: [UInt8]) -> Int {
    var offset = 0
    while let end = endOfRecord(at: offset, in: file) { offset = end }
    return offset
  }

  private static func record(wallTime: Double, step: Int = 0, _ build: (inout ProtobufMessage) -> Void) -> [UInt8] {
    var event = ProtobufMessage()
    event.double(1, wallTime)
    if step != 0 { event.integer(2, Int64(step)) }
    build(&event)
    let length = UInt64(event.bytes.count).littleEndianBytes
    return length + maskedChecksum(of: length) + event.bytes + maskedChecksum(of: event.bytes)
  }

  private static func endOfRecord(at offset: Int, in file: [UInt8]) -> Int? {
    let dataStart = offset + 12
    guard dataStart <= file.count else { return nil }
    let lengthBytes = file[offset..<offset + 8]
    guard file[(offset + 8)..<dataStart].elementsEqual(maskedChecksum(of: lengthBytes)) else { return nil }
    let length = lengthBytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(file.count - dataStart), file.count - dataStart - Int(length) >= 4 else { return nil }
    let dataEnd = dataStart + Int(length)
    guard file[dataEnd..<dataEnd + 4].elementsEqual(maskedChecksum(of: file[dataStart..<dataEnd])) else { return nil }
    return dataEnd + 4
  }

  /// Rotated right by 15 bits and shifted by a constant, since checksums of data with checksums in it are weak.
  private static func maskedChecksum(of bytes: some Sequence<UInt8>) -> [UInt8] {
    let checksum = CRC32C.checksum(of: bytes)
    return ((checksum >> 15 | checksum << 17) &+ 0xA282_EAD8).littleEndianBytes
  }
}
