extension Safetensors {
  /// Names, shapes and metadata of a file, without its elements: what can be known of it before anything is allocated for them.
  package struct Outline: Sendable {
    package let metadata: [String: String]
    /// Tensor → shape.
    package let shapes: [String: [Int]]
    let descriptions: [SafetensorsHeaderReader.Description]

    /// Bytes before the header: its length.
    package static let prefixLength = 8
    /// The limit of the format's own reader.
    private static let largestHeader = 100_000_000

    /// The length of the header that follows the first ``prefixLength`` bytes of a file of `byteCount` bytes.
    ///
    /// Throws `.truncated` where the file cannot hold it, `.badHeader` where it is no length of a header.
    package static func headerLength(_ prefix: [UInt8], byteCount: Int) throws(SafetensorsError) -> Int {
      guard prefix.count >= prefixLength else {
        throw SafetensorsError(.truncated, "\(prefix.count) bytes cannot hold the length of a safetensors header (8 bytes)")
      }
      let length = prefix.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
      guard length <= UInt64(largestHeader) else {
        throw SafetensorsError(
          .badHeader, "the header is said to have \(length) bytes, more than \(largestHeader); this is no safetensors file")
      }
      let end = prefixLength + Int(length)
      guard end <= byteCount else {
        throw SafetensorsError(
          .truncated, "the header ends at byte \(end) but the file has \(byteCount); copy or download it again")
      }
      return Int(length)
    }

    /// Reads the header of a file in which `dataCount` bytes follow it; throws `.badHeader`, `.badLayout` or `.truncated`.
    package init(header: [UInt8], dataCount: Int) throws(SafetensorsError) {
      var reader = SafetensorsHeaderReader(header)
      (descriptions, metadata) = try reader.read()
      try Self.checkLayout(descriptions, dataCount: dataCount)
      shapes = Dictionary(uniqueKeysWithValues: descriptions.map { ($0.name, $0.shape) })
    }
  }
}

extension Safetensors.Outline {
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
      guard let needed = bytes(of: description.shape, size: size ?? 1), size == nil || offsets.count == needed else {
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
  private static func bytes(of shape: [Int], size: Int) -> Int? {
    var count = size
    for size in shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: size)
      if overflows { return nil }
      count = product
    }
    return count
  }
}
