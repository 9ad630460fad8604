@preconcurrency import Dispatch
import Foundation
import Synchronization

/// Turns the first Ctrl-C (or termination signal) into a request to stop after the step that is running; the second ends the
/// process at once.
package final class Interruption: Sendable {
  private let requested = Atomic<Bool>(false)
  private let sources: [any DispatchSourceSignal]

  package init(notice: @escaping @Sendable () -> Void) {
    var sources: [any DispatchSourceSignal] = []
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      sources.append(DispatchSource.makeSignalSource(signal: number, queue: .global()))
    }
    self.sources = sources
    for source in sources {
      source.setEventHandler { [self] in
        if requested.exchange(true, ordering: .relaxed) { exit(130) }
        notice()
      }
      source.activate()
    }
  }

  package var isRequested: Bool { requested.load(ordering: .relaxed) }
}
