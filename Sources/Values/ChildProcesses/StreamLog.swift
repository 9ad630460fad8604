package import Foundation
internal import Synchronization

/// Keeps what a process writes to a stream: in a file up to a limit, its end for messages, and on the terminal where wanted.
///
/// A thread of its own reads until the stream ends, so that no process is ever held up by what it has to say.
package final class StreamLog: Sendable {
  private struct State {
    var file: Int32
    var room: Int
    var end = Data()
    var isFinished = false
  }
  private let state: Mutex<State>
  private let path: String?
  private let echoes: Bool
  private static let keptEnd = 1 << 14

  /// Appends to `path`, whose file may grow to `limit` bytes; writes to standard error too where `echoes`.
  package init(path: String? = nil, limit: Int = 64 << 20, echoes: Bool) throws(POSIXError) {
    (self.path, self.echoes) = (path, echoes)
    let file = path.map { open($0, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0o644) } ?? -1
    guard path == nil || file >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    let size = file >= 0 ? Int(lseek(file, 0, SEEK_END)) : 0
    state = Mutex(State(file: file, room: max(0, limit - size)))
  }

  deinit { state.withLock { if $0.file >= 0 { Foundation.close($0.file) } } }

  /// Writes a line into the file alone.
  package func note(_ line: String) {
    state.withLock { Self.keep(Data((line + "\n").utf8), &$0) }
  }

  /// Reads `stream` until it ends.
  package func follow(_ stream: PipeEnd) {
    Thread.detachNewThread { [self] in
      var piece = Data(count: 1 << 16)
      while true {
        var watched = pollfd(fd: stream.descriptor, events: Int16(POLLIN), revents: 0)
        guard watched.fd >= 0 else { break }
        poll(&watched, 1, -1)
        let count = piece.withUnsafeMutableBytes { read(stream.descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EAGAIN || errno == EINTR { continue }
        guard count > 0 else { break }
        take(piece.prefix(count))
      }
      state.withLock { $0.isFinished = true }
    }
  }

  private func take(_ bytes: Data) {
    if echoes { bytes.withUnsafeBytes { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) } }
    state.withLock { state in
      state.end = (state.end + bytes).suffix(Self.keptEnd)
      Self.keep(bytes, &state)
    }
  }

  private static func keep(_ bytes: Data, _ state: inout State) {
    guard state.file >= 0, state.room > 0 else { return }
    let kept = bytes.prefix(state.room)
    kept.withUnsafeBytes { _ = write(state.file, $0.baseAddress, $0.count) }
    state.room -= kept.count
    guard state.room == 0 else { return }
    let note = Data("\n[this file has reached its limit: what came later is not kept]\n".utf8)
    note.withUnsafeBytes { _ = write(state.file, $0.baseAddress, $0.count) }
  }

  /// The last lines, at most `count` of at most 300 characters; waits up to `seconds` for the stream's end.
  package func lastLines(_ count: Int, waiting seconds: Double = 0) -> [String] {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while !state.withLock(\.isFinished), ContinuousClock.now < deadline { usleep(2_000) }
    // A progress bar overwrites its line: what stands there at last counts.
    let lines = state.withLock(\.end).split(separator: 0x0A).map { $0.split(separator: 0x0D).last ?? Data() }
    return lines.map { line in
      let scalars = String(decoding: line, as: UTF8.self).unicodeScalars.filter { $0.value >= 0x20 || $0 == "\t" }
      return String(String.UnicodeScalarView(scalars.prefix(300)))
    }.filter { !$0.isEmpty }.suffix(count)
  }
}
