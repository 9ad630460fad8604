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
  /// Name → all the values of a step, such as the reward of each completion, for sinks that show histograms.
  ///
  /// The logs of the run's folder leave them and `texts` out: the rollout store has every completion.
  public var distributions: [String: [Double]]
  /// Name → text, such as a few completions of a step, for sinks that show text.
  public var texts: [String: String]
  public var text: String

  public init(
    kind: Kind, step: Int, totalSteps: Int, scalars: [String: Double] = [:], distributions: [String: [Double]] = [:],
    texts: [String: String] = [:], text: String = ""
  ) {
    self.kind = kind
    self.step = step
    self.totalSteps = totalSteps
    self.scalars = scalars
    self.distributions = distributions
    self.texts = texts
    self.text = text
  }
}
