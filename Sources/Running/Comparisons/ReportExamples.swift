import Experiments
import MusTBench
import Options
import Questions
import RunReports

/// The questions worth looking at: of each task the best answered, the worst, and the most disputed.
struct ReportExamples {
  let scores: ReportScores
  /// Lanes beyond these are left out: a page with more is no longer read.
  private static let laneLimit = 6
  private static let answerLimit = 4

  /// In the order of the tasks; the track's picture and sound come from `media`.
  func examples(_ media: TrackMedia?) -> [SummaryExample] {
    let questions = chosen()
    let found = media?.media(of: questions.map(\.question.trackID)) ?? [:]
    return questions.map { question, reason in
      let media = found[question.trackID]
      return SummaryExample(
        question: question, reason: reason, timeline: media?.timeline, lanes: lanes(question), picture: media?.picture ?? "",
        sound: media?.sound ?? "")
    }
  }

  private func chosen() -> [(question: Question, reason: String)] {
    var byID: [String: Question] = [:]
    var means: [String: [Double]] = [:]
    var spreads: [String: Double] = [:]
    for (arm, column) in scores.columns.enumerated() where column.name != ReportScores.start || scores.columns.count == 1 {
      let groups = Dictionary(grouping: column.runs.joined().filter { $0.decoding == .sampled }, by: \.question.id)
      for (id, answers) in groups {
        byID[id] = answers[0].question
        let values = answers.map(score)
        let mean = values.reduce(0, +) / Double(values.count)
        means[id, default: [Double](repeating: .nan, count: scores.columns.count)][arm] = mean
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        spreads[id] = max(spreads[id] ?? 0, variance)
      }
    }
    let tasks = Set(byID.values.map(\.task)).sorted { $0 > $1 }
    return tasks.flatMap { task -> [(Question, String)] in
      let ids = byID.keys.filter { byID[$0]?.task == task }.sorted()
      func overall(_ id: String) -> Double {
        let known = (means[id] ?? []).filter(\.isFinite)
        return known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
      }
      // Where several arms answer, they dispute; where one does, its samples do.
      func dispute(_ id: String) -> Double {
        let known = (means[id] ?? []).filter(\.isFinite)
        return known.count > 1 ? (known.max() ?? 0) - (known.min() ?? 0) : spreads[id] ?? 0
      }
      var picked: [(String, String)] = []
      func pick(_ reason: String, _ value: (String) -> Double) {
        let rest = ids.filter { id in !picked.contains { $0.0 == id } }
        // The first of equals, by id.
        if let id = rest.max(by: { value($0) < value($1) || (value($0) == value($1) && $0 > $1) }) {
          picked.append((id, reason))
        }
      }
      pick("best") { overall($0) }
      pick("worst") { -overall($0) }
      pick("most disputed") { dispute($0) }
      return picked.compactMap { id, reason in byID[id].map { ($0, reason) } }
    }
  }

  private func lanes(_ question: Question) -> [SummaryExample.Lane] {
    let arms = scores.columns.filter { $0.name != ReportScores.start }
    return scores.columns.prefix(Self.laneLimit).map { column in
      let answers = (column.runs.first ?? []).filter { $0.question.id == question.id }.prefix(Self.answerLimit).map { answer in
        SummaryAnswer(
          text: answer.text, reading: answer.reading, score: score(answer), isGreedy: answer.decoding == .greedy)
      }
      return SummaryExample.Lane(
        name: column.name == ReportScores.start ? "before" : arms.count == 1 ? "after" : column.name, answers: answers,
        style: scores.style(ofArm: column.name))
    }
  }

  private func score(_ answer: HeldOutRecord) -> Double {
    scores.tasks.headline(of: answer.question.task, among: answer.scores.keys).flatMap { answer.scores[$0] } ?? 0
  }
}
