import Options

/// Which completions an update learns from; what is not given is the algorithm's choice.
public struct SelectionOptions: Sendable, Hashable {
  var tiedGroups: CompletionSelection.TiedGroups?
  var refillRounds: Int?
  var fallback: CompletionSelection.Fallback?
  var masksTruncated: Bool?

  /// A selection of which the choices named here are given.
  ///
  /// - Parameters:
  ///   - tiedGroups: What happens to groups whose rewards are all equal. Default `keep`, of DAPO `refill` (§3.2 of its paper).
  ///   - refillRounds: The most rounds of further sampling a step, 1…100. Default 3.
  ///   - refillFallback: What happens to tied groups still left. Default `drop`.
  ///   - masksTruncated: Whether completions that the limit on tokens cut off teach nothing. Default false.
  public init(
    tiedGroups: CompletionSelection.TiedGroups? = nil, refillRounds: Int? = nil,
    refillFallback: CompletionSelection.Fallback? = nil, masksTruncated: Bool? = nil
  ) {
    self.tiedGroups = tiedGroups
    self.refillRounds = refillRounds
    fallback = refillFallback
    self.masksTruncated = masksTruncated
  }

  func selection(_ options: inout OptionReader, tied: CompletionSelection.TiedGroups) -> CompletionSelection {
    CompletionSelection(
      tiedGroups: options.choice(
        "tied-groups", default: tiedGroups ?? tied, help: "what happens to groups whose rewards are all equal"),
      refillRounds: options.integer(
        "refill-rounds", default: refillRounds ?? 3, in: 1...100, help: "most rounds of further sampling a step"),
      fallback: options.choice("refill-fallback", default: fallback ?? .drop, help: "what happens to tied groups still left"),
      masksTruncated: options.flag(
        "mask-truncated", default: masksTruncated ?? false, help: "whether completions cut off teach nothing"))
  }
}
