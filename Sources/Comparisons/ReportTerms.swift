import Experiments
import MusTBench
import Options
import Questions
import RunReports

/// The words of a report that a newcomer does not know, as far as the report uses them.
struct ReportTerms {
  let scores: ReportScores

  private static let asked = [
    "tsg": "when a source is first or last heard", "ltr": "which change a moment brings, out of four",
    "tad": "a moment's change in words", "gto": "in which order three things happen",
    "mtr": "over which stretches the music is most or least intense",
  ]

  private static let measures = [
    (name: "hit@3s", meaning: "share of answered times that lie at most 3 s from the true one"),
    (name: "hit@1s", meaning: "the same within 1 s"),
    (
      name: "iou",
      meaning: "intersection over union: the time that answered and true intervals share, over the time that either covers"
    ),
    (name: "f1", meaning: "twice the shared time, over the answered and the true time together"),
    (name: "accuracy", meaning: "share of answers that are right"),
    (name: "meteor", meaning: "agreement of an answer's words with the reference's, their order included"),
  ]

  /// Tasks, measures and ways to answer, in this order; of one arm alone what seeds and tests are is left out.
  var terms: [SummaryFact] {
    let answers = scores.columns.flatMap { $0.runs.joined() }
    let tasks = Set(answers.map(\.question.task))
    let measures = Set(answers.flatMap(\.scores.keys))
    var terms = TaskCatalog.builtIn.all.map { type(of: $0) }.filter { tasks.contains($0.name) }.map { task in
      SummaryFact(task.name.uppercased(), [task.title, Self.asked[task.name]].compactMap { $0 }.joined(separator: ": "))
    }
    terms += Self.measures.filter { measures.contains($0.name) }.map { SummaryFact(MeasureName.title($0.name), $0.meaning) }
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
