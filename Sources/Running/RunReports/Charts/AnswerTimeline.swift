import Numbers
import Questions
import Timelines

/// The reference and the answers from before and after, in lanes over the seconds of a track, as SVG.
struct AnswerTimeline {
  private let example: SummaryExample
  private let axis: Axis
  private let left = 150.0
  private let right = 828.0
  private static let width = 880.0
  private static let contextHeight = 11.0
  private static let referenceHeight = 20.0
  private static let answerHeight = 13.0
  private static let pictureHeight = 64.0
  private static let pictureGap = 10.0

  init(_ example: SummaryExample) {
    self.example = example
    axis = Axis(duration: example.question.duration, from: left, to: right)
  }

  var markup: Markup {
    var rows: Markup = ""
    var y = 6.0
    for section in sectionRow(at: &y) { rows += section }
    for lane in example.timeline?.lanes ?? [] { rows += contextRow(lane, at: &y) }
    let reference = AnswerMarks(referencesOf: example.question)
    y += 6
    let guideTop = y
    rows += row("reference", reference, style: "reference", height: Self.referenceHeight, score: nil, at: &y)
    for lane in example.lanes where !lane.answers.isEmpty {
      y += 8
      for (index, answer) in lane.answers.enumerated() {
        let isNewSort = index == 0 || lane.answers[index - 1].isGreedy != answer.isGreedy
        let sort = isNewSort ? (answer.isGreedy ? "greedy" : "sampled") : ""
        let label = index == 0 ? "\(short(lane.name, beside: sort)), \(sort)" : sort
        let marks = AnswerMarks(answer.reading, to: example.question)
        let hint = "\(lane.name), \(answer.isGreedy ? "greedy" : "sampled"): \(answer.text)"
        rows += row(
          label, marks, style: lane.style.name, height: Self.answerHeight, score: answer.score, hint: hint, at: &y)
      }
    }
    let guideBottom = y + (example.picture.isEmpty ? 2 : Self.pictureGap)
    rows += pictureRow(at: &y)
    return """
      <svg viewBox="0 0 \(Self.width) \(y + 26)" role="img" aria-label="Answers over time: \(example.question.text)">
      \(rows)
      \(guides(reference, from: guideTop, to: guideBottom))
      \(example.picture.isEmpty ? "" : guides(reference, style: "guide over", from: guideBottom, to: y + 2))
      \(timeAxis(at: y + 6))
      </svg>
      """
  }

  /// A name cut to what fits into the margin.
  private func short(_ name: String, beside sort: String) -> String {
    let room = 19 - sort.count
    return name.count > room ? name.prefix(room - 1) + "…" : name
  }

  /// The picture of the sound under the answers, on the same seconds.
  private func pictureRow(at y: inout Double) -> Markup {
    guard !example.picture.isEmpty else { return "" }
    y += Self.pictureGap
    defer { y += Self.pictureHeight + 2 }
    return """
      <text class="lane" x="\(left - 8)" y="\(y + 0.5 * Self.pictureHeight)" text-anchor="end">log-mel</text>\
      <text class="tick" x="\(right + 10)" y="\(y + 10)">7.6 kHz</text>\
      <text class="tick" x="\(right + 10)" y="\(y + Self.pictureHeight - 2)">30 Hz</text>\
      <image x="\(left)" y="\(y)" width="\(right - left)" height="\(Self.pictureHeight)" preserveAspectRatio="none" \
      href="\(example.picture)"><title>log-mel picture of the track</title></image>
      """
  }

  /// The form of the track as blocks, the darker the more intense.
  private func sectionRow(at y: inout Double) -> [Markup] {
    guard let sections = example.timeline?.sections, !sections.isEmpty else { return [] }
    defer { y += 18 }
    let label: Markup = "<text class=\"lane\" x=\"\(left - 8)\" y=\"\(y + 10)\" text-anchor=\"end\">form</text>"
    return [label]
      + sections.map { section in
        let (start, end) = (axis.position(section.interval.start), axis.position(section.interval.end))
        let opacity = decimal(0.12 + 0.38 * min(1, max(0, section.intensity)), places: 2)
        let name = section.label.count <= Int(saturating: (end - start) / 6) ? section.label : ""
        return """
          <rect class="section" x="\(start)" y="\(y)" width="\(max(0.5, end - start - 1))" height="14" fill-opacity="\(opacity)">\
          <title>\(section.label) \(clock(section.interval.start))–\(clock(section.interval.end)), intensity \
          \(decimal(section.intensity, places: 2))</title></rect><text class="block" x="\(start + 4)" y="\(y + 10.5)">\(name)</text>
          """
      }
  }

