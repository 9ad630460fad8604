import Foundation
import Testing

@testable import Files

struct JSONBytesTests {
  private func text(_ write: (inout JSONBytes) -> Void) -> String {
    var bytes = JSONBytes()
    write(&bytes)
    return String(decoding: bytes.bytes, as: UTF8.self)
  }

  @Test func textsAreWrittenAsFoundationWritesThem() throws {
    let scalars = (0..<0x300).compactMap(Unicode.Scalar.init) + ["\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFF}", "🎵"]
    for scalar in scalars {
      let value = "a\(scalar)b/\(scalar)"
      #expect(text { $0.append(value) } == (try JSONText.line(value)))
      #expect("[\(text { $0.append(value) })]" == (try JSONText.line([value])))
      let object = try JSONText.line(object: ["k": value])
      #expect("{\"k\":\(text { $0.append(value) })}" == object)
    }
  }

  @Test func numbersAreWrittenAsFoundationWritesThem() throws {
    var generator = SystemRandomNumberGenerator()
    let random = (0..<20_000).map { _ in Double(bitPattern: generator.next()) }.filter(\.isFinite)
    let nice = (0..<2000).map { _ in Double(Int.random(in: -99_999...99_999)) / [1, 10, 100, 1e6][Int.random(in: 0..<4)] }
    let odd = [
      0, -0.0, 1, -1, 9, -9, 10, 0.1, 1e15, 1e16, 1e17, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0.0001, 0.00001,
    ]
    for value in odd + nice + random {
      let written = text { $0.append(value) }
      #expect("[\(written)]" == (try JSONText.line([value])))
      #expect("{\"k\":\(written)}" == (try JSONText.line(object: ["k": value])))
    }
    for value in [0, 9, 10, -1, .max, .min] { #expect("[\(text { $0.append(value) })]" == (try JSONText.line([value]))) }
    for value in [Double.nan, .infinity, nil] { #expect(text { $0.append(value) } == "null") }
  }

  @Test func keysAreOrderedAsTheirWriterOrdersThem() throws {
    let keys = ["b", "a10", "a9", "B", "A", "ä", "a", "z/\"", "a b", "_"]
    for writer in [JSONText.line(object:), { try JSONText.line($0 as [String: Int]) }] as [([String: Int]) throws -> String] {
      let all = try writer(Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) }))
      let order = try JSONBytes.order(of: keys, writtenBy: writer)
      let places = all.split(separator: ",").compactMap { $0.split(separator: ":").last.flatMap { Int($0.filter(\.isNumber)) } }
      #expect(order == places)
    }
  }
}
