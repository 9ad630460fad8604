import Foundation

extension CodingUserInfoKey {
  /// The version of the messages that is spoken, an `Int`.
  static var policyMessages: CodingUserInfoKey {
    guard let key = CodingUserInfoKey(rawValue: "policy messages") else { preconditionFailure("a text is a key") }
    return key
  }
}

/// Numbers of single precision: a list in version 1 of the messages, from version 2 on their little-endian bytes in base 64 as one text.
struct PackedFloats: Codable, Sendable, Hashable {
  var numbers: [Float]

  init(_ numbers: [Float]) { self.numbers = numbers }

  init(from decoder: any Decoder) throws {
    guard decoder.userInfo[.policyMessages] as? Int ?? 1 >= 2 else {
      numbers = try [Float](from: decoder)
      return
    }
    let container = try decoder.singleValueContainer()
    guard let text = try? container.decode(String.self) else {
      // A worker that is written by hand may send a list.
      numbers = try [Float](from: decoder)
      return
    }
    guard let bytes = Data(base64Encoded: text), bytes.count % 4 == 0 else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "is no base 64 (RFC 4648) of little-endian float32, four bytes a number")
    }
    numbers = bytes.withUnsafeBytes { raw in
      (0..<raw.count / 4).map {
        Float(bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)))
      }
    }
    if let index = numbers.firstIndex(where: { !$0.isFinite }) {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "number \(index) is \(numbers[index]): refuse the call with code non-finite instead")
    }
  }

  func encode(to encoder: any Encoder) throws {
    guard encoder.userInfo[.policyMessages] as? Int ?? 1 >= 2 else { return try numbers.encode(to: encoder) }
    var bytes = Data(capacity: 4 * numbers.count)
    for number in numbers { withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) } }
    var container = encoder.singleValueContainer()
    try container.encode(bytes.base64EncodedString())
  }
}
