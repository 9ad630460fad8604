import Foundation
import Testing

@testable import MLflowSink

struct HTTPAnswerTests {
  /// In pieces of `size` bytes; `nil` where more is needed when the connection ends.
  private func read(_ text: String, pieces size: Int = 1) throws -> (status: Int, body: String) {
    let bytes = Array(text.utf8)
    var answer = HTTPAnswer()
    for start in stride(from: 0, to: bytes.count, by: size) { try answer.take(bytes[start..<min(bytes.count, start + size)]) }
    if !answer.isComplete { try answer.end() }
    return (answer.status, String(decoding: answer.body, as: UTF8.self))
  }

  @Test(arguments: [1, 2, 7, 1000])
  func everyFramingIsRead(_ size: Int) throws {
    let counted = try read("HTTP/1.1 200 OK\r\ncontent-length:  5 \r\n\r\nhello and more", pieces: size)
    #expect(counted == (200, "hello"))
    #expect(try read("HTTP/1.0 404 No\r\n\r\nuntil the end", pieces: size) == (404, "until the end"))
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=1\r\nhello\r\nA\r\n and world\r\n0\r\n\r\n"
    #expect(try read(chunked, pieces: size) == (200, "hello and world"))
    #expect(
      try read("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", pieces: size) == (200, "ok"))
    #expect(try read("HTTP/1.1 204 None\r\n\r\n", pieces: size) == (204, ""))
  }

  @Test(arguments: [
    ("HTTP/1.0 200 OK\r\nContent-Length: -5\r\n\r\n{}", "a length of '-5'"),
    ("HTTP/1.0 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{}", "at most"),
    ("HTTP/1.0 200 OK\r\nContent-Length: 16777217\r\n\r\n{}", "at most 16777216"),
    ("HTTP/1.0 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "'2' and '3'"),
    ("HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\n{}", "cut off"),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n", "a chunk"),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFF\r\n", "longer than"),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", "cut off"),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", "gzip"),
    ("SSH-2.0-OpenSSH\r\n\r\n", "no HTTP"), ("HTTP/1.1 -20 x\r\n\r\n", "no HTTP"), ("", "cut off"),
  ])
  func lengthsFromOutsideAreBounded(_ text: String, _ words: String) {
    #expect { try read(text) } throws: { "\($0)".contains(words) }
  }

  @Test func whatNeverEndsIsCutOff() {
    var head = HTTPAnswer()
    #expect(throws: HTTPFault.self) { for _ in 0..<1100 { try head.take([UInt8](repeating: 0x41, count: 64)) } }
    var body = HTTPAnswer()
    #expect {
      for _ in 0..<20 { try body.take(Array("HTTP/1.0 200 OK\r\n\r\n".utf8) + [UInt8](repeating: 0x41, count: 1 << 20)) }
    } throws: { "\($0)".contains("longer than 16777216") }
  }

  /// The server that ended runs: it is an error in words, and nothing else.
  @Test func aServerWithANegativeLengthIsAnError() async throws {
    let server = try #require(SilentServer(answer: "HTTP/1.0 200 OK\r\nContent-Length: -5\r\n\r\n{}"))
    let client = MLflowClient(server: server.address, timeout: 5, environment: [:])
    await #expect {
      try await client.post("runs/update", MLflowMessages.Name(name: "x"), as: EmptyAnswer.self)
    } throws: { ($0 as? MLflowError)?.code == .unreachable && "\($0)".contains("'-5'") }
  }
}
