/// The bytes of a protocol-buffer message, field by field.
///
/// Encoding after *Protocol Buffers: Encoding*: a key (field number · 8 + wire type) as a variable-length integer, then the value.
struct ProtobufMessage {
  private(set) var bytes: [UInt8] = []

  private enum WireType: UInt64 {
    case variable = 0
    case fixed64 = 1
    case delimited = 2
    case fixed32 = 5
  }

  mutating func integer(_ field: UInt64, _ value: Int64) {
    key(field, .variable)
    variable(UInt64(bitPattern: value))
  }

  mutating func double(_ field: UInt64, _ value: Double) {
    key(field, .fixed64)
    bytes += value.bitPattern.littleEndianBytes
  }

  mutating func float(_ field: UInt64, _ value: Float) {
    key(field, .fixed32)
    bytes += value.bitPattern.littleEndianBytes
  }

  /// Numbers one after another without keys of their own.
  mutating func doubles(_ field: UInt64, _ values: [Double]) {
    delimited(field, values.flatMap { $0.bitPattern.littleEndianBytes })
  }

  mutating func text(_ field: UInt64, _ value: String) {
    delimited(field, Array(value.utf8))
  }

  mutating func message(_ field: UInt64, _ build: (inout ProtobufMessage) -> Void) {
    var child = ProtobufMessage()
    build(&child)
    delimited(field, child.bytes)
  }

  private mutating func delimited(_ field: UInt64, _ content: [UInt8]) {
    key(field, .delimited)
    variable(UInt64(content.count))
    bytes += content
  }

  private mutating func key(_ field: UInt64, _ type: WireType) {
    variable(field << 3 | type.rawValue)
  }

  /// Seven bits a byte, the least significant first; the top bit says that another byte follows.
  private mutating func variable(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

extension FixedWidthInteger {
  var littleEndianBytes: [UInt8] { withUnsafeBytes(of: littleEndian) { Array($0) } }
}
