public import Timelines

/// Something heard, and when.
public struct SoundEvent: Sendable, Hashable {
  /// Seconds.
  public var interval: Interval
  public var label: String

  public init(interval: Interval, label: String) {
    self.interval = interval
    self.label = label
  }
}
