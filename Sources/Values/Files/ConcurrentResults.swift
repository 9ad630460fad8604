internal import Dispatch
internal import Synchronization

/// What `body` makes of each of 0..<count on up to `threads` threads, in order.
///
/// Blocks the calling thread, which takes part.
package func concurrentResults<Result: Sendable>(
  _ count: Int, threads: Int = processorThreads, _ body: @Sendable (Int) -> Result
) -> [Result] {
  precondition(threads >= 1, "at least one thread")
  guard threads > 1, count > 1 else { return (0..<count).map(body) }
  let next = Atomic(0)
  let results = Mutex([Result?](repeating: nil, count: count))
  DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
    while true {
      let place = next.add(1, ordering: .relaxed).oldValue
      guard place < count else { return }
      let result = body(place)
      results.withLock { $0[place] = result }
    }
  }
  return results.withLock { $0.compactMap { $0 } }
}
