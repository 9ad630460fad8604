public import Questions
public import Timelines

/// Everything that a run's summary shows; nothing in it is computed by the page.
public struct SummaryContent: Sendable {
  /// Name of the run.
  public var title: String
  /// What came out of it, in a sentence.
  public var headline: String
  /// What a reader needs to know of the run, such as its seed and its length.
  public var facts: [SummaryFact]
  /// What a person should know, such as a sink that failed.
  public var warnings: [String]
  public var comparisons: [SummaryComparison]
  /// How the comparisons were made: tracks, intervals, control.
  public var comparisonNote: String
  public var curves: [SummaryCurve]
  public var examples: [SummaryExample]
  /// The command that made the run.
  public var command: String
  /// The complete `resolved.yaml`.
  public var configuration: String

  public init(
    title: String, headline: String = "", facts: [SummaryFact] = [], warnings: [String] = [],
    comparisons: [SummaryComparison] = [], comparisonNote: String = "", curves: [SummaryCurve] = [],
    examples: [SummaryExample] = [], command: String = "", configuration: String = ""
  ) {
    self.title = title
    self.headline = headline
    self.facts = facts
    self.warnings = warnings
    self.comparisons = comparisons
    self.comparisonNote = comparisonNote
    self.curves = curves
    self.examples = examples
    self.command = command
    self.configuration = configuration
  }
}

/// A name and its value, such as `seed` and `7`.
public struct SummaryFact: Sendable, Hashable {
  public var name: String
  public var value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// A number with its 95 % interval.
public struct SummaryEstimate: Sendable, Hashable {
  public var value: Double
  public var low: Double
  public var high: Double

  public init(_ value: Double, low: Double, high: Double) {
    self.value = value
    self.low = low
    self.high = high
  }
}

/// One row of the table of before and after.
public struct SummaryComparison: Sendable, Hashable {
  /// The metric with its task, such as `TSG Hit@3s`.
  public var metric: String
  /// `greedy` or `sampled`.
  public var decoding: String
  public var before: SummaryEstimate
  /// The same after as much further supervised training; `nil` without a control.
  public var control: SummaryEstimate?
  public var after: SummaryEstimate
  /// After minus before, paired by track.
  public var gain: SummaryEstimate
  /// After minus control, paired by track.
  public var gainOverControl: SummaryEstimate?

  public init(
    metric: String, decoding: String, before: SummaryEstimate, control: SummaryEstimate? = nil, after: SummaryEstimate,
    gain: SummaryEstimate, gainOverControl: SummaryEstimate? = nil
  ) {
    self.metric = metric
    self.decoding = decoding
    self.before = before
    self.control = control
    self.after = after
    self.gain = gain
    self.gainOverControl = gainOverControl
  }
}

/// A question with answers from before and after, drawn over time.
public struct SummaryExample: Sendable {
  public var question: Question
  /// What is known of the track; drawn behind the answers.
  public var timeline: Timeline?
  public var before: [SummaryAnswer]
  public var after: [SummaryAnswer]

  public init(question: Question, timeline: Timeline? = nil, before: [SummaryAnswer], after: [SummaryAnswer]) {
    self.question = question
    self.timeline = timeline
    self.before = before
    self.after = after
  }
}

/// One completion and how it was read.
public struct SummaryAnswer: Sendable, Hashable {
  public var text: String
  public var reading: Reading
  /// `nil` where nothing scored it.
  public var score: Double?
  public var isGreedy: Bool

  public init(text: String, reading: Reading, score: Double?, isGreedy: Bool = false) {
    self.text = text
    self.reading = reading
    self.score = score
    self.isGreedy = isGreedy
  }
}
