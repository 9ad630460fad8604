import Files
import Foundation

/// PPO on CartPole-v1, seed by seed: `takt bench cartpole`.
package struct CartPoleRun: Sendable {
  package struct Row: Sendable, Hashable, Codable {
    package var seed: Int
    /// Mean return of the greedy episodes after training; 500 is the highest there is.
    package var evaluation: Double
    package var worstEpisode: Int
    /// Mean return of the last 100 sampled episodes of training.
    package var training: Double
    /// Environment steps of training a second of wall time, updates included.
    package var stepsPerSecond: Double
  }

  package static let evaluationEpisodes = 20
  package let schedule: ControlSchedule

  package init(schedule: ControlSchedule = ControlSchedule()) {
    self.schedule = schedule
  }

  /// Trains and evaluates one seed, on the calling thread alone.
  package func row(seed: Int) -> Row {
    var training = ControlTraining(schedule: schedule, seed: UInt64(seed))
    let duration = ContinuousClock().measure { training.run() }
    let returns = training.evaluate(episodes: Self.evaluationEpisodes)
    let last = training.episodeReturns.suffix(100)
    return Row(
      seed: seed, evaluation: Double(returns.reduce(0, +)) / Double(returns.count), worstEpisode: returns.min() ?? 0,
      training: Double(last.reduce(0, +)) / Double(max(last.count, 1)),
      stepsPerSecond: Double(schedule.updates * schedule.environments * schedule.steps) / (duration / .seconds(1)))
  }

  package static let header = """
    PPO on CartPole-v1. evaluation: mean return of \(evaluationEpisodes) greedy episodes after training, of 500 at most
    seed  evaluation  worst  last 100 of training  environment steps/s
    """

  package static func line(_ row: Row) -> String {
    String(
      format: "%4d  %10.1f  %5d  %20.1f  %19.0f", row.seed, row.evaluation, row.worstEpisode, row.training, row.stepsPerSecond)
  }

  /// The rows as a JSON list.
  package static func json(_ rows: [Row]) throws -> String { try JSONText.indented(rows) }

  /// How many seeds reached the highest return.
  package func summary(_ rows: [Row]) -> String {
    let solved = rows.count { $0.worstEpisode == CartPole.stepLimit }
    return "\(solved) of \(rows.count) seeds at \(CartPole.stepLimit) after \(schedule.totalSteps) steps"
  }
}
