public import Questions
public import Timelines

/// What is shown of one track: its sound, what is true, what the encoder hears, what the policy answers.
public struct TrackPageContent: Sendable {
  /// A question with what the policy says.
  public struct Answered: Sendable {
    public var question: Question
    public var text: String
    public var reading: Reading
    /// Such as `Hit@3s 1`; empty where no reference is known.
    public var score: String
    /// Probability of each second as the first time of the answer; empty where there is none.
    public var seconds: [Double]

    public init(question: Question, text: String, reading: Reading, score: String, seconds: [Double]) {
      (self.question, self.text, self.reading, self.score, self.seconds) = (question, text, reading, score, seconds)
    }
  }

  /// Numbers at a fixed rate from second 0 on.
  public struct Curve: Sendable {
    public var label: String
    public var values: [Float]

    public init(label: String, values: [Float]) {
      (self.label, self.values) = (label, values)
    }
  }

  public var title: String
  /// Where the truth is from, which checkpoints listened.
  public var note: String
  /// Seconds.
  public var duration: Double
  /// Row-major [frames, bands], lowest band first, over the whole duration.
  public var spectrogram: [Float]
  public var bands: Int
  /// The truth; `nil` where it is not known.
  public var timeline: Timeline?
  /// When something changes in truth, in seconds.
  public var transitions: [Double]
  /// Numbers a second of all curves.
  public var curveRate: Double
  /// Probability of a transition.
  public var transition: Curve
  /// Intensity, 0…1.
  public var intensity: Curve
  /// Probability that each instrument plays.
  public var activity: [Curve]
  public var answers: [Answered]

  public init(
    title: String, note: String, duration: Double, spectrogram: [Float], bands: Int, timeline: Timeline?,
    transitions: [Double], curveRate: Double, transition: Curve, intensity: Curve, activity: [Curve], answers: [Answered]
  ) {
    (self.title, self.note, self.duration) = (title, note, duration)
    (self.spectrogram, self.bands) = (spectrogram, bands)
    (self.timeline, self.transitions) = (timeline, transitions)
    (self.curveRate, self.transition, self.intensity, self.activity) = (curveRate, transition, intensity, activity)
    self.answers = answers
  }
}

/// One track as an HTML page that needs nothing else: no network, no script, drawings inline.
public struct TrackPage: Sendable {
  private let content: TrackPageContent

  public init(_ content: TrackPageContent) {
    self.content = content
  }

  public var html: String {
    let body: Markup = """
      <header>
      <h1>\(content.title)</h1>
      <p class="note">\(content.note)</p>
      </header>
      <h2>Heard over time</h2>
      <p class="note">\(legend)</p>
      <div class="wide">\(TrackChart(content).markup)</div>
      \(answers)
      """
    return Markup.page(title: content.title, style: SummaryStyle.css + Self.css, body: body).source
  }

  private var legend: Markup {
    let truth: Markup = "<span class=\"swatch reference\"></span>truth" as Markup
    let model: Markup = "<span class=\"swatch after\"></span>what the encoder hears" as Markup
    return content.timeline == nil ? model : "\(truth) \(model); dashed: where something changes in truth"
  }

  private var answers: Markup {
    guard !content.answers.isEmpty else { return "" }
    // Without the truth there are no references and no scores.
    let isJudged = content.answers.contains { !$0.question.references.isEmpty }
    let rows = content.answers.map { answer -> Markup in
      let references = answer.question.references.map { AnswerWriter(AnswerForm(answer.question)).write($0) }
      let truth: Markup = isJudged ? "<td>\(references.joined(separator: " or "))</td>" : ""
      let score: Markup = isJudged ? "<td>\(answer.score)</td>" : ""
      return "<tr><td>\(answer.question.text)</td>\(truth)<td>\(answer.text)</td>\(score)</tr>"
    }
    let key: Markup = isJudged ? "<span class=\"swatch reference\"></span>truth " : ""
    let heads: (truth: Markup, score: Markup) = isJudged ? ("<th>truth</th>", "<th>score</th>") : ("", "")
    return """
      <h2>Questions</h2>
      <p class="note">\(key)<span class="swatch after"></span>the policy's answer; grey: \
      the probability of each second as its first time</p>
      <div class="wide">\(AskedChart(content).markup)</div>
      <div class="scroll"><table>
      <thead><tr><th>question</th>\(heads.truth)<th>answer</th>\(heads.score)</tr></thead>
      <tbody>\(Markup(rows))</tbody>
      </table></div>
      """
  }

  private static let css = """

    svg .title { font-size: 12px; } .curve { fill: none; stroke: var(--after); stroke-width: 1.5; stroke-linejoin: round; }
    .step { fill: none; stroke: var(--reference); stroke-width: 2; stroke-opacity: 0.75; }
    .lane-truth { fill: var(--reference); fill-opacity: 0.22; } .under { fill: var(--after); fill-opacity: 0.12; stroke: none; }
    .change { stroke: var(--reference); stroke-width: 1; stroke-dasharray: 3 3; stroke-opacity: 0.5; }
    .second { fill: var(--soft); fill-opacity: 0.55; } td { overflow-wrap: anywhere; }
    """
}
