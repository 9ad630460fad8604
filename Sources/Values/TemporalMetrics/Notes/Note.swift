public import Timelines

/// A note: when it sounds and how high.
public struct Note: Sendable, Hashable {
  /// Seconds.
  public var interval: Interval
  /// Fundamental frequency in Hz, > 0.
  public var frequency: Double

  public init(interval: Interval, frequency: Double) {
    self.interval = interval
    self.frequency = frequency
  }
}
