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
  ]

  /// Tested beside the tensors and the metrics.
  private static let elsewhere: Set<String> = [
    "optimizer", "clip_grad_norm", "kendall_tau_b", "onset_f_measure", "rliable_aggregates",
  ]

  @Test func everyFunctionHasATest() {
    let named = Set(GoldenFile.steps.map(\.function))
    #expect(named == Self.here.union(Self.elsewhere))
    #expect(GoldenFile.steps.count { Self.here.contains($0.function) } >= 260)
    #expect(!GoldenFile.upstream.isEmpty)
  }
}
