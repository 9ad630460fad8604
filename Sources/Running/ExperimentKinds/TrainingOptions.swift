public import Algorithms
public import Options

/// How long and how fast a run learns, whatever its stage.
public struct TrainingOptions: Sendable {
  public var steps: Int
  /// Tracks that a step learns from.
  public var tracksPerStep: Int
  public var learningRate: LearningRateSchedule
  public var checkpointEvery: Int
  /// Steps between evaluations on the validation tracks; 0 for none.
  public var evaluateEvery: Int

  /// Reads from the sections `training` and `evaluation`.
  public init(options: inout OptionReader) {
    (steps, tracksPerStep, learningRate, checkpointEvery) = options.section("training") { training in
      let steps = training.integer(
        "steps", default: 300, in: 1...10_000_000, help: "optimiser steps, or rollout batches for RL")
      return (
        steps, training.integer("tracks", default: 16, in: 1...4096, help: "tracks in each step"),
        training.section("learning-rate") { LearningRateSchedule(options: &$0, totalSteps: steps) },
        training.integer("checkpoint-every", default: 50, in: 1...1_000_000, unit: "steps")
      )
    }
    evaluateEvery = options.section("evaluation") {
      $0.integer("every", default: 50, in: 0...1_000_000, unit: "steps", help: "0 for none")
    }
  }
}
