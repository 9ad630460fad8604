/// What an objective measured on a minibatch; reports of its microbatches add up.
public struct ObjectiveReport: Sendable, Hashable {
  private struct Tally: Sendable, Hashable {
    var sum = 0.0
    var count = 0.0

    mutating func add(_ sum: Double, _ count: Double) {
      self.sum += sum
      self.count += count
    }
  }

  /// Σ over terms of coefficient · loss.
  public var loss: Double = 0
  /// Completions of the batch that was learnt from, where that is known; each counts once, however often it was seen.
  package var completions: Double?
  private var tallies: [String: Tally] = [:]
  private var explained: [String: ExplainedVariance] = [:]

  public init() {}

  /// Adds observations of a metric that is reported as its mean.
  public mutating func add(_ metric: String, sum: Double, count: Double) {
    tallies[metric, default: Tally()].add(sum, count)
  }

  /// Adds observations of a metric that is reported as the share of variance that predictions explain.
  package mutating func add(_ metric: String, _ observations: ExplainedVariance) {
    explained[metric, default: ExplainedVariance()].merge(observations)
  }

  package mutating func merge(_ other: ObjectiveReport) {
    loss += other.loss
    completions = completions ?? other.completions
    for (metric, tally) in other.tallies { add(metric, sum: tally.sum, count: tally.count) }
    for (metric, observations) in other.explained { add(metric, observations) }
  }

  /// How many observations of a metric were added.
  package func count(of metric: String) -> Double { tallies[metric]?.count ?? 0 }

  /// Metric → mean over everything added; metrics without observations are left out.
  package var means: [String: Double] {
    var means: [String: Double] = [:]
    for (metric, tally) in tallies where tally.count > 0 { means[metric] = tally.sum / tally.count }
    for (metric, observations) in explained { means[metric] = observations.share }
    return means
  }
}
