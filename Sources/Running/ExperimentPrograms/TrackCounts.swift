import Options

/// How many composed tracks an experiment has; what is not given is as in a file that does not say it.
public struct TrackCounts: Sendable, Hashable {
  package var train: Int?
  /// Tracks on which it is measured while it learns.
  package var validation: Int?
  /// Held-out tracks, on which start and end are scored.
  package var test: Int?
  /// Training tracks to leave out, such as those that the policy learnt from before.
  package var skip: Int?

  public init(train: Int? = nil, validation: Int? = nil, test: Int? = nil, skip: Int? = nil) {
    (self.train, self.validation, self.test, self.skip) = (train, validation, test, skip)
  }

  var written: OptionValue {
    .map(of: [("train", train), ("validation", validation), ("test", test), ("skip", skip)])
  }
}

extension OptionValue {
  /// A map of the numbers that are there.
  static func map(of numbers: [(key: String, value: Int?)]) -> OptionValue {
    OptionValue(
      .map(numbers.compactMap { key, value in value.map { OptionEntry(key: key, value: OptionValue(.number(Double($0)))) } }))
  }
}
