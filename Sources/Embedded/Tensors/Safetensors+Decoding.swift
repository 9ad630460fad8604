extension Safetensors {
  /// Reads a file's bytes; elements that are no 32-bit floats become such, whole numbers rounded to the nearest.
  ///
  /// Tensors of a type that has no such numbers (float8, complex …) are left out, and named where one of them is asked for. Throws
  /// `.truncated`, `.badHeader`, `.badLayout`, or `.damaged` where the file holds a checksum of other content.
  public init(decoding bytes: [UInt8]) throws(SafetensorsError) {
    let length = try Outline.headerLength(Array(bytes.prefix(Outline.prefixLength)), byteCount: bytes.count)
    let data = Outline.prefixLength + length..<bytes.count
    let outline = try Outline(header: Array(bytes[Outline.prefixLength..<data.lowerBound]), dataCount: data.count)
    var (entries, unread): ([Entry], [String: String]) = ([], [:])
    for description in outline.descriptions {
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
    self.init(entries, metadata: outline.metadata, unread: unread)
    try checkSum()
  }
}
