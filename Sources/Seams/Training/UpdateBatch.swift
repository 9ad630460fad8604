import Algorithms
import Policies
import Rewards

/// Judged groups as the arrays that advantages and objectives work on.
struct UpdateBatch<Prompt: Sendable>: Sendable {
  let groups: [RolloutGroup<Prompt>]
  let credit: EstimatorBatch
  let tokenCount: Int
  private let selection: CompletionSelection
  private let isRecomputed: Bool

  /// `behavior` is what the policy says of the tokens, group after group, where another engine sampled them, and `nil` where the
  /// policy did; `reference` holds one log-probability a token in the same order, `nil` without a reference policy.
  init(
    _ groups: [RolloutGroup<Prompt>], behavior: TokenOutputs?, reference: [Float]?, greedyRewards: [Double?],
    rewards: RewardSpec,
    selection: CompletionSelection
  ) {
    self.groups = groups
    self.selection = selection
    isRecomputed = behavior != nil
    var offset = 0
    let inputs = groups.map { group in
      group.members.map { member -> EstimatorInput in
        let completion = member.completion
        let tokens = offset..<offset + completion.tokens.count
        offset = tokens.upperBound
        let values = behavior.flatMap { $0.values.isEmpty ? nil : Array($0.values[tokens]) }
        return EstimatorInput(
          reward: member.judgement.total, components: member.judgement.components, values: values ?? completion.values,
          behaviorLogProbabilities: behavior.map { Array($0.logProbabilities[tokens]) } ?? completion.logProbabilities,
          referenceLogProbabilities: reference.map { Array($0[tokens]) }, isTruncated: completion.isTruncated,
          tokenCredits: member.tokenCredits)
      }
    }
    credit = EstimatorBatch(groups: inputs, componentWeights: rewards.weights, greedyRewards: greedyRewards)
    tokenCount = offset
  }

  static func tokenBatch(_ groups: [RolloutGroup<Prompt>]) -> TokenBatch<Prompt> {
    TokenBatch(
      prompts: groups.map(\.exercise.prompt),
      completions: groups.flatMap { $0.members.map(\.completion.tokens) },
      promptIndices: groups.enumerated().flatMap { index, group in group.members.map { _ in index } })
  }

  /// For each token of some groups, in order, whether the policy sampled it.
  func sampledTokens(of groups: [Int]) -> [Bool] {
    groups.flatMap { group in
      self.groups[group].members.flatMap { [Bool](repeating: !$0.isDemonstration, count: $0.completion.tokens.count) }
    }
  }

  func tokenBatch(of members: [Int]) -> TokenBatch<Prompt> {
    Self.tokenBatch(members.map { groups[$0] })
  }

  /// Targets of each microbatch; the weights are those of the whole minibatch, 0 for the tokens of masked completions.
  func targets(
    of microbatches: [[Int]], minibatches: Int, credits: [[AdvantageEstimate]], algorithm: any Algorithm
  ) -> [TokenTargets] {
    let credits = whitened(credits, in: microbatches.flatMap { $0 }, by: algorithm.minibatchWhitening)
    let extent = BatchExtent(
      tokens: selection.countedLengths(credit.groups.flatMap { $0 }).reduce(0, +), minibatches: minibatches)
    let inputs = microbatches.flatMap { $0.flatMap { credit.groups[$0] } }
    let lengths = selection.countedLengths(inputs)
    let weights = { (aggregation: any LossAggregation) in
      spread(aggregation.weights(sequenceLengths: lengths, of: extent), over: inputs)
    }
    let lossWeights = weights(algorithm.aggregation)
    let entropyWeights = algorithm.entropyAggregation.map(weights) ?? []
    let penaltyWeights = algorithm.penaltyAggregation.map(weights) ?? []
    var offset = 0
    return microbatches.map { members in
      var targets = TokenTargets(sequences: [], behaviorLogProbabilities: [], advantages: [], weights: [])
      var reference: [Float] = []
      var sampler: [Float] = []
      for group in members {
        for (input, credit) in zip(self.credit.groups[group], credits[group]) {
          let start = targets.advantages.count
          targets.sequences.append(start..<start + input.tokenCount)
          targets.behaviorLogProbabilities += input.behaviorLogProbabilities
          targets.behaviorValues += input.values
          targets.advantages += credit.advantages.map { Float($0) }
          targets.returns += credit.returns.map { Float($0) }
          reference += input.referenceLogProbabilities ?? []
        }
        if isRecomputed { sampler += groups[group].members.flatMap(\.completion.logProbabilities) }
      }
      let tokens = offset..<offset + targets.advantages.count
      targets.weights = Array(lossWeights[tokens])
      targets.entropyWeights = entropyWeights.isEmpty ? [] : Array(entropyWeights[tokens])
      targets.penaltyWeights = penaltyWeights.isEmpty ? [] : Array(penaltyWeights[tokens])
      targets.referenceLogProbabilities = reference.isEmpty ? nil : reference
      targets.samplerLogProbabilities = sampler.isEmpty ? nil : sampler
      offset = tokens.upperBound
      return targets
    }
  }

  /// The credits with the advantages of the minibatch's tokens whitened together, where the algorithm asks for that; completions
  /// without a reward, and those that are masked, stay out and have advantage exactly 0.
  private func whitened(_ credits: [[AdvantageEstimate]], in groups: [Int], by whitening: Whitening?) -> [[AdvantageEstimate]] {
    guard let whitening else { return credits }
    var credits = credits
    let counted = groups.flatMap { group in
      zip(credit.groups[group], selection.countedLengths(credit.groups[group])).map { $0.reward != nil && $1 > 0 }
    }
    var rest = whitening.whitened(groups.flatMap { credits[$0] }, counting: counted)[...]
    for group in groups {
      credits[group] = Array(rest.prefix(credits[group].count))
      rest = rest.dropFirst(credits[group].count)
    }
    return credits
  }

  /// Weights of the counted tokens, with zeros for those of completions that do not count.
  private func spread(_ weights: [Float], over inputs: [EstimatorInput]) -> [Float] {
    var rest = weights[...]
    return zip(inputs, selection.countedLengths(inputs)).flatMap { input, counted -> [Float] in
      defer { rest = rest.dropFirst(counted) }
      return counted > 0 ? Array(rest.prefix(counted)) : [Float](repeating: 0, count: input.tokenCount)
    }
  }
}
