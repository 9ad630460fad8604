import Options

/// How the losses of tokens become one number; what is not given is the algorithm's or the profile's choice.
public struct AggregationOptions: Sendable, Hashable {
  var name: AggregationName?
  var emptySequences: EmptySequences?
  var constantLength: Int?

  /// An aggregation of which the choices named here are given.
  ///
  /// - Parameters:
  ///   - name: The mean or the sum; each algorithm has its paper's.
  ///   - emptySequences: Whether masked completions count in a mean over completions. Default `counted`, of verl and OpenRLHF `leftOut`.
  ///   - constantLength: L of `constantLength`, 1…1,000,000 tokens: the run's limit on tokens. Default 512.
  public init(_ name: AggregationName? = nil, emptySequences: EmptySequences? = nil, constantLength: Int? = nil) {
    self.name = name
    self.emptySequences = emptySequences
    self.constantLength = constantLength
  }

  func aggregation(
    _ options: inout OptionReader, _ choices: ProfileChoices, default own: AggregationName?, lengthSlack: Double?
  ) -> any LossAggregation {
    let name = options.choice(
      "aggregation", default: name ?? own ?? choices.aggregation, help: "how token losses are averaged")
    let empty = options.choice(
      "empty-sequences", default: emptySequences ?? choices.emptySequences,
      help: "whether masked completions count in a mean over completions")
    let length = options.integer(
      "constant-length", default: constantLength ?? 512, in: 1...1_000_000, unit: "tokens", help: "divisor of constant-length")
    return switch name {
    case .sequenceMean: SequenceMean(empty: empty, lengthSlack: lengthSlack ?? choices.lengthSlack)
    case .tokenMean: TokenMean()
    case .batchTokenMean: TokenMean(scope: .batch)
    case .tokenSum: TokenSum()
    case .sequenceSum: TokenSum(perSequence: true, empty: empty)
    case .constantLength: ConstantLength(length: Double(length), empty: empty)
    }
  }
}

extension TermAggregation {
  /// How a term beside the policy loss is averaged; `nil` as the loss.
  static func read(_ options: inout OptionReader, default own: TermAggregation) -> (any LossAggregation)? {
    options.choice("aggregation", default: own, help: "as the policy loss, or the mean over tokens whatever that is") == .loss
      ? nil : TokenMean()
  }
}
