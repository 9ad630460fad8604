internal import Foundation
internal import Synchronization

/// Work on one thing after another, on all processors, with the results in order.
@usableFromInline
package struct OrderedWork<Input: Sendable, Output: Sendable>: Sendable {
  private let threads: Int
  private let work: @Sendable (Input) -> Output

  @usableFromInline
  package init(threads: Int = processorThreads, _ work: @escaping @Sendable (Input) -> Output) {
    self.threads = threads
    self.work = work
  }

  /// A result that is waited for.
  private final class Slot: Sendable {
    private let output = Mutex<Output?>(nil)
    private let ready = DispatchSemaphore(value: 0)

    func fill(_ output: Output) {
      self.output.withLock { $0 = output }
      ready.signal()
    }

    var filled: Output? {
      ready.wait()
      return output.withLock { $0.take() }
    }
  }

  /// Calls `body` with the results in the order of the inputs, on the calling thread; at most three inputs a thread are on their way.
  ///
  /// Ends with the first `nil` of `next`, or the first error of either.
  @usableFromInline
  package func run(next: () throws -> Input?, body: (Output) throws -> Void) throws {
    guard let first = try next() else { return }
    guard threads > 1, let second = try next() else {
      try body(work(first))
      while let input = try next() { try body(work(input)) }
      return
    }
    let queue = OperationQueue()
    queue.maxConcurrentOperationCount = threads
    defer {
      queue.cancelAllOperations()
      queue.waitUntilAllOperationsAreFinished()
    }
    var slots: [Slot] = []
    func start(_ input: Input) {
      let slot = Slot()
      let work = work
      queue.addOperation { slot.fill(work(input)) }
      slots.append(slot)
    }
    start(first)
    start(second)
    // What cannot be read is told where it stands, behind the results before it.
    var failure: (any Error)?
    var isAtEnd = false
    while true {
      while !isAtEnd, slots.count < 3 * threads {
        do {
          if let input = try next() { start(input) } else { isAtEnd = true }
        } catch {
          failure = error
          isAtEnd = true
        }
      }
      guard !slots.isEmpty else { break }
      if let output = slots.removeFirst().filled { try body(output) }
    }
    if let failure { throw failure }
  }
}
