package import Experiments
import Files
import Foundation
import MusTBench
import Options
package import Questions
import RunReports
import Timelines

/// What a set of questions holds: counts, histograms of the answers, what a blind policy would score, examples.
package struct QuestionInspection: Sendable {
  private let questions: [Question]
  private let tasks: TaskCatalog
  private let groups: [(title: String, questions: [Question])]

  package init(_ questions: [Question], plugins: Plugins = .current) {
    self.questions = questions
    tasks = plugins.tasks
    let order = plugins.tasks.names
    groups = Dictionary(grouping: questions) { question in
      let category = question.kind == .choice ? "" : question.category
      return [question.task, category]
    }.sorted { left, right in
      let (first, second) = (
        order.firstIndex(of: left.key[0]) ?? order.count, order.firstIndex(of: right.key[0]) ?? order.count
      )
      return first != second ? first < second : left.key.lexicographicallyPrecedes(right.key)
    }.map { (title: $0.key.filter { !$0.isEmpty }.joined(separator: " "), questions: $0.value) }
  }

  /// Counts, histograms and scores; then `examples` questions of each kind.
  package func text(examples: Int = 1) -> String {
    let tracks = Set(questions.map(\.trackID))
    let pieces = Set(tracks.map(TrackSplit.piece))
    let durations = questions.map(\.duration).filter(\.isFinite)
    var text = "\(questions.count) questions about \(tracks.count) tracks of \(pieces.count) pieces"
    if let shortest = durations.min(), let longest = durations.max() {
      text += ", \(AnswerWriter.clock(shortest.rounded()))–\(AnswerWriter.clock(longest.rounded())) long"
    }
    text += "\n\n"
    for group in groups {
      text += "\(group.title)  \(group.questions.count) questions\n" + histogram(group.questions)
      for question in group.questions.prefix(examples) {
        let answers = question.references.map { AnswerWriter(AnswerForm(question)).write($0) }
        text += "  \(question.text)  → \(answers.joined(separator: " | "))\n"
      }
      text += "\n"
    }
    return text + "\n" + blindScores
  }

  /// Counts, histograms and scores as one JSON object.
  package var json: String {
    get throws {
      let kinds = groups.map { group in
        Summary.Kind(
          name: group.title, questions: group.questions.count,
          answers: group.questions.reduce(into: [:]) { $0[AnswerBin($1).label, default: 0] += 1 })
      }
      let blind = BlindScore.best(for: questions, tasks: tasks).map { score in
        let form = AnswerForm(
          kind: score.answer.kind, choiceCount: InputLimit.choices, items: (1...InputLimit.items).map { "\($0)" })
        return Summary.Blind(
          task: score.task, category: score.category, measure: score.measure.name,
          answer: AnswerWriter(form).write(score.answer), score: score.score, questions: score.count)
      }
      return try JSONText.indented(
        Summary(questions: questions.count, tracks: Set(questions.map(\.trackID)).count, kinds: kinds, bestBlind: blind))
    }
  }

  private struct Summary: Encodable {
    struct Kind: Encodable {
      var name: String
      var questions: Int
      var answers: [String: Int]
    }
    struct Blind: Encodable {
      var task, category, measure, answer: String
      var score: Double
      var questions: Int
    }
    var questions, tracks: Int
    var kinds: [Kind]
    var bestBlind: [Blind]
  }

  /// The best score of one constant answer, and that of an answer drawn at random, for each kind of question.
  package var blindScores: String {
    let chance = ChanceScore.columns(for: questions, tasks: tasks)
    var table = TextTable(
      head: ["without listening", "best constant", "its score", "chance", "questions"], numbers: [2, 3, 4])
    for score in BlindScore.best(for: questions, tasks: tasks) {
      let isGrounding = score.task == TemporalSourceGrounding.name
      let name = [score.task] + (isGrounding ? [score.category] : []) + [score.measure.name]
      let form = AnswerForm(
        kind: score.answer.kind, choiceCount: InputLimit.choices, items: (1...InputLimit.items).map { "\($0)" })
      let title = ([score.task] + (score.category.isEmpty ? [] : [score.category]) + [score.measure.name]).joined(
        separator: "/")
      table.rows.append([
        BenchmarkResult.title(title, tasks), String(AnswerWriter(form).write(score.answer).prefix(40)),
        BenchmarkResult.perCent(score.score), BenchmarkResult.perCent(chance[name.joined(separator: "/")]), "\(score.count)",
      ])
    }
    return table.aligned
  }

  private func histogram(_ questions: [Question]) -> String {
    let counts = questions.reduce(into: [:]) { $0[AnswerBin($1), default: 0] += 1 }
    let most = counts.values.max() ?? 1
    let isText = questions.first?.kind == .text
    let sorted = isText ? counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) } : counts.sorted { $0.key < $1.key }
    let shown = sorted.prefix(isText ? 5 : 60)
    let width = shown.map(\.key.label.count).max() ?? 0
    let lines = shown.map { bin, count in
      let bar = String(repeating: "█", count: max(1, 40 * count / most))
      return "  \(bin.label.padded(to: width))  \(bar) \(count)\n"
    }
    let rest = sorted.dropFirst(shown.count).reduce(0) { $0 + $1.value }
    return lines.joined() + (rest > 0 ? "  and \(rest) of \(sorted.count - shown.count) others\n" : "")
  }
}

extension String {
  /// With blanks up to a width.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}
