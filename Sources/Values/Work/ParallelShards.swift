import Files

/// The number of threads that ``parallelShards(_:threads:_:)`` uses unless told otherwise: one a processor, or what the
/// environment variable `TAKT_THREADS` says, for several processes that share a machine.
public let availableThreads: Int = processorThreads

/// Calls `body` for each shard 0..<count on up to `threads` threads and returns the results in shard order.
///
/// A shard's work must not depend on the others. Since results come back in shard order, combining them is the same for any
/// number of threads. Of several errors that of the lowest shard is thrown. Blocks the calling thread, which takes part.
package func parallelShards<Result: Sendable>(
  _ count: Int, threads: Int = availableThreads, _ body: @Sendable (Int) throws -> Result
) throws -> [Result] {
  try concurrentResults(count, threads: threads) { shard in Swift.Result { try body(shard) } }.map { try $0.get() }
}

/// ``parallelShards(_:threads:_:)`` for work that cannot fail.
package func parallelShards<Result: Sendable>(
  _ count: Int, threads: Int = availableThreads, _ body: @Sendable (Int) -> Result
) -> [Result] {
  concurrentResults(count, threads: threads, body)
}
