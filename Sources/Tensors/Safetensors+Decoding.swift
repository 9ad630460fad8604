extension Safetensors {
  /// Reads a file's bytes; elements that are no 32-bit floats become such, whole numbers rounded to the nearest.
  ///
  /// Tensors of a type that has no such numbers (float8, complex …) are left out, and named where one of them is asked for. Throws
  /// `.truncated`, `.badHeader`, `.badLayout`, or `.damaged` where the file holds a checksum of other content.
  public init(decoding bytes: [UInt8]) throws(SafetensorsError) {
    let header = try Self.header(of: bytes)
    var reader = SafetensorsHeaderReader(Array(bytes[header]))
    let (descriptions, metadata) = try reader.read()
    let data = header.upperBound..<bytes.count
    try Self.checkLayout(descriptions, dataCount: data.count)
    var (entries, unread): ([Entry], [String: String]) = ([], [:])
    for description in descriptions {
      guard let type = SafetensorsType(rawValue: description.type) else {
        unread[description.name] = description.type
        continue
      }
      let place = data.lowerBound + description.offsets.lowerBound..<data.lowerBound + description.offsets.upperBound
      let tensor = Tensor(shape: description.shape) { elements in
        bytes.withUnsafeBytes { type.read(UnsafeRawBufferPointer(rebasing: $0[place]), into: elements) }
      }
      entries.append(Entry(name: description.name, tensor: tensor))
    }
    self.init(entries, metadata: metadata, unread: unread)
    try checkSum()
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
      let (name, offsets) = (description.name, description.offsets)
      guard offsets.lowerBound == end else {
        throw SafetensorsError(
          .badLayout, "tensor \"\(name)\" starts at byte \(offsets.lowerBound), not where the last ended (\(end))")
      }
      // Of a type that is not known here the tiling alone can be checked.
      let size = SafetensorsType(rawValue: description.type)?.size
      guard let needed = byteCount(of: description.shape, size: size ?? 1), size == nil || offsets.count == needed else {
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

  /// `size` bytes an element; `nil` where that exceeds `Int`.
  private static func byteCount(of shape: [Int], size: Int) -> Int? {
    var count = size
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
