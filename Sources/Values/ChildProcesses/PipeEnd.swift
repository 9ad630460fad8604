internal import Foundation
internal import Synchronization

/// This process's end of a pipe or a connection to another, which never blocks; closed at the latest when nobody holds it.
package final class PipeEnd: Sendable {
  private let owned: Mutex<Int32>

  /// Takes over a descriptor that does not block.
  package init(descriptor: Int32) {
    owned = Mutex(descriptor)
  }

  deinit { close() }

  /// −1 after it was closed.
  package var descriptor: Int32 { owned.withLock { $0 } }

  package func close() {
    owned.withLock { descriptor in
      if descriptor >= 0 { Foundation.close(descriptor) }
      descriptor = -1
    }
  }
}
