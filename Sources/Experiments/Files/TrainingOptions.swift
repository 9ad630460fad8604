public import Algorithms
public import Options

/// How long and how fast a stage learns.
public struct TrainingOptions: Sendable {
  public var steps: Int
  /// Tracks that a step learns from.
  public var tracksPerStep: Int
  /// Completions of each prompt (reinforcement).
  public var completions: Int
  /// Reference answers that join each group of completions (reinforcement).
  public var demonstrations: Int
  public var temperature: Double
  public var maximumTokens: Int
  public var learningRate: LearningRateSchedule
  public var maximumGradientNorm: Double
  public var microbatchGroups: Int
  public var driftTolerance: Double
  public var recomputesBehavior: Bool
  public var checkpointEvery: Int

  public init(options: inout OptionReader) {
    let steps = options.integer("steps", default: 300, in: 1...10_000_000, help: "optimiser steps, or rollout batches for RL")
    self.steps = steps
    tracksPerStep = options.integer("tracks", default: 16, in: 1...4096, help: "tracks in each step")
    completions = options.integer("completions", default: 8, in: 1...1024, help: "completions of each prompt (reinforcement)")
    demonstrations = options.integer(
      "demonstrations", default: 0, in: 0...64,
      help: "copies of the reference answer that join the completions of each prompt and share their advantage (reinforcement)")
    temperature = options.number("temperature", default: 1, in: 0.01...10, help: "of sampling and update alike")
    maximumTokens = options.integer(
      "maximum-tokens", default: 16, in: 1...4096, help: "tokens after which an answer is cut off")
    learningRate = options.section("learning-rate") { LearningRateSchedule(options: &$0, totalSteps: steps) }
    maximumGradientNorm = options.number(
      "gradient-norm", default: 1, in: 1e-6...1e6, help: "gradients are scaled down to this norm")
    microbatchGroups = options.integer(
      "microbatch-groups", default: 64, in: 1...1_000_000, help: "groups in one forward and backward pass")
    driftTolerance = options.number(
      "drift-tolerance", default: 0.001, in: 0...10, unit: "nats",
      help: "largest mean difference of sampled and recomputed log-probabilities at the first step")
    recomputesBehavior = options.flag(
      "recompute-behavior", default: false,
      help: "evaluate each batch anew before the update, for rollouts of another engine; algorithm.correction then acts")
    checkpointEvery = options.integer("checkpoint-every", default: 50, in: 1...1_000_000, unit: "steps")
  }
}

/// How a run is measured on tracks that it never learns from.
public struct EvaluationOptions: Sendable, Hashable {
  /// Steps between evaluations on the validation tracks; 0 for none.
  public var every: Int
  /// Samples of each question at temperature 1, besides the greedy answer.
  public var samples: Int
  public var topP: Double
  public var bootstrapResamples: Int
  /// Training tracks on which it is measured as well, so that overfitting shows.
  public var trainingTracks: Int

  public init(options: inout OptionReader) {
    every = options.integer("every", default: 50, in: 0...1_000_000, unit: "steps", help: "0 for none")
    samples = options.integer(
      "samples", default: 2, in: 0...64, help: "sampled answers to each question; 0 for greedy ones alone")
    topP = options.number("top-p", default: 1, in: 0.01...1, help: "for the sampled answers")
    bootstrapResamples = options.integer("bootstrap", default: 2000, in: 100...100_000, help: "resamples of the intervals")
    trainingTracks = options.integer(
      "training-tracks", default: 30, in: 0...100_000, help: "training tracks that are measured too, greedily")
  }
}
