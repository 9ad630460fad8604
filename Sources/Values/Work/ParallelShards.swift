import Dispatch
import Foundation
import Synchronization

/// The number of threads that ``parallelShards(_:threads:_:)`` uses unless told otherwise: one a processor, or what the
/// environment variable `TAKT_THREADS` says, for several processes that share a machine.
public let availableThreads: Int = {
  let processors = max(1, ProcessInfo.processInfo.activeProcessorCount)
  guard let wanted = ProcessInfo.processInfo.environment["TAKT_THREADS"].flatMap(Int.init), wanted >= 1 else {
    return processors
  }
  return min(wanted, 256)
}()

/// Calls `body` for each shard 0..<count on up to `threads` threads and returns the results in shard order.
///
/// A shard's work must not depend on the others. Since results come back in shard order, combining them is the same for any
/// number of threads. Of several errors that of the lowest shard is thrown. Blocks the calling thread, which takes part.
package func parallelShards<Result: Sendable>(
  _ count: Int, threads: Int = availableThreads, _ body: @Sendable (Int) throws -> Result
) throws -> [Result] {
  try shardResults(count, threads: threads) { shard in Swift.Result { try body(shard) } }.map { try $0.get() }
}

/// ``parallelShards(_:threads:_:)`` for work that cannot fail.
package func parallelShards<Result: Sendable>(
  _ count: Int, threads: Int = availableThreads, _ body: @Sendable (Int) -> Result
) -> [Result] {
  shardResults(count, threads: threads, body)
}

private func shardResults<Result: Sendable>(_ count: Int, threads: Int, _ body: @Sendable (Int) -> Result) -> [Result] {
  precondition(threads >= 1, "at least one thread")
  guard threads > 1, count > 1 else { return (0..<count).map(body) }
  let next = Atomic(0)
  let results = Mutex([Result?](repeating: nil, count: count))
  DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
    while true {
      let shard = next.add(1, ordering: .relaxed).oldValue
      guard shard < count else { return }
      let result = body(shard)
      results.withLock { $0[shard] = result }
    }
  }
  return results.withLock { $0.compactMap { $0 } }
}
