import Foundation
import Numbers

/// Where a policy listens that Takt does not reach through standard streams: `unix:PATH` or `tcp://HOST:PORT`.
public struct PolicyAddress: Sendable, Hashable, CustomStringConvertible {
  enum Place: Hashable {
    case unix(path: String)
    case tcp(host: String, port: String)
  }

  let place: Place

  /// `nil` where the text is neither `unix:PATH` nor `tcp://HOST:PORT`, or the path too long for a socket (107 bytes).
  public init?(_ text: String) {
    if text.hasPrefix("unix:") {
      let path = String(text.dropFirst(5))
      guard !path.isEmpty, path.utf8.count <= 107, !path.utf8.contains(0) else { return nil }
      place = .unix(path: path)
      return
    }
    guard text.hasPrefix("tcp://"), let colon = text.lastIndex(of: ":") else { return nil }
    var host = text[text.index(text.startIndex, offsetBy: 6)..<max(colon, text.index(text.startIndex, offsetBy: 6))]
    let port = text[text.index(after: colon)...]
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    guard !host.isEmpty, !host.contains("/"), let number = Int(port), (1...65535).contains(number) else { return nil }
    place = .tcp(host: String(host), port: String(port))
  }

  /// Whether others than the users of this machine may reach it, so that it asks for a token.
  public var needsToken: Bool {
    if case .tcp = place { return true }
    return false
  }

  public var description: String {
    switch place {
    case .unix(let path): "unix:\(path)"
    case .tcp(let host, let port): host.contains(":") ? "tcp://[\(host)]:\(port)" : "tcp://\(host):\(port)"
    }
  }

  /// A connection that does not block; the reason in words where there is none within so many seconds.
  func connect(within seconds: Double) -> Result<Int32, Unreachable> {
    switch place {
    case .unix(let path):
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
      return withUnsafeBytes(of: &address) { Self.connect(AF_UNIX, $0, within: seconds) }
    case .tcp(let host, let port):
      var hints = addrinfo()
      hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
      var list: UnsafeMutablePointer<addrinfo>?
      let failure = getaddrinfo(host, port, &hints, &list)
      guard failure == 0 else {
        return .failure(Unreachable(reason: "'\(host)' is not found: \(String(cString: gai_strerror(failure)))"))
      }
      defer { freeaddrinfo(list) }
      var (entry, last) = (list, Unreachable(reason: "'\(host)' has no address"))
      while let found = entry {
        let address = UnsafeRawBufferPointer(start: found.pointee.ai_addr, count: Int(found.pointee.ai_addrlen))
        switch Self.connect(found.pointee.ai_family, address, within: seconds) {
        case .success(let descriptor):
          var on: Int32 = 1
          setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
          setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &on, socklen_t(MemoryLayout<Int32>.size))
          return .success(descriptor)
        case .failure(let error): last = error
        }
        entry = found.pointee.ai_next
      }
      return .failure(last)
    }
  }

  /// Why there is no connection.
  struct Unreachable: Error {
    let reason: String
  }

  private static func connect(
    _ family: Int32, _ address: UnsafeRawBufferPointer, within seconds: Double
  ) -> Result<Int32, Unreachable> {
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    let descriptor = socket(family, kind, 0)
    func failed(_ number: Int32) -> Result<Int32, Unreachable> {
      if descriptor >= 0 { close(descriptor) }
      return .failure(Unreachable(reason: String(cString: strerror(number)).lowercased()))
    }
    guard descriptor >= 0 else { return failed(errno) }
    let started = Foundation.connect(
      descriptor, address.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t(address.count))
    if started == 0 { return .success(descriptor) }
    guard errno == EINPROGRESS else { return failed(errno) }
    var watched = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    guard poll(&watched, 1, Int32(saturating: (seconds * 1000).rounded(.up))) > 0 else { return failed(ETIMEDOUT) }
    var (number, size) = (Int32(0), socklen_t(MemoryLayout<Int32>.size))
    getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &size)
    return number == 0 ? .success(descriptor) : failed(number)
  }
}
