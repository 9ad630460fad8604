/// Where a toolkit's choice depends on the algorithm.
extension Profile {
  /// The choices for an algorithm of the catalogue, by its name.
  package func choices(for algorithm: String) -> ProfileChoices {
    var choices = choices
    switch (self, algorithm) {
    case (.takt, PPO.name):
      choices.targetKL = 0.03
    case (.trl, RLOO.name), (.trl, PPO.name):
      choices.klCoefficient = 0.05
    case (.trl, GSPO.name), (.trl, LUSPO.name):
      // The factor of the penalty is the ratio of the loss, which is the completion's here.
      choices.klImportance = .completion
    case (.verl, GSPO.name):
      choices.dualClip = 0
      choices.logRatioLimit = 10
      choices.limitsSmallRatios = false
    case (.verl, GMPO.name):
      // A plain mean over all rows, whatever the configuration's aggregation, which still averages the other terms.
      choices.emptySequences = .counted
      Self.averageOtherTermsOverTokens(&choices)
    case (.verl, SAPO.name):
      Self.averageOtherTermsOverTokens(&choices)
    case (.openrlhf, GSPO.name):
      choices.logRatioLimit = 0
    case (.msSwift, RLOO.name):
      choices.klPlacement = .reward
    case (.msSwift, ReinforcePlusPlus.name):
      choices.plusHasBaseline = true
      choices.klPlacement = .reward
      choices.whitening = Whitening(unit: .completions, guarding: .added(1e-4), centers: false)
    default: break
    }
    return choices
  }

  private static func averageOtherTermsOverTokens(_ choices: inout ProfileChoices) {
    choices.klAggregation = .tokenMean
    choices.entropyAggregation = .tokenMean
  }
}
