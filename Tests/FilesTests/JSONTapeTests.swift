import Foundation
import Testing

@testable import Files

struct JSONTapeTests {
  private func read<Value>(_ text: String, _ body: (JSONElement) throws -> Value?) rethrows -> Value? {
    let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: JSONTape.padding)
    return try bytes.withUnsafeBufferPointer { buffer in
      try JSONTape().read(UnsafeBufferPointer(rebasing: buffer[..<text.utf8.count]), body)
    }
  }

  @Test func numbersAreThoseOfFoundationToTheLastBit() throws {
    let texts =
      (0..<20_000).map { _ in "\(Double.random(in: -1000...1000))" }
      + (0..<5000).map { _ in "\(Int.random(in: 0...999)).\(UInt64.random(in: 0...UInt64.max))e\(Int.random(in: -30...30))" }
      + ["0", "0.0", "1e0", "9007199254740993", "18446744073709551615", "-9223372036854775808", "41.486371072112725", "1e-5"]
    for text in texts {
      let expected = try JSONDecoder().decode([Double].self, from: Data("[\(text)]".utf8))[0]
      let found = read(text, \.double)
      #expect(found?.bitPattern == expected.bitPattern || found == nil && expected == 0, "\(text)")
    }
    // What simdjson does not keep apart from 0.
    for text in ["-0", "1e-400", "-0.0e-1", "4e-324"] { #expect(read(text, \.double) == nil, "\(text)") }
  }

  @Test(arguments: ["", "{", "NaN", "[1,]", "{\"a\":1,}", "01", "\"\\ud83d\"", "1e400", "\"\t\"", "[1] 2", "\u{FEFF}1"])
  func whatIsNoJSONIsNone(text: String) {
    #expect(read(text) { _ in true } == nil)
  }

  @Test func depthIsBounded() {
    func nested(_ depth: Int) -> String { String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    #expect(read(nested(400)) { _ in true } == true)
    #expect(read(nested(600)) { _ in true } == nil)
  }

  @Test func membersAreFoundOnce() throws {
    let names: [StaticString] = ["id", "list", "flag", "other"]
    let object = #"{"x":[{"id":1}],"list":["a","b\n\u00fc"],"flag":true,"id":-7,"other":null}"#
    let isFound = try read(object) { element in
      let members = try JSONMembers(element, names)
      let texts = try members.texts(1)
      #expect(texts == ["a", "b\nü"])
      let (number, flag, other) = (try members.int(0), try members.bool(2), try members.text(3))
      #expect(number == -7 && flag == true && other == nil)
      #expect(members.contains(3))
      #expect(throws: JSONMembers.Unusual.self) { try members.text(0) }
      return true
    }
    #expect(isFound == true)
    #expect(throws: JSONMembers.Unusual.self) { try read(#"{"id":1,"id":2}"#) { try JSONMembers($0, names) } }
    #expect(throws: JSONMembers.Unusual.self) { try read("[]") { try JSONMembers($0, names) } }
  }
}
