/// Named tensors of 32-bit floats with text metadata, as bytes of the safetensors format.
///
/// The file is an 8-byte little-endian length, a JSON header of that length padded with spaces to a multiple of 8, and the
/// elements of each tensor one after another. Format: the Hugging Face safetensors repository, section *Format*.
public struct Safetensors: Sendable, Hashable {
  public struct Entry: Sendable, Hashable {
    public var name: String
    public var tensor: Tensor

    public init(name: String, tensor: Tensor) {
      self.name = name
      self.tensor = tensor
    }
  }

  /// In the order in which they lie in the file.
  public private(set) var entries: [Entry]
  public var metadata: [String: String]
  private var positions: [String: Int]
  /// Tensors of the file that this was read from whose elements are no numbers that a float holds: name → type.
  package private(set) var unread: [String: String] = [:]

  /// Traps where two entries share a name or one is named `__metadata__`.
  public init(_ entries: [Entry], metadata: [String: String] = [:]) {
    self.entries = entries
    self.metadata = metadata
    positions = [:]
    for (index, entry) in entries.enumerated() {
      precondition(entry.name != Self.metadataKey, "\(Self.metadataKey) is no name for a tensor")
      precondition(positions.updateValue(index, forKey: entry.name) == nil, "two tensors are named \(entry.name)")
    }
  }

  init(_ entries: [Entry], metadata: [String: String], unread: [String: String]) {
    self.init(entries, metadata: metadata)
    self.unread = unread
  }

  /// The parameters under their names.
  public init(_ parameters: ParameterSet, metadata: [String: String] = [:]) {
    self.init(zip(parameters.names, parameters.ids).map { Entry(name: $0, tensor: parameters[$1]) }, metadata: metadata)
  }

  /// Adds entries after those that are there; traps where a name is taken.
  public mutating func append(_ more: [Entry]) {
    self = Safetensors(entries + more, metadata: metadata)
  }

  public subscript(name: String) -> Tensor? {
    positions[name].map { entries[$0].tensor }
  }

  /// The tensor of a name and shape; throws `.missingTensor` or `.wrongShape`.
  public func tensor(named name: String, shape: [Int]) throws(SafetensorsError) -> Tensor {
    guard let found = self[name] else {
      if let type = unread[name] {
        throw SafetensorsError(
          .unsupportedType, "tensor \"\(name)\" holds \(type), which is not read here: convert it to float32")
      }
      throw SafetensorsError(
        .missingTensor, "no tensor \"\(name)\" among the \(entries.count) in the file; is it of another model?")
    }
    guard found.shape == shape else {
      throw SafetensorsError(
        .wrongShape, "tensor \"\(name)\" has shape \(found.shape) in the file, \(shape) here; the configurations differ")
    }
    return found
  }
}

extension ParameterSet {
  /// Takes every parameter's value from the file; throws where one is missing or has another shape, and then changes nothing.
  public mutating func restore(_ file: Safetensors) throws(SafetensorsError) {
    var restored = self
    for (name, id) in zip(names, ids) { restored[id] = try file.tensor(named: name, shape: self[id].shape) }
    self = restored
  }
}

extension Safetensors {
  static let metadataKey = "__metadata__"

  /// The file's bytes; the same tensors and metadata give the same bytes.
  public func encoded() -> [UInt8] {
    var header = Array("{".utf8)
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key < $1.key }.map { "\(Self.quoted($0.key)):\(Self.quoted($0.value))" }
      header += Array("\"\(Self.metadataKey)\":{\(pairs.joined(separator: ","))}\(entries.isEmpty ? "" : ",")".utf8)
    }
    var offset = 0
    for (index, entry) in entries.enumerated() {
      let end = offset + 4 * entry.tensor.count
      let shape = entry.tensor.shape.map(String.init).joined(separator: ",")
      let comma = index + 1 < entries.count ? "," : ""
      header += Array(
        "\(Self.quoted(entry.name)):{\"dtype\":\"F32\",\"shape\":[\(shape)],\"data_offsets\":[\(offset),\(end)]}\(comma)".utf8)
      offset = end
    }
    header.append(UInt8(ascii: "}"))
    while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.count + offset)
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes += header
    for entry in entries { Self.append(entry.tensor, to: &bytes) }
    return bytes
  }

  private static func append(_ tensor: Tensor, to bytes: inout [UInt8]) {
    tensor.withUnsafeBufferPointer { elements in
      if 1.littleEndian == 1 {
        bytes.append(contentsOf: UnsafeRawBufferPointer(elements))
      } else {
        for element in elements { withUnsafeBytes(of: element.bitPattern.littleEndian) { bytes.append(contentsOf: $0) } }
      }
    }
  }

  /// The text as a JSON string.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
