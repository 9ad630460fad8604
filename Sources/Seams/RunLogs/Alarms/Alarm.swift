public import Options

/// Something in a run's numbers that a person should be told of while there is time to act.
///
/// An alarm sees the events of steps and evaluations in order and depends on them and its state alone, so that a resumed run warns
/// at the same steps as one that was never interrupted. It speaks once when its condition comes true, and again only after the
/// condition has been false for a while; see ``Latch``.
public protocol Alarm: Sendable {
  /// The name of its section in an experiment file, in kebab case.
  static var name: String { get }

  /// What it warns of, in a sentence.
  static var summary: String { get }

  /// Reads its thresholds; what is wrong is recorded in the reader.
  init(options: inout OptionReader, limits: RunLimits)

  /// Everything that changes from event to event: part of every checkpoint.
  var state: [String: Double] { get set }

  /// What to tell after this event, with figures and the remedy; `nil` for nothing.
  mutating func warning(after event: RunEvent) -> String?
}

/// What the rest of an experiment allows, as far as alarms go by it.
public struct RunLimits: Sendable, Hashable {
  /// Mean difference of sampled and recomputed log-probabilities, in nats.
  public var drift: Double
  /// What the run may log.
  package var metrics: MetricNames

  public init(drift: Double = 0.001, metrics: MetricNames = MetricNames()) {
    self.drift = drift
    self.metrics = metrics
  }
}
