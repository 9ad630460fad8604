public import Options

/// The options that algorithms have in common: what is given, and the choices of a profile for the rest.
///
/// An algorithm asks for its parts one after another; each part reads its options from the reader, with what a program gave or the profile
/// chooses as the default. The order of reading is that of the manual.
public struct AlgorithmOptions: Sendable {
  let choices: ProfileChoices
  private let comparison: ComparisonOptions
  private let clip: ClipOptions
  private let aggregation: AggregationOptions
  private let schedule: ScheduleOptions
  private let kl: KLOptions
  private let entropy: EntropyOptions
  private let correction: CorrectionOptions
  private let overlong: OverlongOptions
  private let rewardLimit: Double?
  private let selection: SelectionOptions

  /// Options of a file, of which this reads the key `profile`; the toolkits' choices may depend on the algorithm, by its name.
  public init(_ options: inout OptionReader, for algorithm: String) {
    self.init(
      options.choice("profile", default: Profile.takt, help: "whose numerical choices are the defaults"), for: algorithm)
  }

  /// Options of a program: those that are given change the profile's choices.
  ///
  /// `rewardLimit` bounds |reward|, or |advantage| where `order` of the penalty is `after`, 0…10⁹; 0 is none. Default none, of OpenRLHF 10.
  public init(
    _ profile: Profile, for algorithm: String, comparison: ComparisonOptions = ComparisonOptions(),
    clip: ClipOptions = ClipOptions(), aggregation: AggregationOptions = AggregationOptions(),
    schedule: ScheduleOptions = ScheduleOptions(), kl: KLOptions = KLOptions(), entropy: EntropyOptions = EntropyOptions(),
    correction: CorrectionOptions = CorrectionOptions(), overlong: OverlongOptions = OverlongOptions(),
    rewardLimit: Double? = nil, selection: SelectionOptions = SelectionOptions()
  ) {
    choices = profile.choices(for: algorithm)
    self.comparison = comparison
    self.clip = clip
    self.aggregation = aggregation
    self.schedule = schedule
    self.kl = kl
    self.entropy = entropy
    self.correction = correction
    self.overlong = overlong
    self.rewardLimit = rewardLimit
    self.selection = selection
  }

  /// Rewards against those of the other completions of the prompt.
  public func groupAdvantage(_ options: inout OptionReader) -> any AdvantageEstimator {
    comparison.estimator(&options, choices)
  }

  func groupAdvantage(_ options: inout OptionReader, epsilon: Double?) -> any AdvantageEstimator {
    comparison.estimator(&options, choices, ownEpsilon: epsilon)
  }

  /// The clipped ratio; `paper` is the clip range of the algorithm's own paper, which profiles but TRL's put before their own.
  public func clippedSurrogate(
    _ options: inout OptionReader, paper: (low: Double, high: Double)? = nil
  ) -> ClippedSurrogate {
    clip.surrogate(&options, choices, paper: paper)
  }

  func logRatioLimit(_ options: inout OptionReader) -> Double? { clip.logRatioLimit(&options, choices) }

  /// The profile's whitening, with ties as an option says.
  func whitening(_ options: inout OptionReader, ties: Ties?) -> Whitening {
    let ties = options.choice(
      "ties", default: ties ?? .exact,
      help: "whether tied rewards have advantage exactly 0 or what the toolkits' whitening leaves them")
    var whitening = choices.whitening
    whitening.zerosTies = ties == .exact
    return whitening
  }

  /// How token losses are averaged; `default` is the algorithm's own way, without which the profile's counts.
  public func aggregation(_ options: inout OptionReader, default name: AggregationName? = nil) -> any LossAggregation {
    aggregation(&options, default: name, lengthSlack: nil)
  }

  func aggregation(
    _ options: inout OptionReader, default name: AggregationName?, lengthSlack: Double?
  ) -> any LossAggregation {
    aggregation.aggregation(&options, choices, default: name, lengthSlack: lengthSlack)
  }

  /// Passes and steps a batch; the numbers are the algorithm's own.
  func schedule(_ options: inout OptionReader, epochs: Int = 1, minibatches: Int = 1) -> UpdateSchedule {
    schedule.schedule(&options, choices, epochs: epochs, minibatches: minibatches)
  }

  /// An algorithm of an estimator, a surrogate and an aggregation, with everything that all of them have.
  ///
  /// - Parameters:
  ///   - options: Where schedule, penalty, entropy, correction, punishment, bound and selection are read.
  ///   - advantage: Rewards become advantages.
  ///   - surrogate: The policy loss.
  ///   - aggregation: How it is averaged over tokens.
  ///   - requirements: What it needs of policy and run; a penalty adds the reference policy, a value loss the value head.
  ///   - schedule: Where it was read before; `nil` reads it here, one epoch of one minibatch unless an option says more.
  ///   - klPlacement: Where the paper puts the penalty; `nil` is in the loss.
  ///   - klEstimator: The paper's estimate in the loss; `nil` is k3.
  ///   - tied: What the paper does with tied groups.
  public func parts(
    _ options: inout OptionReader, advantage: any AdvantageEstimator, surrogate: any ObjectiveTerm,
    aggregation: any LossAggregation, requirements: PolicyRequirements = .groups, schedule: UpdateSchedule? = nil,
    klPlacement: KLPenalty.Placement? = nil, klEstimator: KLEstimator? = nil, tied: CompletionSelection.TiedGroups = .keep
  ) -> AlgorithmParts {
    let schedule = schedule ?? self.schedule(&options)
    let (penalty, penaltyAggregation) = kl.penalty(&options, choices, own: (klPlacement, klEstimator))
    let (entropy, entropyAggregation) = entropy.control(&options, choices)
    var parts = AlgorithmParts(
      advantage: advantage, surrogate: surrogate, aggregation: aggregation, schedule: schedule, requirements: requirements,
      penalty: penalty, entropy: entropy, weightings: correction.weightings(&options, choices),
      overlong: overlong.punishment(&options, choices), rewardRange: rewardRange(&options),
      selection: selection.selection(&options, tied: tied))
    parts.penaltyAggregation = penaltyAggregation
    parts.entropyAggregation = entropyAggregation
    return parts
  }

  private func rewardRange(_ options: inout OptionReader) -> ClosedRange<Double>? {
    positive(
      options.number(
        "reward-limit", default: rewardLimit ?? choices.rewardLimit, in: 0...1e9, unit: "reward",
        help: "bound on |reward|, or on |advantage| where kl.order is after; 0 is none")
    ).map { -$0...$0 }
  }
}
