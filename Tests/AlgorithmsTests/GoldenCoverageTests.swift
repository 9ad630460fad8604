import Foundation
import Testing

/// Every line of the golden files is read by someone.
struct GoldenCoverageTests {
  private static let here: Set<String> = [
    "grpo_advantages", "grpo_advantages_by_index", "rloo_advantages_by_index", "reinforce_pp_baseline_advantages",
    "rloo_advantages",
    "gae", "gae_masked", "ppo_clip_loss", "value_loss_sb3", "value_loss_clipped_max", "ppo_dual_clip_loss", "kl_penalty",
    "grpo_loss",
    "rloo_loss", "gspo_token_loss", "cispo_two_sided_loss", "aggregate_loss", "entropy_masked", "selective_log_softmax",
    "entropy_bonus_categorical", "diag_gaussian", "grpo_loss_to_logits", "lr_schedule", "soft_overlong_punishment",
    "kendall_tau_b", "onset_f_measure", "rliable_aggregates",
  ]

  /// Tested beside the tensors.
  private static let elsewhere: Set<String> = ["optimizer", "clip_grad_norm"]

  /// The one place that fails for a function of a golden file that no test knows.
  @Test func everyFunctionHasATest() {
    for step in GoldenFile.steps where !Self.here.union(Self.elsewhere).contains(step.function) {
      Issue.record("\(step.testDescription): no test computes '\(step.function)'")
    }
    for line in GoldenFile.profileCases where !["objective", "credits", "kl"].contains(line.operation) {
      Issue.record("\(line.testDescription): no test computes '\(line.operation)'")
    }
    #expect(GoldenFile.unreadable.isEmpty)
  }

  @Test func theProjectsOwnLinesAreAllThere() {
    let own = GoldenFile.steps.filter { $0.file.hasPrefix(GoldenFile.own) }
    #expect(Set(own.map(\.function)).isSuperset(of: Self.here))
    #expect(own.count { Self.here.contains($0.function) } >= 453)
    #expect(GoldenFile.profileCases.count { $0.file.hasPrefix(GoldenFile.own) } == 45)
    #expect(!GoldenFile.upstream.isEmpty)
  }

  /// The net itself: a field that nobody asked for is found, in whatever list it lies.
  @Test func anUnreadFieldFails() throws {
    let record = try JSON(
      decoding: Data(#"{"fn": "f", "params": {"a": 1, "b": null}, "input": {"rows": [{"x": 1, "y": 2}]}}"#.utf8))
    #expect(record["params"].unread == ["params.a", "params.b"])
    _ = record["params"]["a"].double
    _ = record["input"]["rows"].list.map { $0["x"].double }
    #expect(record["params"].unread == ["params.b"] && record["input"].unread == ["input.rows[].y"])
    // JSONSerialization reads 41.48637107211273 here.
    #expect(try JSON(decoding: Data("41.486371072112725".utf8)).double == 41.486371072112725)
  }
}
