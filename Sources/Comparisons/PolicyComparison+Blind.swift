import Experiments
import MusTBench
import Questions
import RunReports

extension PolicyComparison.Column {
  /// What the best constant answers score on the questions that others answered.
  ///
  /// One constant for each task, category and measure, chosen on all of these questions (`BlindScore.best`). A policy
  /// that is not above it has learnt what is usual, not what is there.
  static func bestBlind(on seeds: [[ScoredAnswer]], numbers: [Int] = []) -> PolicyComparison.Column {
    var seen: Set<String> = []
    let tasks = Set(PolicyComparison.headline.map(\.task))
    let questions = seeds.joined().map(\.question).filter { tasks.contains($0.task) && seen.insert($0.id).inserted }
    let constants = BlindScore.best(for: questions)
    func score(_ answer: ScoredAnswer) -> ScoredAnswer {
      var answer = answer
      let question = answer.question
      answer.scores = [:]
      for constant in constants where constant.answers(question) {
        let reading = Reading(outcome: .answered, answer: constant.answer, isStrict: true)
        answer.scores[constant.measure.rawValue] = QuestionScore(of: reading, to: question).values[constant.measure]
      }
      return answer
    }
    return PolicyComparison.Column(name: Comparison.blindColumn, seeds: seeds.map { $0.map(score) }, numbers: numbers)
  }
}
