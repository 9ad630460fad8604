import Dispatch
import Foundation
import Synchronization

/// Runs tasks on one thread of its own: a job that blocks holds up none of the threads that train, and where these take every core
/// the system still gives the thread its share, which a queue of a pool may wait for until a step ends.
final class ThreadExecutor: TaskExecutor {
  private let jobs = JobQueue()

  init(name: String) {
    let jobs = jobs
    let thread = Thread { while let job = jobs.next() { job() } }
    thread.name = name
    thread.start()
  }

  deinit { jobs.close() }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.add { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}

/// Work in the order in which it came, for one thread that waits for it.
private final class JobQueue: Sendable {
  private let waiting = Mutex<[@Sendable () -> Void]>([])
  private let arrived = DispatchSemaphore(value: 0)

  func add(_ job: @escaping @Sendable () -> Void) {
    waiting.withLock { $0.append(job) }
    arrived.signal()
  }

  /// Lets the thread end once what has come is done.
  func close() { arrived.signal() }

  /// Waits for the next job; `nil` after the end.
  func next() -> (@Sendable () -> Void)? {
    arrived.wait()
    return waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
  }
}
