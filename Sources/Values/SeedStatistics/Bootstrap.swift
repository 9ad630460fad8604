public import Randomness

/// Percentile bootstrap intervals.
///
/// The statistic is computed on `resamples` data sets drawn with replacement from the data; the interval runs from the
/// (1 − level)/2 to the (1 + level)/2 quantile of those values. Resample i draws from the i-th stream derived from `stream`, so
/// the interval depends on the data, the level, the number of resamples and the stream, and on nothing else.
///
/// What is drawn must be independent: scores of one track are not, so tracks are drawn and bring all their scores along.
///
/// Efron and Tibshirani 1993, *An Introduction to the Bootstrap*, §13.3; for clusters, Field and Welsh 2007,
/// *Bootstrapping Clustered Data*.
public struct Bootstrap: Sendable, Hashable {
  package var stream: RandomStream
  /// Share of intervals that hold the true value, inside 0…1.
  public var level: Double
  public var resamples: Int

  /// Traps where the level lies outside 0…1 or the number of resamples is not positive.
  public init(stream: RandomStream, level: Double = 0.95, resamples: Int = 2000) {
    precondition(level > 0 && level < 1, "a confidence level lies between 0 and 1")
    precondition(resamples > 0, "an interval needs a resample")
    self.stream = stream
    self.level = level
    self.resamples = resamples
  }

  /// The statistic of every resample; `replicate` draws its resample from the stream it is given.
  public func draws(around estimate: Double, replicate: (inout RandomStream) -> Double) -> BootstrapDraws {
    BootstrapDraws(
      estimate: estimate,
      replicates: (0..<resamples).map { index in
        var draw = stream.derived(index)
        return replicate(&draw)
      })
  }

  /// The interval around `estimate` from one value a resample; `replicate` draws its resample from the stream it is given.
  public func interval(around estimate: Double, replicate: (inout RandomStream) -> Double) -> ConfidenceInterval {
    draws(around: estimate, replicate: replicate).interval(level: level)
  }
}
