internal import Foundation

/// Threads for work that is spread over the processors: one each, or what the environment variable `TAKT_THREADS` says, for several
/// processes that share a machine.
@usableFromInline
package let processorThreads: Int = {
  let processors = max(1, ProcessInfo.processInfo.activeProcessorCount)
  guard let wanted = ProcessInfo.processInfo.environment["TAKT_THREADS"].flatMap(Int.init), wanted >= 1 else {
    return processors
  }
  return min(wanted, 256)
}()
