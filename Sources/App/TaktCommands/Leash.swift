import Foundation

/// Ends a worker whose grid has ended.
enum Leash {
  /// Ends this process at once when its standard input closes: the process that held the other end is gone.
  ///
  /// A run loses nothing by it;
  /// it goes on from its checkpoint.
  static func endWithStandardInput() {
    Thread.detachNewThread {
      var byte: UInt8 = 0
      while read(STDIN_FILENO, &byte, 1) > 0 {}
      _exit(130)
    }
  }
}
