/// Everything that the page of a run, or of several, shows; nothing in it is computed by the page.
package struct SummaryContent: Sendable {
  /// Name of the run or of the ablation.
  package var title: String
  /// What came out of it, in a sentence.
  package var headline: String
  /// What a reader needs to know of the run, such as its seed and its length.
  package var facts: [SummaryFact]
  /// What a person should know, such as a sink that failed.
  package var warnings: [String]
  /// What the number of seeds or the kind of data does not allow to claim.
  package var cautions: [String]
  /// The results in plain words, a sentence each.
  package var findings: [String]
  /// A panel a metric, with a row an arm.
  package var forests: [SummaryForest]
  /// How to read them.
  package var forestNote = ""
  /// Tables of the results, which the other formats show as well.
  package var tables: [SummaryTable]
  /// Charts beside the tables, such as performance profiles.
  package var profiles: [SummaryCurve]
  package var comparisons: [SummaryComparison]
  /// Whom the comparisons compare.
  package var arms = SummaryArms()
  /// How the comparisons were made: tracks, intervals, control.
  package var comparisonNote: String
  package var curves: [SummaryCurve]
  /// What each component of the reward contributes over time.
  package var attributions: [SummaryCurve]
  /// Scores against the length of the track.
  package var lengths: [SummaryCurve] = []
  package var examples: [SummaryExample]
  /// The words of the page that a newcomer does not know, each with its meaning.
  package var terms: [SummaryFact] = []
  /// The commands that made the runs, a line each.
  package var command: String
  /// The complete `resolved.yaml`.
  package var configuration: String
  /// Host, versions, seeds and hashes as the run wrote them.
  package var manifest: String

  package init(
    title: String, headline: String = "", facts: [SummaryFact] = [], warnings: [String] = [],
    cautions: [String] = [], findings: [String] = [], forests: [SummaryForest] = [], tables: [SummaryTable] = [],
    profiles: [SummaryCurve] = [],
    comparisons: [SummaryComparison] = [], comparisonNote: String = "", curves: [SummaryCurve] = [],
    attributions: [SummaryCurve] = [], examples: [SummaryExample] = [], command: String = "", configuration: String = "",
    manifest: String = ""
  ) {
    self.title = title
    self.headline = headline
    self.facts = facts
    self.warnings = warnings
    self.cautions = cautions
    self.findings = findings
    self.forests = forests
    self.tables = tables
    self.profiles = profiles
    self.comparisons = comparisons
    self.comparisonNote = comparisonNote
    self.curves = curves
    self.attributions = attributions
    self.examples = examples
    self.command = command
    self.configuration = configuration
    self.manifest = manifest
  }
}

/// Whom the table of before and after compares.
package struct SummaryArms: Sendable, Hashable {
  /// What it is to the others: the start, the control, the trained arm.
  package static let (before, after) = ("before", "after")

  /// The arm that was trained; empty where there is no more to say than `after`.
  package var subject: String
  /// The arm beside it.
  package var other: String
  /// What that is: `control` where it was trained without rewards, else `baseline`.
  package var role: String

  package init(subject: String = "", other: String = "", role: String = "control") {
    (self.subject, self.other, self.role) = (subject, other, role)
  }
}

/// A name and its value, such as `seed` and `7`.
package struct SummaryFact: Sendable, Hashable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// A number with its 95 % interval.
package struct SummaryEstimate: Sendable, Hashable {
  package var value: Double
  package var low: Double
  package var high: Double

  package init(_ value: Double, low: Double, high: Double) {
    self.value = value
    self.low = low
    self.high = high
  }

  /// As a difference in text, such as `+0.064 [+0.056, +0.073]`.
  package var asGain: String {
    "\(signed(value, places: 3)) [\(signed(low, places: 3)), \(signed(high, places: 3))]"
  }
}

/// One row of the table of before and after.
package struct SummaryComparison: Sendable, Hashable {
  /// The metric with its task, such as `TSG Hit@3s`.
  package var metric: String
  /// `greedy` or `sampled`.
  package var decoding: String
  package var before: SummaryEstimate
  /// The same of the other arm, such as after as much further supervised training; `nil` without one.
  package var control: SummaryEstimate?
  package var after: SummaryEstimate
  /// After minus before, on the same tracks.
  package var gain: SummaryEstimate
  /// After minus control, on the same tracks.
  package var gainOverControl: SummaryEstimate?
  /// The best constant answers on the same questions, and after minus these; `nil` where nobody asked.
  package var blind: SummaryEstimate?
  package var gainOverBlind: SummaryEstimate?

  package init(
    metric: String, decoding: String, before: SummaryEstimate, control: SummaryEstimate? = nil, after: SummaryEstimate,
    gain: SummaryEstimate, gainOverControl: SummaryEstimate? = nil, blind: SummaryEstimate? = nil,
    gainOverBlind: SummaryEstimate? = nil
  ) {
    self.metric = metric
    self.decoding = decoding
    self.before = before
    self.control = control
    self.after = after
    self.gain = gain
    self.gainOverControl = gainOverControl
    self.blind = blind
    self.gainOverBlind = gainOverBlind
  }
}
