import Numbers
import Randomness

/// All that is said of one method beside another on the same tasks, paired where the seeds are.
public struct ArmComparison: Sendable, Hashable {
  /// subject − other of the means over runs and tasks, by seed where seeds are paired.
  public let difference: ConfidenceInterval
  /// Share of bootstrap draws in which the subject is better.
  public let shareOfDraws: Double
  /// Probability that a run of the subject beats a run of the other on a task drawn at random.
  public let improvement: ConfidenceInterval
  /// Two-sided, of the sign-flip test; `nil` where seeds are not paired.
  public let p: Double?
  /// Whether row s of both tables has the same seed.
  public let isPaired: Bool

  /// `given` are draws of the difference that cover more than seeds, such as tracks; without them seeds are drawn on these tasks.
  ///
  /// p and the probability of improvement speak of other seeds on these tasks. Traps where the tables have different tasks, or
  /// different numbers of runs and `isPaired`.
  public init(
    _ subject: ScoreTable, over other: ScoreTable, isPaired: Bool, bootstrap: Bootstrap, draws given: BootstrapDraws? = nil
  ) {
    self.isPaired = isPaired
    improvement = bootstrap.interval(of: subject, and: other) { $0.probabilityOfImprovement(over: $1) }
    let draws: BootstrapDraws
    if isPaired {
      let pairs = PairedSeeds(subject, minus: other)
      draws = given ?? pairs.draws(bootstrap)
      p = SignFlipTest.p(pairs.differences, stream: bootstrap.stream.derived(0x5347))
    } else {
      draws =
        given
        ?? bootstrap.draws(around: subject.mean - other.mean) { draw in
          let resampled = subject.resampledRuns(using: &draw)
          return resampled.mean - other.resampledRuns(using: &draw).mean
        }
      p = nil
    }
    difference = draws.interval(level: bootstrap.level)
    shareOfDraws = draws.share(above: 0)
  }

  /// The comparison in a sentence, such as `B is better than A in 91 % of bootstrap draws`; where that is near half of them, or the
  /// difference itself has the other sign, that neither is.
  public func words(_ subject: String, _ other: String) -> String {
    let isLevel = abs(shareOfDraws - 0.5) < 0.05 || (difference.estimate > 0) != (shareOfDraws > 0.5)
    if isLevel, shareOfDraws != 0.5 {
      return
        "\(subject) and \(other) are level: \(subject) is better in \(Self.percent(shareOfDraws)) % of bootstrap draws"
    }
    let (winner, loser, share) = shareOfDraws >= 0.5 ? (subject, other, shareOfDraws) : (other, subject, 1 - shareOfDraws)
    if share == 0.5 { return "\(subject) and \(other) are level: each is better in half of the bootstrap draws" }
    let percent = share == 1 ? "every one" : "\(Self.percent(share)) %"
    return "\(winner) is better than \(loser) in \(percent) of \(share == 1 ? "the " : "")bootstrap draws"
  }

  /// Rounded towards half, which claims less, and so that no share that is level reads like one that is not; 0.58 is 58 all the same.
  private static func percent(_ share: Double) -> Int {
    let percent = 100 * share
    return Int(saturating: share > 0.5 ? (percent + 1e-9).rounded(.down) : (percent - 1e-9).rounded(.up))
  }
}
