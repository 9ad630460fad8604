import Questions

/// Questions with their answers over the seconds of the track, its picture and its sound.
struct AnswerSection: PageSection {
  let content: SummaryContent
  let title = "Answers over time"
  var isEmpty: Bool { content.examples.isEmpty }

  var body: Markup {
    let figures = content.examples.map { example -> Markup in
      let kind = [example.question.task, example.question.category].filter { !$0.isEmpty }.joined(separator: ", ")
      let badge: Markup = example.reason.isEmpty ? "" : "<span class=\"badge\">\(example.reason)</span>"
      let sound: Markup =
        example.sound.isEmpty
        ? "" : "<audio controls preload=\"none\" src=\"\(example.sound)\" aria-label=\"\(example.question.trackID)\"></audio>"
      return """
        <figure class="example"><figcaption>\(badge)\(example.question.text)
        <span class="legend">\(kind) · \(example.question.trackID)</span></figcaption>
        <div class="wide">\(AnswerTimeline(example).markup)</div>\(sound)</figure>
        """
    }
    return """
      <p class="note swatches"><span class="swatch reference"></span>reference\(keys). The number at the right is the \
      answer's score by its task's measure, 0 to 1. A diamond is an instant, a bar an interval.</p>
      \(Markup(figures))
      """
  }

  /// The lanes of all examples, each once.
  private var keys: Markup {
    var seen: [String] = []
    var keys: Markup = ""
    for lane in content.examples.flatMap(\.lanes) where !seen.contains(lane.name) {
      seen.append(lane.name)
      keys += " <span class=\"swatch \(lane.style.name)\"></span>\(lane.name)"
    }
    return keys
  }
}
