import Foundation

/// Where sinks take the time from; tests hand in a clock of their own.
package enum RunClock {
  /// Seconds since 1970, as files note them.
  package static let wallTime: @Sendable () -> Double = { Date().timeIntervalSince1970 }

  /// Seconds from an origin that does not move while the process runs.
  package static let uptime: @Sendable () -> Double = { ProcessInfo.processInfo.systemUptime }
}
