import Foundation

/// The three streams that a program begins with.
enum StandardStreams {
  /// Puts `/dev/null` in the place of those that are closed, or the next file to be opened would get what is written to them.
  static func open() {
    for stream in STDIN_FILENO...STDERR_FILENO where fcntl(stream, F_GETFD) < 0 {
      // The lowest number that is free is given, which is this one.
      _ = Foundation.open("/dev/null", O_RDWR)
    }
  }

  /// Writes to standard error what it takes: a terminal that is gone, a reader that has left or a full disk ends no run.
  static func say(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
