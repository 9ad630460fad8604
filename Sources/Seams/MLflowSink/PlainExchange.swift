import Foundation
import Numbers

/// One request to a server over plain HTTP and its answer, with a deadline for the whole.
///
/// `URLSession` on Linux watches a socket for writing while it waits for an answer, which keeps a core busy for as long as the
/// server is silent. This waits in `poll`, on a thread of its own. It speaks HTTP/1.0, so an answer ends where the connection does.
struct PlainExchange: Sendable {
  let host: String
  let port: Int
  /// Head and body.
  private let request: [UInt8]

  init(_ method: String, _ url: URL, host: String, fields: [(String, String)], body: Data) {
    self.host = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
    port = url.port ?? 80
    let name = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
    let target = (url.path(percentEncoded: true), url.query(percentEncoded: true).map { "?\($0)" } ?? "")
    let own = [("Host", "\(name):\(port)"), ("Content-Length", "\(body.count)"), ("Connection", "close")]
    let head = (own + fields).map { "\($0.0): \($0.1)\r\n" }.joined()
    request = Array("\(method) \(target.0)\(target.1) HTTP/1.0\r\n\(head)\r\n".utf8) + body
  }

  func answer(within seconds: Double) async throws -> (status: Int, body: Data) {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue(label: "http", qos: .utility).async {
        continuation.resume(with: Result { try blockingAnswer(within: seconds) })
      }
    }
  }

  /// Holds its thread up until the answer is there or the time is over.
  func blockingAnswer(within seconds: Double) throws -> (status: Int, body: Data) {
    let deadline = ContinuousClock.now + .seconds(seconds)
    let socket = try connected(until: deadline, seconds)
    defer { close(socket) }
    var sent = 0
    while sent < request.count {
      try Self.wait(for: Int16(POLLOUT), on: socket, until: deadline, seconds)
      let count = request[sent...].withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count < 0, ![EAGAIN, EINTR].contains(errno) { throw Self.failure() }
      sent += max(0, count)
    }
    var answer = HTTPAnswer()
    var part = [UInt8](repeating: 0, count: 65_536)
    while !answer.isComplete {
      try Self.wait(for: Int16(POLLIN), on: socket, until: deadline, seconds)
      let count = recv(socket, &part, part.count, 0)
      if count < 0, ![EAGAIN, EINTR].contains(errno) { throw Self.failure() }
      if count == 0 { try answer.end() } else { try answer.take(part[..<max(0, count)]) }
    }
    return (answer.status, Data(answer.body))
  }

  /// Tries the host's addresses in order.
  private func connected(until deadline: ContinuousClock.Instant, _ seconds: Double) throws -> Int32 {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, "\(port)", &hints, &list)
    guard code == 0 else { throw HTTPFault(String(cString: gai_strerror(code))) }
    defer { freeaddrinfo(list) }
    var failure: any Error = HTTPFault("the host has no address")
    var next = list
    while let address = next?.pointee {
      next = address.ai_next
      let kind = address.ai_socktype | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
      let socket = socket(address.ai_family, kind, address.ai_protocol)
      guard socket >= 0 else {
        failure = Self.failure()
        continue
      }
      do {
        if connect(socket, address.ai_addr, address.ai_addrlen) != 0 {
          guard errno == EINPROGRESS else { throw Self.failure() }
          try Self.wait(for: Int16(POLLOUT), on: socket, until: deadline, seconds)
          var problem: Int32 = 0
          var size = socklen_t(MemoryLayout<Int32>.size)
          getsockopt(socket, SOL_SOCKET, SO_ERROR, &problem, &size)
          guard problem == 0 else { throw Self.failure(problem) }
        }
        return socket
      } catch {
        close(socket)
        failure = error
      }
    }
    throw failure
  }

  private static func wait(
    for event: Int16, on socket: Int32, until deadline: ContinuousClock.Instant, _ seconds: Double
  ) throws {
    while true {
      let rest = (deadline - .now) / .milliseconds(1)
      guard rest > 0 else { throw HTTPFault("no answer within \(Int(saturating: seconds.rounded(.up))) s") }
      var entry = pollfd(fd: socket, events: event, revents: 0)
      let count = poll(&entry, 1, Int32(saturating: min(rest.rounded(.up), 60_000)))
      if count > 0 { return }
      if count < 0, errno != EINTR { throw failure() }
    }
  }

  private static func failure(_ code: Int32 = errno) -> HTTPFault {
    HTTPFault(String(cString: strerror(code)))
  }
}
