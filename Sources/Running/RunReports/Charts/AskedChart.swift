import Questions
import Timelines

/// Each question about a track in a row: the truth, the answer, and the distribution over its first time, as SVG.
struct AskedChart {
  private let content: TrackPageContent
  private let axis: Axis
  private static let width = 932.0
  /// As in the chart of the track above it, so that seconds lie under each other.
  private let left = 92.0
  private let margin = 12.0
  private let right = 920.0
  private static let barHeight = 26.0

  init(_ content: TrackPageContent) {
    self.content = content
    axis = Axis(duration: content.duration, from: left, to: right)
  }

  var markup: Markup {
    var y = 2.0
    var rows: Markup = ""
    for answer in content.answers { rows += row(answer, at: &y) }
    return """
      <svg viewBox="0 0 \(Self.width) \(y + 22)" role="img" aria-label="Answers over time">
      \(rows)
      \(axis.timeMarkup(at: y, height: 4))
      </svg>
      """
  }

  private func row(_ answer: TrackPageContent.Answered, at y: inout Double) -> Markup {
    let truth = AnswerMarks(referencesOf: answer.question)
    let said = AnswerMarks(answer.reading, to: answer.question)
    let rail = y + 18 + Self.barHeight
    defer { y = rail + 22 }
    var markup: Markup = """
      <text class="title" x="\(margin)" y="\(y + 12)">\(answer.question.text)  <tspan class="words">\(answer.score)</tspan></text>\
      <line class="rail" x1="\(left)" y1="\(rail)" x2="\(right)" y2="\(rail)"/>
      """
    let most = answer.seconds.max() ?? 1
    for (second, probability) in answer.seconds.enumerated() where probability >= 0.002 {
      let height = Self.barHeight * probability / max(most, .leastNormalMagnitude)
      let half = max(1, 0.4 * (axis.position(1) - axis.position(0)))
      markup += """
        <rect class="second" x="\(axis.position(Double(second)) - half)" y="\(rail - height)" width="\(2 * half)" \
        height="\(height)"><title>\(clock(Double(second))): \(decimal(probability, places: 3))</title></rect>
        """
    }
    markup += marks(truth, style: "reference", y: rail + 2)
    markup += marks(said, style: "after", y: rail + 9)
    return markup
  }

  private func marks(_ marks: AnswerMarks, style: String, y: Double) -> Markup {
    let style = Markup(stringLiteral: style)
    var markup: Markup = ""
    for interval in marks.intervals {
      let (start, end) = (axis.position(interval.start), axis.position(interval.end))
      markup += """
        <rect class="mark \(style)" x="\(start)" y="\(y)" width="\(max(1, end - start))" height="5"/>
        """
    }
    for time in marks.instants {
      markup += "<circle class=\"mark \(style)\" cx=\"\(axis.position(time))\" cy=\"\(y + 2.5)\" r=\"4\"/>"
    }
    if !marks.words.isEmpty {
      markup += "<text class=\"words\" x=\"\(left + 4)\" y=\"\(y + 6)\">\(marks.words)</text>"
    }
    return markup
  }
}
