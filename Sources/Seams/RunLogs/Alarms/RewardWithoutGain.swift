import Foundation
package import Options

/// Warns where the policy earns more and answers worse: it learns the reward and not the task.
///
/// h is the held-out metric of an evaluation, and m the mean reward of about the `span` steps before it. At an evaluation, with h* the
/// best h so far and m* the mean reward when it was measured: h < h* − `fall` and m > m* + `rise`. Where the best is the start
/// of the run, m* is the mean of the first `span` steps.
///
/// Gao et al. 2023, *Scaling Laws for Reward Model Overoptimization*, show the two curves parting.
package struct RewardWithoutGain: Alarm {
  package static let name = "reward-without-gain"
  package static let summary = "the reward rises while the held-out metric falls"

  private let metric: String
  private let fall: Double
  private let rise: Double
  private var reward: RecentMean
  private var best: Double?
  private var rewardAtBest: Double?
  private var latch = Latch(span: 1)

  package init(options: inout OptionReader, limits: RunLimits) {
    metric = options.text(
      "metric", default: "",
      help: "held-out metric to watch, such as evaluation/tsg/hit@3s/greedy; empty for the mean of all greedy ones"
    )
    if !metric.isEmpty {
      let complaint = metric.contains("*") ? "must be one name, not a pattern: '\(metric)'" : nil
      if let complaint = complaint ?? limits.metrics.evaluations.complaint(about: metric) {
        options.record(complaint, at: "metric")
      }
    }
    fall = options.number("fall", default: 0.02, in: 0...1000, unit: "of the metric", help: "how far it falls below its best")
    rise = options.number("rise", default: 0.01, in: 0...1000, unit: "reward", help: "how far the mean reward rises meanwhile")
    reward = RecentMean(span: options.integer("span", default: 20, in: 1...100_000, unit: "steps", help: "of the mean reward"))
  }

  package mutating func warning(after event: RunEvent) -> String? {
    if event.kind == .step {
      reward.add(event.scalars["reward/mean"])
      if best != nil, rewardAtBest == nil, reward.isSettled { rewardAtBest = reward.mean }
      return nil
    }
    guard let score = score(of: event) else { return nil }
    guard let best, score < best else {
      best = score
      rewardAtBest = reward.isSettled ? reward.mean : nil
      _ = latch.rises(false)
      return nil
    }
    let risen = rewardAtBest.map { reward.mean > $0 + rise } ?? false
    guard latch.rises(score < best - fall && risen), let rewardAtBest else { return nil }
    return String(
      format: "the held-out metric fell from %.3f at its best to %.3f while the mean reward rose from %.3f to %.3f: the policy "
        + "may be learning the reward instead of the task. Read its answers (takt runs rollouts), examine the rewards "
        + "(takt rewards audit), or stop at the best checkpoint", best, score, rewardAtBest, reward.mean)
  }

  private func score(of event: RunEvent) -> Double? {
    if !metric.isEmpty { return event.scalars[metric] }
    let scores = event.scalars.filter { $0.key.hasPrefix("evaluation/") && $0.key.hasSuffix("/greedy") }
      .sorted { $0.key < $1.key }
    return scores.isEmpty ? nil : scores.reduce(0) { $0 + $1.value } / Double(scores.count)
  }

  package var state: [String: Double] {
    get {
      var state = reward.state.under("reward").merging(latch.state) { $1 }
      state["best"] = best
      state["reward_at_best"] = rewardAtBest
      return state
    }
    set {
      reward.state = newValue.part("reward")
      latch.state = newValue
      best = newValue["best"]
      rewardAtBest = newValue["reward_at_best"]
    }
  }
}
