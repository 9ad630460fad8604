public import Questions

/// What a reward is, for those who read rather than run it, and what the shared checks may hold it to.
public struct RewardDocumentation: Sendable, Hashable {
  /// One sentence.
  package var summary: String
  /// The formula in Unicode, with units; “·” multiplies and does nothing else.
  package var formula: String
  /// What options choose between, where they choose between formulas: one for each case of such an option.
  package var forms: [RewardForm]
  /// What happens at the edges: nothing answered, zero length, empty reference.
  package var degenerateCases: String
  /// Paper or code that it comes from.
  package var source: String
  package var family: RewardFamily
  /// Kinds of question that it judges.
  package var kinds: [AnswerKind]
  /// What holds for every answer and every choice of options.
  package var promises: Set<RewardPromise>

  public init(
    summary: String, formula: String, forms: [RewardForm] = [], degenerateCases: String, source: String, family: RewardFamily,
    kinds: [AnswerKind],
    promises: Set<RewardPromise> = []
  ) {
    self.summary = summary
    self.formula = formula
    self.forms = forms
    self.degenerateCases = degenerateCases
    self.source = source
    self.family = family
    self.kinds = kinds
    self.promises = promises
  }

  /// The formula, and below it each form by its name, a line each.
  package var formulaLines: [String] { [formula] + forms.map(\.description) }
}

/// One of the formulas that an option chooses between.
public struct RewardForm: Sendable, Hashable, CustomStringConvertible {
  /// The option's key, such as `form` or `measure`.
  package var option: String
  /// The option's word for it.
  package var name: String
  /// In Unicode, with units.
  package var formula: String

  public init(option: String, name: String, formula: String) {
    self.option = option
    self.name = name
    self.formula = formula
  }

  /// All cases of an option's enumeration.
  package static func all<Form: FormulaForm>(of type: Form.Type, option: String) -> [RewardForm] {
    Form.allCases.map { RewardForm(option: option, name: $0.rawValue, formula: $0.formula) }
  }

  public var description: String { "\(option) \(name): \(formula)" }
}

/// An enumeration of formulas, each by the word that a file uses for it.
package protocol FormulaForm: RawRepresentable, CaseIterable, Sendable where RawValue == String {
  /// In Unicode, with units.
  var formula: String { get }
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
