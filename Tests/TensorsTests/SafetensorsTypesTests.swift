import Foundation
import Tensors
import Testing

/// What other writers leave: element types, unknown fields, checksums.
struct SafetensorsTypesTests {
  private func file(_ header: String, _ data: [UInt8]) -> [UInt8] {
    let header = Array(header.utf8)
    return (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header + data
  }

  private func values(_ type: String, _ count: Int, _ data: [UInt8]) throws -> [Float] {
    let bytes = file("{\"x\":{\"dtype\":\"\(type)\",\"shape\":[\(count)],\"data_offsets\":[0,\(data.count)]}}", data)
    let tensor = try #require(try Safetensors(decoding: bytes)["x"])
    return tensor.withUnsafeBufferPointer { Array($0) }
  }

  /// Bit patterns written out from IEEE 754 and two's complement.
  @Test func everyTypeOfNumberIsRead() throws {
    #expect(
      try values("F16", 5, [0x00, 0x3C, 0x00, 0xC0, 0x01, 0x00, 0xFF, 0x7B, 0x00, 0xFC]) == [1, -2, 0x1p-24, 65504, -.infinity])
    #expect(try values("F16", 1, [0x00, 0x7E])[0].isNaN)
    #expect(try values("BF16", 3, [0x80, 0x3F, 0x49, 0x40, 0x00, 0x80]) == [1, 3.140625, -0.0])
    #expect(
      try values("F64", 2, [0, 0, 0, 0, 0, 0, 0xF8, 0x3F, 0x9A, 0x99, 0x99, 0x99, 0x99, 0x99, 0xB9, 0x3F]) == [1.5, 0.1])
    #expect(
      try values("I64", 2, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 0, 0, 1, 0, 0, 0, 0]) == [-1, 16_777_216])
    #expect(try values("I32", 1, [0xFE, 0xFF, 0xFF, 0xFF]) == [-2])
    #expect(try values("I16", 1, [0x00, 0x80]) == [-32768])
    #expect(try values("I8", 2, [0x80, 0x7F]) == [-128, 127])
    #expect(try values("U8", 2, [0x80, 0xFF]) == [128, 255])
    #expect(try values("U16", 1, [0xFF, 0xFF]) == [65535])
    #expect(try values("U32", 1, [0, 0, 0, 0x80]) == [0x1p31])
    #expect(try values("U64", 1, [0, 0, 0, 0, 0, 0, 0, 0x80]) == [0x1p63])
    #expect(try values("BOOL", 3, [0, 1, 2]) == [0, 1, 1])
  }

  @Test func aTensorOfAnotherTypeIsInTheWayOfNobodyButWhoAsksForIt() throws {
    let bytes = file(
      #"{"odd":{"dtype":"F8_E4M3","shape":[2],"data_offsets":[0,2]},"x":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}"#,
      [1, 2, 0, 0, 0x80, 0x3F])
    let read = try Safetensors(decoding: bytes)
    #expect(try read.tensor(named: "x", shape: [1]) == Tensor(shape: [1], values: [1]))
    #expect(read["odd"] == nil)
    #expect { try read.tensor(named: "odd", shape: [2]) } throws: {
      ($0 as? SafetensorsError)?.code == .unsupportedType && "\($0)".contains("F8_E4M3")
    }
  }

  /// As the format's own reader takes them.
  @Test func nullMetadataAndUnknownFieldsAreReadAsPythonDoes() throws {
    let bytes = file(
      #"{"__metadata__":null,"x":{"dtype":"F32","note":{"a":[1,-2.5e3,"b",null,true]},"shape":[1],"data_offsets":[0,4]}}"#,
      [0, 0, 0x80, 0x3F])
    let read = try Safetensors(decoding: bytes)
    #expect(read["x"] == Tensor(shape: [1], values: [1]) && read.metadata.isEmpty)
    let deep = String(repeating: "[", count: 5000)
    #expect { try Safetensors(decoding: file(#"{"x":{"note":"# + deep, [])) } throws: {
      ($0 as? SafetensorsError)?.code == .badHeader && "\($0)".contains("100 deep")
    }
  }

  @Test func everyChangedByteOfAFileWithASumIsNoticed() throws {
    let whole = Safetensors(
      [
        .init(name: "weight", tensor: Tensor(shape: [2, 2], values: [1, 2, 3, 4])),
        .init(name: "bias", tensor: Tensor(shape: [3], values: [5, 6, 7])),
      ], metadata: ["kind": "x"]
    ).summed()
    let bytes = whole.encoded()
    #expect(try Safetensors(decoding: bytes) == whole)
    let dataStart = bytes.count - 28
    for index in dataStart..<bytes.count {
      var damaged = bytes
      damaged[index] ^= 0x20
      #expect { try Safetensors(decoding: damaged) } throws: { ($0 as? SafetensorsError)?.code == .damaged }
    }
    // The order in which another tool writes the tensors makes no difference, another value does.
    #expect(throws: Never.self) {
      try Safetensors(decoding: Safetensors(whole.entries.reversed(), metadata: whole.metadata).encoded())
    }
    var other = whole
    other.metadata["kind"] = "y"
    #expect(throws: SafetensorsError.self) { try Safetensors(decoding: other.encoded()) }
  }
}
