public import Questions

/// What a reward is, for those who read rather than run it, and what the shared checks may hold it to.
public struct RewardDocumentation: Sendable, Hashable {
  /// One sentence.
  public var summary: String
  /// The formula in Unicode, with units.
  public var formula: String
  /// What happens at the edges: nothing answered, zero length, empty reference.
  public var degenerateCases: String
  /// Paper or code that it comes from.
  public var source: String
  public var family: RewardFamily
  /// Kinds of question that it judges.
  public var kinds: [AnswerKind]
  /// What holds for every answer and every choice of options.
  public var promises: Set<RewardPromise>

  public init(
    summary: String, formula: String, degenerateCases: String, source: String, family: RewardFamily, kinds: [AnswerKind],
    promises: Set<RewardPromise> = []
  ) {
    self.summary = summary
    self.formula = formula
    self.degenerateCases = degenerateCases
    self.source = source
    self.family = family
    self.kinds = kinds
    self.promises = promises
  }
}

/// What a reward looks at.
public enum RewardFamily: String, Sendable, Hashable, CaseIterable {
  case instants
  /// One interval against one interval.
  case interval
  case intervalSets = "interval sets"
  /// Lists of onsets or of events within a tolerance.
  case events
  case orderings
  case choice
  case text
  /// The form of the answer rather than what it says: it never tells right from wrong.
  case shaping
}

/// A property that a reward claims and the shared checks test.
public enum RewardPromise: String, Sendable, Hashable, CaseIterable {
  /// The reference itself scores the upper end of the range.
  case exactIsBest = "exact is best"
  /// Moving an instant, or an end of one interval, towards the truth never lowers the score.
  case monotone
  /// Writing an interval twice changes nothing.
  case duplication
  /// Cutting an interval in two at a point inside it changes nothing.
  case splitting
  /// The order in which intervals are written changes nothing.
  case permutation
}
