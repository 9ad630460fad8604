import Numbers
import Questions
import Timelines

/// The reference and the answers of one example in lanes of text.
///
///     When does the vocal come in?
///     reference        ··········◆·······················
///     before, greedy   ················●·················  0.35
///     after, greedy    ··········●·······················  0.97
///                      0:00        0:30        1:00
///
/// ◆ and ■ are the reference's times, ● and █ those of answers; ‹ and › stand for times outside the track.
package struct TextTimeline: Sendable {
  private let example: SummaryExample
  private let columns: Int
  private static let labelWidth = 17
  private static let scoreWidth = 6

  /// `columns` is the width of the terminal; lanes are at least 20 wide whatever it is.
  package init(_ example: SummaryExample, columns: Int = 100) {
    self.example = example
    self.columns = max(20, columns - Self.labelWidth - Self.scoreWidth)
  }

  package var text: String {
    var lines = [printable(example.question.text)]
    lines.append(line("reference", AnswerMarks(referencesOf: example.question), instant: "◆", interval: "■", score: nil))
    for lane in example.lanes {
      for (index, answer) in lane.answers.enumerated() {
        let marks = AnswerMarks(answer.reading, to: example.question)
        let sort = answer.isGreedy ? (index == 0 ? ", greedy" : "greedy") : ""
        let room = Self.labelWidth - 1 - sort.count
        let name = printable(lane.name)
        let label = index > 0 ? "" : name.count > room ? name.prefix(room - 1) + "…" : name
        lines.append(line(label + sort, marks, instant: "●", interval: "█", score: answer.score))
      }
    }
    lines.append(timeAxis)
    return lines.map { trimmed($0) + "\n" }.joined()
  }

  private func line(_ label: String, _ marks: AnswerMarks, instant: Character, interval: Character, score: Double?) -> String {
    var lane = [Character](repeating: "·", count: columns)
    for part in marks.intervals {
      let first = column(of: part.start)
      for column in first...max(first, lastColumn(before: part.end)) { lane[column] = interval }
    }
    for time in marks.instants {
      lane[column(of: time)] = time < 0 ? "‹" : time > example.question.duration ? "›" : instant
    }
    if !marks.words.isEmpty { lane = Array((" " + printable(marks.words)).prefix(columns)) }
    let padding = String(repeating: " ", count: columns - lane.count)
    return padded(label) + String(lane) + padding + (score.map { "  " + decimal($0, places: 2) } ?? "")
  }

  /// The column in which a time lies; the first or the last for times outside the track.
  private func column(of time: Double) -> Int {
    let duration = example.question.duration
    guard duration > 0, time.isFinite else { return 0 }
    return min(columns - 1, max(0, Int(saturating: (min(1, max(0, time / duration)) * Double(columns)).rounded(.down))))
  }

  /// The last column of an interval that ends at `time`.
  private func lastColumn(before time: Double) -> Int {
    let share = min(1, max(0, time / example.question.duration))
    return min(columns - 1, max(0, Int(saturating: (share * Double(columns)).rounded(.up)) - 1))
  }

  private var timeAxis: String {
    let axis = Axis(duration: example.question.duration, from: 0, to: Double(columns), tickCount: max(1, columns / 12))
    var line = ""
    for tick in axis.ticks {
      let start = Int(saturating: axis.position(tick))
      let label = clock(tick)
      guard start >= line.count + (line.isEmpty ? 0 : 1), start + label.count <= columns + Self.scoreWidth else { continue }
      line += String(repeating: " ", count: start - line.count) + label
    }
    return padded("") + line
  }

  private func padded(_ label: String) -> String {
    let short = label.prefix(Self.labelWidth - 1)
    return short + String(repeating: " ", count: Self.labelWidth - short.count)
  }
}
