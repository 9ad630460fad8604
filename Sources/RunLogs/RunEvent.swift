/// Something that happened in a run.
public struct RunEvent: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, Codable {
    /// The run began; `text` names it.
    case started
    /// One training step.
    case step
    /// A held-out evaluation.
    case evaluation
    /// A checkpoint was written; `text` is its path.
    case checkpoint
    /// Something that a person should know; `text` says it.
    case warning
    case finished
  }

  public var kind: Kind
  /// Counted from 0; the number of steps done for `evaluation`, `checkpoint` and `finished`.
  public var step: Int
  /// How many steps the run has.
  public var totalSteps: Int
  /// Metric name → value, such as `reward/mean`.
  ///
  /// ``MetricCatalog`` and `docs/metrics.md` list the names. Times are under `time/`.
  public var scalars: [String: Double]
  public var text: String

  public init(kind: Kind, step: Int, totalSteps: Int, scalars: [String: Double] = [:], text: String = "") {
    self.kind = kind
    self.step = step
    self.totalSteps = totalSteps
    self.scalars = scalars
    self.text = text
  }
}
