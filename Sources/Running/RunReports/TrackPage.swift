package import Questions
package import Timelines

/// What is shown of one track: its sound, what is true, what the encoder hears, what the policy answers.
package struct TrackPageContent: Sendable {
  /// A question with what the policy says.
  package struct Answered: Sendable {
    package var question: Question
    package var text: String
    package var reading: Reading
    /// Such as `Hit@3s 1`; empty where no reference is known.
    package var score: String
    /// Probability of each second as the first time of the answer; empty where there is none.
    package var seconds: [Double]

    package init(question: Question, text: String, reading: Reading, score: String, seconds: [Double]) {
      (self.question, self.text, self.reading, self.score, self.seconds) = (question, text, reading, score, seconds)
    }
  }

  /// Numbers at a fixed rate from second 0 on.
  package struct Curve: Sendable {
    package var label: String
    package var values: [Float]

    package init(label: String, values: [Float]) {
      (self.label, self.values) = (label, values)
    }
  }

  package var title: String
  /// Where the truth is from, which checkpoints listened.
  package var note: String
  /// Seconds.
  package var duration: Double
  /// Row-major [frames, bands], lowest band first, over the whole duration.
  package var spectrogram: [Float]
  package var bands: Int
  /// The truth; `nil` where it is not known.
  package var timeline: Timeline?
  /// When something changes in truth, in seconds.
  package var transitions: [Double]
  /// Numbers a second of all curves.
  package var curveRate: Double
  /// Probability of a transition.
  package var transition: Curve
  /// Intensity, 0…1.
  package var intensity: Curve
  /// Probability that each instrument plays.
  package var activity: [Curve]
  package var answers: [Answered]

  package init(
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
package struct TrackPage: Sendable {
  private let content: TrackPageContent

  package init(_ content: TrackPageContent) {
    self.content = content
  }

  package var html: String {
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
