import Foundation
import Timelines

/// An answer over HTTP/1, put together from the bytes as they come.
///
/// It ends where its `Content-Length` or its last chunk says, else where the connection does. Bounded whatever the server sends: the head
/// at 64 KiB, the body at ``InputLimit/httpBody``; a length that is no number from 0 on, or two that differ, are refused.
package struct HTTPAnswer: Sendable {
  package private(set) var status = 0
  package private(set) var body: [UInt8] = []
  /// Whether all of it is there.
  package private(set) var isComplete = false
  private var bytes: [UInt8] = []
  private var framing = Framing.head

  private enum Framing: Hashable { case head, untilEnd, length(Int), chunks }

  package static let longestHead = 65_536

  package init() {}

  /// Takes the next bytes; what follows a complete answer is left out.
  package mutating func take(_ more: some Sequence<UInt8>) throws(HTTPFault) {
    guard !isComplete else { return }
    bytes += more
    while framing == .head, try readHead() {}
    switch framing {
    case .head: break
    case .untilEnd:
      body += bytes
      bytes = []
    case .length(let length):
      body += bytes.prefix(length - body.count)
      bytes = []
      isComplete = body.count >= length
    case .chunks: try readChunks()
    }
    guard body.count <= InputLimit.httpBody else {
      throw HTTPFault("its answer is longer than \(InputLimit.httpBody) bytes")
    }
  }

  /// To be called where the connection has ended: throws where something is missing.
  package mutating func end() throws(HTTPFault) {
    if framing == .untilEnd { isComplete = true }
    guard isComplete else { throw HTTPFault("its answer is cut off after \(body.count + bytes.count) bytes or is no HTTP") }
  }

  /// Whether another head may follow, as after an interim answer (1xx).
  private mutating func readHead() throws(HTTPFault) -> Bool {
    guard let end = bytes.prefix(Self.longestHead).firstRange(of: Array("\r\n\r\n".utf8)) else {
      guard bytes.count < Self.longestHead else {
        throw HTTPFault("its answer's head is longer than \(Self.longestHead) bytes")
      }
      return false
    }
    let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
    bytes.removeFirst(end.upperBound)
    let words = lines[0].split(separator: " ")
    guard words.count >= 2, words[0].hasPrefix("HTTP/"), words[1].utf8.count == 3, let status = Int(words[1]), status >= 100
    else {
      throw HTTPFault("its answer is no HTTP: it begins with '\(lines[0].prefix(40))'")
    }
    if status < 200 { return true }
    self.status = status
    framing = try Self.framing(lines.dropFirst(), status: status)
    if framing == .length(0) { isComplete = true }
    return false
  }

  private static func framing(_ lines: ArraySlice<String>, status: Int) throws(HTTPFault) -> Framing {
    func values(_ name: String) -> [String] {
      lines.filter { $0.lowercased().hasPrefix(name + ":") }.map {
        String($0.dropFirst(name.count + 1)).trimmingCharacters(in: .whitespaces)
      }
    }
    if [204, 304].contains(status) { return .length(0) }
    if let coding = values("transfer-encoding").last {
      guard coding.lowercased() == "chunked" else { throw HTTPFault("its answer is in the transfer encoding '\(coding)'") }
      return .chunks
    }
    let lengths = Set(values("content-length"))
    guard let text = lengths.first else { return .untilEnd }
    guard lengths.count == 1, !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw HTTPFault(
        "its answer says a length of '\(lengths.sorted().joined(separator: "' and '"))'; it must be one number from 0 on")
    }
    guard let length = Int(text), length <= InputLimit.httpBody else {
      throw HTTPFault("its answer says a length of \(text) bytes; at most \(InputLimit.httpBody) are read")
    }
    return .length(length)
  }

  private mutating func readChunks() throws(HTTPFault) {
    var start = 0
    defer { bytes.removeFirst(start) }
    while let end = bytes[start...].prefix(1024).firstRange(of: [0x0D, 0x0A]) {
      let digits = bytes[start..<end.lowerBound].prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") }
      guard !digits.isEmpty, digits.count <= 8, let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), size >= 0
      else {
        throw HTTPFault("its answer has a chunk whose length is '\(String(decoding: digits.prefix(20), as: UTF8.self))'")
      }
      guard body.count + size <= InputLimit.httpBody else {
        throw HTTPFault("its answer is longer than \(InputLimit.httpBody) bytes")
      }
      if size == 0 {
        isComplete = true
        return
      }
      let data = end.upperBound..<end.upperBound + size
      guard bytes.count >= data.upperBound + 2 else { return }
      body += bytes[data]
      start = data.upperBound + 2
    }
    guard bytes.count - start < 1024 else { throw HTTPFault("its answer has a chunk without a length") }
  }
}

/// Why a server could not be asked, or what is wrong with its answer.
package struct HTTPFault: Error, Sendable, CustomStringConvertible, LocalizedError {
  package let description: String
  package var errorDescription: String? { description }

  init(_ description: String) { self.description = description }
}
