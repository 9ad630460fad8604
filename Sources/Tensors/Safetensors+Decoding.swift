extension Safetensors {
  /// Reads a file's bytes.
  ///
  /// Throws `.truncated`, `.badHeader`, `.unsupportedType` (only F32 is read) or `.badLayout`.
  public init(decoding bytes: [UInt8]) throws(SafetensorsError) {
    let header = try Self.header(of: bytes)
    var reader = SafetensorsHeaderReader(Array(bytes[header]))
    let (descriptions, metadata) = try reader.read()
    let data = header.upperBound..<bytes.count
    try Self.checkLayout(descriptions, dataCount: data.count)
    self.init(
      descriptions.map { description in
        let start = data.lowerBound + description.offsets.lowerBound
        return Entry(
          name: description.name,
          tensor: Tensor(shape: description.shape) { elements in
            bytes.withUnsafeBytes { bytes in
              for index in elements.indices {
                let bits = bytes.loadUnaligned(fromByteOffset: start + 4 * index, as: UInt32.self)
                elements.initializeElement(at: index, to: Float(bitPattern: UInt32(littleEndian: bits)))
              }
            }
          })
      }, metadata: metadata)
  }

  /// The header's bytes in the file.
  private static func header(of bytes: [UInt8]) throws(SafetensorsError) -> Range<Int> {
    guard bytes.count >= 8 else {
      throw SafetensorsError(.truncated, "\(bytes.count) bytes cannot hold the length of a safetensors header (8 bytes)")
    }
    let length = bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
    guard length <= UInt64(largestHeader) else {
      throw SafetensorsError(
        .badHeader, "the header is said to have \(length) bytes, more than \(largestHeader); this is no safetensors file")
    }
    let end = 8 + Int(length)
    guard end <= bytes.count else {
      throw SafetensorsError(
        .truncated, "the header ends at byte \(end) but the file has \(bytes.count); copy or download it again")
    }
    return 8..<end
  }

  /// The tensors must tile the data without gaps, each as long as its shape says.
  private static func checkLayout(
    _ descriptions: [SafetensorsHeaderReader.Description], dataCount: Int
  ) throws(SafetensorsError) {
    var end = 0
    for description in descriptions.sorted(by: {
      ($0.offsets.lowerBound, $0.offsets.upperBound) < ($1.offsets.lowerBound, $1.offsets.upperBound)
    }) {
      guard description.type == "F32" else {
        throw SafetensorsError(
          .unsupportedType, "tensor \"\(description.name)\" holds \(description.type); only F32 is read: convert it to float32")
      }
      let (name, offsets) = (description.name, description.offsets)
      guard offsets.lowerBound == end else {
        throw SafetensorsError(
          .badLayout, "tensor \"\(name)\" starts at byte \(offsets.lowerBound), not where the last ended (\(end))")
      }
      guard let needed = byteCount(of: description.shape), offsets.count == needed else {
        throw SafetensorsError(.badLayout, "tensor \"\(name)\" of shape \(description.shape) has \(offsets.count) bytes")
      }
      end = offsets.upperBound
    }
    guard end <= dataCount else {
      throw SafetensorsError(
        .truncated, "the tensors need \(end) bytes but \(dataCount) follow the header; copy or download the file again")
    }
    guard end == dataCount else {
      throw SafetensorsError(.badLayout, "\(dataCount - end) bytes follow the last tensor")
    }
  }

  /// Four bytes an element; `nil` where that exceeds `Int`.
  private static func byteCount(of shape: [Int]) -> Int? {
    var count = 4
    for size in shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: size)
      if overflows { return nil }
      count = product
    }
    return count
  }

  /// The limit of the format's own reader.
  private static let largestHeader = 100_000_000
}