  private func contextRow(_ lane: Timeline.Lane, at y: inout Double) -> Markup {
    defer { y += Self.contextHeight + 3 }
    var markup: Markup = """
      <text class="lane" x="\(left - 8)" y="\(y + 9)" text-anchor="end">\(lane.label)</text>
      """
    for interval in lane.intervals {
      markup += bar(interval, style: "context", y: y + 3, height: Self.contextHeight - 6)
    }
    return markup
  }

  private func row(
    _ label: String, _ marks: AnswerMarks, style: String, height: Double, score: Double?, hint: String = "", at y: inout Double
  ) -> Markup {
    defer { y += height }
    let middle = y + 0.5 * height
    var markup: Markup = """
      <g class="\(style)"><title>\(hint)</title>\
      <text class="lane" x="\(left - 8)" y="\(middle + 4)" text-anchor="end">\(label)</text>\
      <line class="rail" x1="\(left)" y1="\(middle)" x2="\(right)" y2="\(middle)"/>
      """
    let thickness = height - (style == "reference" ? 8 : 5)
    for interval in marks.intervals { markup += bar(interval, style: style, y: middle - 0.5 * thickness, height: thickness) }
    for time in marks.instants { markup += marker(time, style: style, middle: middle, radius: style == "reference" ? 5.5 : 4) }
    if !marks.words.isEmpty { markup += "<text class=\"words\" x=\"\(left + 4)\" y=\"\(middle + 4)\">\(marks.words)</text>" }
    if let score {
      markup += "<text class=\"tick\" x=\"\(right + 10)\" y=\"\(middle + 4)\">\(decimal(score, places: 2))</text>"
    }
    markup += "</g>"
    return markup
  }

  private func bar(_ interval: Interval, style: String, y: Double, height: Double) -> Markup {
    let (start, end) = (axis.position(interval.start), axis.position(interval.end))
    return """
      <rect class="mark \(style)" x="\(start)" y="\(y)" width="\(max(1.5, end - start))" height="\(height)" rx="2">\
      <title>\(clock(interval.start, places: 1))–\(clock(interval.end, places: 1))</title></rect>
      """
  }

  /// A diamond; an arrow head at the edge where the time lies outside the track.
  private func marker(_ time: Double, style: String, middle: Double, radius r: Double) -> Markup {
    let x = axis.position(time)
    let points =
      if time > axis.domain.upperBound {
        [(x, middle - r), (x + 1.4 * r, middle), (x, middle + r)]
      } else if time < axis.domain.lowerBound {
        [(x, middle - r), (x - 1.4 * r, middle), (x, middle + r)]
      } else {
        [(x - r, middle), (x, middle - r), (x + r, middle), (x, middle + r)]
      }
    let corners = points.map { "\(decimal($0.0, places: 1)),\(decimal($0.1, places: 1))" }.joined(separator: " ")
    return "<polygon class=\"mark \(style)\" points=\"\(corners)\"><title>\(clock(time, places: 1))</title></polygon>"
  }

  /// The reference behind all lanes, so that an answer's error is seen as a distance; `over` the picture, which is always dark.
  private func guides(_ reference: AnswerMarks, style: String = "guide", from top: Double, to bottom: Double) -> Markup {
    let bands = reference.intervals.map { interval -> Markup in
      let (start, end) = (axis.position(interval.start), axis.position(interval.end))
      return "<rect class=\"\(style)\" x=\"\(start)\" y=\"\(top)\" width=\"\(end - start)\" height=\"\(bottom - top)\"/>"
    }
    let lines = reference.instants.map { time -> Markup in
      let x = axis.position(time)
      return "<line class=\"\(style)\" x1=\"\(x)\" y1=\"\(top)\" x2=\"\(x)\" y2=\"\(bottom)\"/>"
    }
    return Markup(bands + lines)
  }

  private func timeAxis(at y: Double) -> Markup {
    let ticks = axis.ticks.map { tick -> Markup in
      """
      <line class="axis" x1="\(axis.position(tick))" y1="\(y)" x2="\(axis.position(tick))" y2="\(y + 4)"/>\
      <text class="tick" x="\(axis.position(tick))" y="\(y + 16)" text-anchor="middle">\(clock(tick))</text>
      """
    }
    return Markup(["<line class=\"axis\" x1=\"\(left)\" y1=\"\(y)\" x2=\"\(right)\" y2=\"\(y)\"/>"] + ticks)
  }
}
