import Experiments
import MusTBench
import Options
import Questions
import RunReports

extension PolicyComparison.Column {
  /// What the best constant answers score on the questions that others answered.
  ///
  /// One constant for each task, category and measure, chosen on all of these questions (`BlindScore.best`). A policy
  /// that is not above it has learnt what is usual, not what is there.
  static func bestBlind(
    on seeds: [[HeldOutRecord]], numbers: [Int] = [], tasks: TaskCatalog = .builtIn
  ) -> PolicyComparison.Column {
    var seen: Set<String> = []
    let questions = seeds.joined().map(\.question).filter { seen.insert($0.id).inserted }
    let constants = BlindScore.best(for: questions, tasks: tasks)
    func score(_ answer: HeldOutRecord) -> HeldOutRecord {
      var answer = answer
      let question = answer.question
      answer.scores = [:]
      for constant in constants where constant.answers(question) {
        let reading = Reading(outcome: .answered, answer: constant.answer, isStrict: true)
        let values = QuestionScore(of: reading, to: question, by: tasks).values
        answer.scores[constant.measure.name] = values[constant.measure]
      }
      return answer
    }
    return PolicyComparison.Column(name: Comparison.blindColumn, seeds: seeds.map { $0.map(score) }, numbers: numbers)
  }
}
