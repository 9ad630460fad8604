import Foundation

/// A figure that the benchmark reports: one line of its table.
struct BenchRow: Sendable {
  enum Direction: String, Sendable, Codable {
    /// More is better; the share is value / limit.
    case rate
    /// Less is better; the multiple is value / limit.
    case time
  }

  /// The name in the JSON object.
  let key: String
  let title: String
  let unit: String
  let direction: Direction
  /// What the limit is, in words; empty where neither arithmetic nor memory bounds the work.
  let limit: String
  /// One line for readers of the table.
  let explanation: String

  init(_ key: String, _ title: String, unit: String, _ direction: Direction, limit: String = "", explanation: String) {
    self.key = key
    self.title = title
    self.unit = unit
    self.direction = direction
    self.limit = limit
    self.explanation = explanation
  }
}

/// One measurement of a row, in the row's unit, with the machine's limit as it was in the same round.
struct BenchSample: Sendable {
  let value: Double
  let limit: Double?

  init(_ value: Double, limit: Double? = nil) {
    self.value = value
    self.limit = limit
  }
}

/// Work that is measured once a round, in turn with the other families, so that all see the same machine.
protocol BenchFamily {
  /// The rows, in the order of the samples.
  var rows: [BenchRow] { get }

  /// One sample a row.
  mutating func measure(beside limits: MachineLimits) async throws -> [BenchSample]
}

extension ContinuousClock.Instant {
  /// Seconds since this instant, on the wall: for work on several threads.
  var elapsed: Double { (ContinuousClock.now - self) / .seconds(1) }
}

/// A moment in the life of one thread, for work on one core: time that other processes take from it does not count.
struct ThreadInstant {
  /// Seconds of the processor that the thread has had.
  private let seconds: Double

  static var now: ThreadInstant {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return ThreadInstant(seconds: Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec))
  }

  /// Seconds of the processor since this moment, read on the same thread.
  var elapsed: Double { Self.now.seconds - seconds }
}
