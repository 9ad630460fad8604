import Algorithms
import AudioLanguageModel
import Experiments
import Policies
import Training

/// A GRPO step and its parts: 16 tracks, 2 questions each, 8 completions of each, MusT's rewards.
struct ReinforcementBench: BenchFamily {
  private var stage: ReinforcementStage<EmbeddedPolicy, QuestionExercises<LoadedEmbeddedPolicy>>
  private let cost: TransformerCost
  private let drawn: DrawnGroups
  private var step = 0

  init(_ material: BenchMaterial) async throws {
    let policy = material.policy()
    let drawn = DrawnGroups()
    self.drawn = drawn
    cost = TransformerCost(of: policy, encoder: material.encoder.configuration)
    stage = try await ReinforcementStage(
      policy: policy,
      source: QuestionExercises(
        tracks: RunTracks(material.tracks), loaded: material.loaded(policy), asked: BenchMaterial.asked(tsg: 1, mtr: 1),
        schedule: material.schedule),
      algorithm: GRPO(), rewards: BenchMaterial.rewards,
      settings: .init(
        seed: BenchMaterial.seed, steps: 1000, groupSize: SamplingBench.completions, temperature: 1,
        maximumTokens: SamplingBench.maximumTokens, learningRate: LearningRateSchedule(base: 1e-5, steps: 1000),
        microbatchGroups: 64, driftTolerance: 0.001),
      keep: { _, groups in await drawn.take(groups) })
  }

  var rows: [BenchRow] {
    func row(_ key: String, _ title: String, limit: String = "", _ explanation: String) -> BenchRow {
      BenchRow("grpo_\(key)", title, unit: "ms", .time, limit: limit, explanation: explanation)
    }
    let products = "its products at the peak, all threads"
    return [
      row("step", "GRPO step", limit: products, "the whole step with as many completions as above; its parts follow"),
      row("sampling", "  sampling", limit: products, "each track and each question is read once for all of its completions"),
      row("rewards", "  reading + rewards", "answers read and judged by MusT's two rewards and the two penalties"),
      row("objective", "  objective", "loss and its derivative by every log-probability, diagnostics included"),
      row("update", "  update", limit: products, "forward and backward through the policy, clipping, AdamW"),
      row("rest", "  the rest", "questions chosen, advantages, metrics"),
    ]
  }

  mutating func measure(beside limits: MachineLimits) async throws -> [BenchSample] {
    let start = ContinuousClock.now
    let metrics = try await stage.step(step)
    let whole = start.elapsed
    step += 1
    let tree = await drawn.tree()
    let (forward, training) = (cost.forward(tree), cost.training(tree))
    func milliseconds(_ operations: Double) -> Double { 1e3 * operations / limits.productsOnAllThreads }
    let parts = ["time/sample", "time/judge", "time/objective", "time/update"].map { metrics[$0] ?? .nan }
    return [
      BenchSample(1e3 * whole, limit: milliseconds(forward + training)),
      BenchSample(1e3 * parts[0], limit: milliseconds(forward)),
      BenchSample(1e3 * parts[1]),
      BenchSample(1e3 * parts[2]),
      BenchSample(1e3 * parts[3], limit: milliseconds(training)),
      BenchSample(1e3 * (whole - parts.reduce(0, +))),
    ]
  }
}

/// What the last step drew.
private actor DrawnGroups {
  private var prompts: [AudioPrompt] = []
  private var completions: [[[Token]]] = []

  func take(_ groups: [RolloutGroup<AudioPrompt>]) {
    prompts = groups.map(\.exercise.prompt)
    completions = groups.map { $0.members.map(\.completion.tokens) }
  }

  func tree() -> TokenTree { TokenTree(prompts, completions: completions) }
}
