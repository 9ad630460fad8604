public import Options

/// The options of an algorithm while it is made: what is given, by a file or a program, and a profile's choices for the rest.
///
/// An algorithm asks for its parts one after another; each reads its options, with what a program gave or the profile chooses as the default.
/// The order of asking is that of the manual. Options that an algorithm has for itself are read from ``reader``.
public struct AlgorithmOptions: Sendable {
  /// Where an algorithm's own options are read, and what is wrong with them recorded.
  public var reader = OptionReader()
  let choices: ProfileChoices
  let profile: Profile
  private let name: String
  private let comparison: ComparisonOptions
  private let clip: ClipOptions
  private let averaging: AggregationOptions
  private let scheduling: ScheduleOptions
  private let kl: KLOptions
  private let entropy: EntropyOptions
  private let correction: CorrectionOptions
  private let overlong: OverlongOptions
  private let rewardLimit: Double?
  private let choosing: SelectionOptions

  /// Options of a file, of which this reads the key `profile`; the toolkits' choices may depend on the algorithm, by its name.
  init(_ file: OptionReader, for algorithm: String) {
    var reader = file
    let profile = reader.choice("profile", default: Profile.takt, help: "whose numerical choices are the defaults")
    self.init(profile, for: algorithm)
    self.reader = reader
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
    name = algorithm
    self.profile = profile
    choices = profile.choices(for: algorithm)
    self.comparison = comparison
    self.clip = clip
    averaging = aggregation
    scheduling = schedule
    self.kl = kl
    self.entropy = entropy
    self.correction = correction
    self.overlong = overlong
    self.rewardLimit = rewardLimit
    choosing = selection
  }

  /// The algorithm that `body` makes of options that no file gives.
  ///
  /// Traps where a given value is out of range, with a file's words, unless ``TypedOptions/checked(_:)`` asks.
  public func make<Made>(_ body: (inout AlgorithmOptions) -> Made) -> Made {
    TypedOptions.make(name) { reader in
      var options = self
      options.reader = reader
      let made = body(&options)
      reader = options.reader
      guard var composed = made as? any ComposedAlgorithm else { return made }
      composed.parts.written = WrittenOptions(options)
      return composed as? Made ?? made
    }
  }

  /// Rewards against those of the other completions of the prompt.
  public mutating func groupAdvantage() -> any AdvantageEstimator { groupAdvantage(epsilon: nil) }

  mutating func groupAdvantage(epsilon: Double?) -> any AdvantageEstimator {
    comparison.estimator(&reader, choices, ownEpsilon: epsilon)
  }

  /// The clipped ratio; `paper` is the clip range of the algorithm's own paper, which profiles but TRL's put before their own.
  public mutating func clippedSurrogate(paper: (low: Double, high: Double)? = nil) -> ClippedSurrogate {
    clip.surrogate(&reader, choices, paper: paper)
  }

  mutating func logRatioLimit() -> Double? { clip.logRatioLimit(&reader, choices) }

  /// The profile's whitening, with ties as an option says.
  mutating func whitening(ties: Ties?) -> Whitening {
    let ties = reader.choice(
      "ties", default: ties ?? .exact,
      help: "whether tied rewards have advantage exactly 0 or what the toolkits' whitening leaves them")
    var whitening = choices.whitening
    whitening.zerosTies = ties == .exact
    return whitening
  }

  /// How token losses are averaged; `default` is the algorithm's own way, without which the profile's counts.
  public mutating func aggregation(default name: AggregationName? = nil) -> any LossAggregation {
    aggregation(default: name, lengthSlack: nil)
  }

  mutating func aggregation(default name: AggregationName?, lengthSlack: Double?) -> any LossAggregation {
    averaging.aggregation(&reader, choices, default: name, lengthSlack: lengthSlack)
  }

  /// Passes and steps a batch; the numbers are the algorithm's own.
  mutating func schedule(epochs: Int = 1, minibatches: Int = 1) -> UpdateSchedule {
    scheduling.schedule(&reader, choices, epochs: epochs, minibatches: minibatches)
  }

  /// An algorithm of an estimator, a surrogate and an aggregation, with everything that all of them have.
  ///
  /// - Parameters:
  ///   - advantage: Rewards become advantages.
  ///   - surrogate: The policy loss.
  ///   - aggregation: How it is averaged over tokens.
  ///   - requirements: What it needs of policy and run; a penalty adds the reference policy, a value loss the value head.
  ///   - schedule: Where it was read before; `nil` reads it here, one epoch of one minibatch unless an option says more.
  ///   - klPlacement: Where the paper puts the penalty; `nil` is in the loss.
  ///   - klEstimator: The paper's estimate in the loss; `nil` is k3.
  ///   - tied: What the paper does with tied groups.
  public mutating func parts(
    advantage: any AdvantageEstimator, surrogate: any ObjectiveTerm, aggregation: any LossAggregation,
    requirements: PolicyRequirements = .groups, schedule: UpdateSchedule? = nil, klPlacement: KLPenalty.Placement? = nil,
    klEstimator: KLEstimator? = nil, tied: CompletionSelection.TiedGroups = .keep
  ) -> AlgorithmParts {
    let schedule = schedule ?? self.schedule()
    let (penalty, penaltyAggregation) = kl.penalty(&reader, choices, own: (klPlacement, klEstimator))
    let (entropy, entropyAggregation) = entropy.control(&reader, choices)
    var parts = AlgorithmParts(
      advantage: advantage, surrogate: surrogate, aggregation: aggregation, schedule: schedule, requirements: requirements,
      penalty: penalty, entropy: entropy, weightings: correction.weightings(&reader, choices),
      overlong: overlong.punishment(&reader, choices), rewardRange: rewardRange(),
      selection: choosing.selection(&reader, tied: tied))
    parts.penaltyAggregation = penaltyAggregation
    parts.entropyAggregation = entropyAggregation
    return parts
  }

  private mutating func rewardRange() -> ClosedRange<Double>? {
    positive(
      reader.number(
        "reward-limit", default: rewardLimit ?? choices.rewardLimit, in: 0...1e9, unit: "reward",
        help: "bound on |reward|, or on |advantage| where kl.order is after; 0 is none")
    ).map { -$0...$0 }
  }
}
