import Algorithms
import Options
import RunLogs
import TaktTesting
import Testing
import Training

/// Every algorithm logs what tells whether a run goes well, under names that the catalogue has.
struct DiagnosticsTests {
  static let names = AlgorithmCatalog.builtIn.all.map { $0.name }

  private static let everywhere = [
    "reward/mean", "reward/std", "reward/tied_groups", "reward/unscored", "reward/onset-error/mean", "reward/onset-error/std",
    "reward/onset-error/variance_share", "reward/unreadable/mean", "reward/unreadable/variance_share", "reward/task/tsg/mean",
    "outcome/answered", "outcome/empty", "outcome/unreadable",
    "completion/length_mean", "completion/length_max", "completion/truncated", "policy/loss", "policy/entropy", "policy/ratio",
    "policy/kl_behavior_k1", "policy/kl_behavior_k2", "policy/kl_behavior_k3", "policy/kl_reference_k1",
    "policy/kl_reference_k2", "policy/kl_reference_k3", "policy/clip_fraction_low", "policy/clip_fraction_high",
    "policy/drift_mean", "policy/drift_max", "update/gradient_norm",
    "update/learning_rate", "update/optimizer_steps", "time/sample", "time/judge", "time/objective", "time/update",
  ]

  @Test(arguments: names) func everyAlgorithmLogsThem(_ name: String) async throws {
    let kl = OptionValue.Content.map([OptionEntry(key: "coefficient", value: OptionValue(.number(0.01)))])
    var stage = try await ReinforcementStageTests.stage(ReinforcementStageTests.policy(), name, more: [("kl", kl)])
    let metrics = try await stage.step(0)
    for metric in Self.everywhere { #expect(metrics[metric]?.isFinite == true, "\(metric)") }
    for metric in metrics.keys { #expect(MetricCatalog.metric(named: metric) != nil, "\(metric) is in no catalogue") }
    let shares = ["onset-error", "unreadable"].compactMap { metrics["reward/\($0)/advantage_share"] }
    // Where two completions share the best reward of each group, pass@k has no advantage to share out, and max-RL has none where no
    // group's mean reward is above 0.
    if !["pass-at-k", "max-rl"].contains(name) || !shares.isEmpty {
      #expect(shares.count == 2 && abs(shares.reduce(0, +) - 1) < 1e-9)
    }
    if name == "ppo" {
      for metric in ["value/loss", "value/explained_variance"] { #expect(metrics[metric]?.isFinite == true, "\(metric)") }
    }
  }
}
