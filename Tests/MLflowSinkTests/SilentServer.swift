import Foundation

/// A port that takes connections, and says nothing or one thing.
final class SilentServer: Sendable {
  private let socket: Int32
  let address: String

  init?(answer: String? = nil) {
    let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.socket = socket
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &name) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, size) == 0 && listen(socket, 5) == 0 && getsockname(socket, $0, &size) == 0
      }
    }
    address = "http://127.0.0.1:\(UInt16(bigEndian: name.sin_port))"
    guard isBound else { return nil }
    guard let answer else { return }
    Thread.detachNewThread {
      let connection = accept(socket, nil, nil)
      var bytes = [UInt8](repeating: 0, count: 4096)
      _ = recv(connection, &bytes, bytes.count, 0)
      _ = send(connection, answer, answer.utf8.count, Int32(MSG_NOSIGNAL))
      close(connection)
    }
  }

  deinit { close(socket) }

  /// What this thread has computed so far, in seconds.
  static var threadSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
