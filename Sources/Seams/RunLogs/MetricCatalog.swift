/// Every metric that a run logs; `docs/metrics.md` shows the same list.
package enum MetricCatalog {
  /// What the formulas are written in.
  package static let symbols: KeyValuePairs<String, String> = [
    "R": "composed reward of a completion",
    "R_c": "score of component c of the reward, before its weight w_c",
    "μ": "the behaviour policy, which sampled the rollouts",
    "π": "the policy that is trained",
    "ρ": "the reference policy",
    "A": "advantage of a completion, the mean over its tokens",
    "r": "ratio π(t)/μ(t) of the probabilities of token t",
    "d": "log of the estimator's ratio for token t",
    "⟨·⟩": "mean over the completions or tokens of a step",
  ]

  package static let all =
    reward + outcome + completion + policy + value + update + evaluation + curriculum + time + observation

  /// The metric that a log calls `name`; `nil` for a name that nobody has declared.
  package static func metric(named name: String) -> Metric? {
    all.first { $0.name == name } ?? all.first { $0.matches(name) }
  }

  private static let reward = [
    Metric("reward/mean", "⟨R⟩ over completions with a reward", unit: "1"),
    Metric("reward/std", "√⟨(R − ⟨R⟩)²⟩ over completions with a reward", unit: "1"),
    Metric("reward/<label>/mean", "⟨R_c⟩ over completions that component c applies to", unit: "1"),
    Metric("reward/<label>/std", "√⟨(R_c − ⟨R_c⟩)²⟩ over the same", unit: "1"),
    Metric(
      "reward/<label>/variance_share", "cov(w_c·R_c, R) / var(R), within groups; the shares of all components add up to 1",
      unit: "1"),
    Metric(
      "reward/<label>/advantage_share",
      "share of the variance of A that component c carries: Σ_groups v·cov(w_c·R_c, R)/Σ_c cov(w_c·R_c, R) / Σ_groups v, where "
        + "v is the variance of the part of A that is linear in R", unit: "1"),
    Metric("reward/<label>/<key>", "what an adaptive reward adapts, such as its width", unit: "of the reward"),
    Metric("reward/task/<task>/mean", "⟨R⟩ over completions to questions of a task", unit: "1"),
    Metric("reward/task/<task>/<category>/mean", "⟨R⟩ over completions to questions of a kind, such as onset", unit: "1"),
    Metric(
      "reward/tied_groups",
      "fraction of sampled groups whose rewards are all equal, under gdpo in every component; without demonstrations they "
        + "teach nothing", unit: "fraction"),
    Metric(
      "reward/kept_groups", "fraction of sampled groups that the update learns from, where tied ones are dropped or replaced",
      unit: "fraction"),
    Metric("reward/sampling_rounds", "rounds of sampling that the step took, the first included", unit: "rounds"),
    Metric("reward/span_tokens", "fraction of tokens with a span's credit other than R", unit: "fraction"),
    Metric("reward/unscored", "fraction of completions that no component applies to", unit: "fraction"),
  ]

  private static let outcome = [
    Metric("outcome/answered", "fraction of completions read as a legal answer", unit: "fraction"),
    Metric("outcome/empty", "fraction of completions that say 'none'", unit: "fraction"),
    Metric("outcome/unreadable", "fraction of completions without a legal answer", unit: "fraction"),
  ]

  private static let completion = [
    Metric("completion/length_mean", "⟨tokens of a completion⟩", unit: "tokens"),
    Metric("completion/length_max", "tokens of the longest completion", unit: "tokens"),
    Metric("completion/truncated", "fraction of completions that the limit on tokens cut off", unit: "fraction"),
  ]

  private static let policy = [
    Metric("policy/loss", "the objective: Σ over its terms of coefficient · loss", unit: "1"),
    Metric("policy/entropy", "⟨−Σ_k π(k)·log π(k)⟩ over tokens", unit: "nat"),
    Metric("policy/ratio", "⟨r⟩ over tokens; 1 where the policy has not moved", unit: "1"),
    Metric(
      "policy/clip_fraction_low",
      "fraction of tokens with negative advantage that the loss cuts off: r below the clip range, or masked by DPPO",
      unit: "fraction"),
    Metric(
      "policy/clip_fraction_high",
      "fraction of tokens with positive advantage that the loss cuts off: r above the clip range, or masked by DPPO",
      unit: "fraction"),
    Metric("policy/kl_behavior_k1", "⟨−d⟩ with d = log π(t) − log μ(t): estimates KL(μ ‖ π), may be negative", unit: "nat"),
    Metric("policy/kl_behavior_k2", "⟨d²/2⟩ with the same d", unit: "nat"),
    Metric("policy/kl_behavior_k3", "⟨exp(d) − d − 1⟩ with the same d: never negative", unit: "nat"),
    Metric("policy/kl_reference_k1", "⟨−d⟩ with d = log ρ(t) − log π(t): estimates KL(π ‖ ρ), may be negative", unit: "nat"),
    Metric("policy/kl_reference_k2", "⟨d²/2⟩ with the same d", unit: "nat"),
    Metric("policy/kl_reference_k3", "⟨exp(d) − d − 1⟩ with the same d: never negative", unit: "nat"),
    Metric(
      "policy/kl_reference_sequence", "mean over completions of ⟨−d⟩ within each: what an adaptive coefficient follows",
      unit: "nat"),
    Metric("policy/sampler_ratio", "⟨μ(t) by the policy / μ(t) by the engine that sampled⟩, before bounds", unit: "1"),
    Metric("policy/sampler_bounded", "fraction of tokens whose sampler ratio was bounded or masked", unit: "fraction"),
    Metric(
      "policy/drift_masked", "fraction of tokens masked since their completion is bad and far from the policy", unit: "fraction"
    ),
    Metric(
      "policy/drift_mean", "⟨|log μ(t) by the sampler − log μ(t) evaluated anew|⟩ over the first minibatch, before the update",
      unit: "nat"),
    Metric("policy/drift_max", "the greatest of the same differences", unit: "nat"),
  ]

  private static let value = [
    Metric("value/loss", "loss of the value head against the returns, without its coefficient", unit: "1"),
    Metric("value/explained_variance", "1 − var(return − value) / var(return)", unit: "1"),
  ]

  private static let update = [
    Metric(
      "update/gradient_norm", "Euclidean norm of the gradient before it was clipped, mean over optimiser steps", unit: "1"),
    Metric("update/learning_rate", "learning rate of the last optimiser step", unit: "1"),
    Metric("update/optimizer_steps", "optimiser steps that the update took", unit: "steps"),
    Metric("algorithm/<key>", "what the algorithm adapts, such as a coefficient", unit: "of the algorithm"),
    Metric("supervised/loss", "⟨−log π(t)⟩ over the tokens of reference answers", unit: "nat"),
  ]

  private static let evaluation = [
    Metric("evaluation/<task>/<metric>/greedy", "metric of the likeliest answers to held-out questions", unit: "of the metric"),
    Metric("evaluation/<task>/<metric>/sampled", "the same for sampled answers", unit: "of the metric"),
    Metric("evaluation/supervised/loss", "⟨−log π(t)⟩ over the tokens of captions of held-out tracks", unit: "nat"),
    Metric("evaluation/encoder/<metric>", "metric of the music encoder on held-out tracks", unit: "of the metric"),
    Metric(
      "training/<task>/<metric>/greedy", "metric of the likeliest answers to questions about training tracks",
      unit: "of the metric"),
    Metric("training/encoder/<metric>", "metric of the music encoder on training tracks", unit: "of the metric"),
  ]

  private static let curriculum = [
    Metric("curriculum/mix/<task>", "share of a task among the step's questions, as `task-mix` asks", unit: "fraction"),
    Metric("curriculum/spread/seen", "questions that were asked so far", unit: "questions"),
    Metric("curriculum/spread/mean", "mean estimated deviation of a group's rewards over those questions", unit: "1"),
    Metric("curriculum/spread/asked", "the same over the questions of the step, before it", unit: "1"),
    Metric("curriculum/<label>/<option>", "option of a reward that `reward-option` moves", unit: "of the reward"),
  ]

  private static let time = [
    Metric("time/step", "whole training step", unit: "s"),
    Metric("time/sample", "sampling completions", unit: "s"),
    Metric("time/judge", "reading answers and computing rewards", unit: "s"),
    Metric("time/objective", "advantages, loss and its derivative", unit: "s"),
    Metric("time/update", "forward, backward and optimiser steps", unit: "s"),
    Metric("time/evaluate", "held-out evaluation", unit: "s"),
    Metric("time/tokens_per_second", "sampled tokens / time/sample", unit: "tokens/s"),
    Metric("time/elapsed", "since the run began", unit: "s"),
  ]

  /// What sinks for histograms and texts show; the other logs leave it out.
  private static let observation = [
    Metric("reward/distribution", "R of each completion: a histogram", unit: "1"),
    Metric("reward/<label>/distribution", "R_c of each completion: a histogram", unit: "1"),
    Metric("completion/length_distribution", "tokens of each completion: a histogram", unit: "tokens"),
    Metric("completion/examples", "the worst, the middle and the best completion of the step: a text", unit: "text"),
  ]
}

extension MetricCatalog {
  /// The list as the tables of `docs/metrics.md`.
  package static var markdown: String {
    let names = symbols.map { "| \($0.key) | \($0.value) |" }
    let metrics = all.map { "| `\($0.name)` | \($0.formula.replacing("|", with: "\\|")) | \($0.unit) |" }
    return (["| symbol | meaning |", "|---|---|"] + names + ["", "| metric | formula | unit |", "|---|---|---|"] + metrics)
      .joined(separator: "\n") + "\n"
  }
}
