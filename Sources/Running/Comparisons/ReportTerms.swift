import Experiments
import MusTBench
import Options
import Questions
import RunReports

/// The words of a report that a newcomer does not know, as far as the report uses them.
struct ReportTerms {
  let scores: ReportScores

  /// Tasks, measures and ways to answer, in this order; of one arm alone what seeds and tests are is left out.
  var terms: [SummaryFact] {
    let answers = scores.columns.flatMap { $0.runs.joined() }
    let tasks = Set(answers.map(\.question.task))
    let measures = Set(answers.flatMap(\.scores.keys))
    let asked = scores.tasks.all.map { type(of: $0) }.filter { tasks.contains($0.name) }
    var terms = asked.map { task in
      SummaryFact(task.name.uppercased(), [task.title, task.asks].filter { !$0.isEmpty }.joined(separator: ": "))
    }
    // Times before stretches, choices and texts, so that a measure stands beside those of its kind.
    let kinds = AnswerKind.allCases
    let compared = asked.enumerated().sorted { first, second in
      let places = [first, second].map { kinds.firstIndex(of: $0.element.form.kind) ?? kinds.count }
      return (places[0], first.offset) < (places[1], second.offset)
    }.flatMap { _, task in
      [task.headline].compactMap { $0 } + task.measures.filter { $0 != task.headline }
    }
    var named: Set<BenchmarkMeasure> = []
    for measure in compared where measures.contains(measure.name) && named.insert(measure).inserted {
      terms.append(SummaryFact(measure.title, measure.formula))
    }
    guard !terms.isEmpty else { return [] }
    terms += [
      SummaryFact("greedy", "the likeliest token at each place"),
      SummaryFact("sampled", "drawn from the policy, as in training"),
      SummaryFact("▲ ▼", "the 95 % interval of a difference lies above or below 0, taken by itself"),
    ]
    guard scores.columns.count > 1, scores.seedCount > 1 else { return terms }
    return terms + [
      SummaryFact("p", "how often a mean difference at least as large comes about when each seed's sign is left to chance"),
      SummaryFact("Holm", "p corrected for the number of comparisons in the same table"),
      SummaryFact("P(improvement)", "how often a run of one arm beats a run of the other; 0.5 for arms that are alike"),
    ]
  }
}
