/// The element types of a safetensors file that can be read as 32-bit floats.
enum SafetensorsType: String {
  case f64 = "F64"
  case f32 = "F32"
  case f16 = "F16"
  case bf16 = "BF16"
  case i64 = "I64"
  case i32 = "I32"
  case i16 = "I16"
  case i8 = "I8"
  case u64 = "U64"
  case u32 = "U32"
  case u16 = "U16"
  case u8 = "U8"
  case bool = "BOOL"

  /// Bytes of an element.
  var size: Int {
    switch self {
    case .f64, .i64, .u64: 8
    case .f32, .i32, .u32: 4
    case .f16, .bf16, .i16, .u16: 2
    case .i8, .u8, .bool: 1
    }
  }

  /// Every element as a float, the nearest where it has none of its own; `bytes` holds as many as `elements`.
  func read(_ bytes: UnsafeRawBufferPointer, into elements: UnsafeMutableBufferPointer<Float>) {
    switch self {
    case .f64: fill(elements, bytes, UInt64.self) { Float(Double(bitPattern: $0)) }
    case .f32: fill(elements, bytes, UInt32.self) { Float(bitPattern: $0) }
    case .f16: fill(elements, bytes, UInt16.self, Self.half)
    case .bf16: fill(elements, bytes, UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
    case .i64: fill(elements, bytes, Int64.self) { Float($0) }
    case .i32: fill(elements, bytes, Int32.self) { Float($0) }
    case .i16: fill(elements, bytes, Int16.self) { Float($0) }
    case .i8: fill(elements, bytes, Int8.self) { Float($0) }
    case .u64: fill(elements, bytes, UInt64.self) { Float($0) }
    case .u32: fill(elements, bytes, UInt32.self) { Float($0) }
    case .u16: fill(elements, bytes, UInt16.self) { Float($0) }
    case .u8: fill(elements, bytes, UInt8.self) { Float($0) }
    case .bool: fill(elements, bytes, UInt8.self) { $0 == 0 ? 0 : 1 }
    }
  }

  private func fill<Element: FixedWidthInteger & BitwiseCopyable>(
    _ elements: UnsafeMutableBufferPointer<Float>, _ bytes: UnsafeRawBufferPointer, _ type: Element.Type,
    _ convert: (Element) -> Float
  ) {
    for index in elements.indices {
      let value = bytes.loadUnaligned(fromByteOffset: index * size, as: Element.self)
      elements.initializeElement(at: index, to: convert(Element(littleEndian: value)))
    }
  }

  /// IEEE 754 binary16: 1 bit of sign, 5 of exponent (bias 15), 10 of fraction.
  private static func half(_ bits: UInt16) -> Float {
    let (sign, exponent, fraction) = (UInt32(bits >> 15) << 31, UInt32(bits >> 10) & 0x1F, UInt32(bits) & 0x3FF)
    switch exponent {
    case 0: return Float(bitPattern: sign | (Float(fraction) * 0x1p-24).bitPattern)
    case 31: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }
}
