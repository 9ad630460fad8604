import Training

extension ReinforcementStage.Settings {
  /// As an experiment's file says.
  init(_ file: ExperimentFile) {
    let training = file.training
    self.init(
      seed: file.seed, steps: training.steps, groupSize: training.completions, temperature: Float(training.temperature),
      maximumTokens: training.maximumTokens, learningRate: training.learningRate,
      microbatchGroups: training.microbatchGroups, driftTolerance: training.driftTolerance,
      recomputesBehavior: training.recomputesBehavior, demonstrations: training.demonstrations)
  }
}
