public import Options
public import Questions
import TemporalMetrics

/// The best score without listening: one answer given to every question of a kind.
///
/// A policy that scores no more has learnt what is usual, not what is there. Compare with the score of the same category: a
/// constant for onsets and another for offsets beats one for both.
public struct BlindScore: Sendable, Hashable {
  public var task: String
  /// Empty for a choice, an order or a text: their categories share one answer.
  package var category: String
  public var measure: BenchmarkMeasure
  /// The constant answer.
  public var answer: Answer
  /// The mean of the measure, 0…1.
  public var score: Double
  /// Number of questions.
  package var count: Int

  /// The best constants for these questions, in order of task, category and measure.
  ///
  /// - Instants: the time that hits most references at 1 s and at 3 s; of several the earliest.
  /// - Intervals: the best single interval with ends on a grid of whole seconds (coarser where a reference ends after 4
  ///   minutes) by IoU and by F1; of several the first.
  /// - A choice or an order: the answer that is most often right; of several the first.
  /// - Texts: the best by METEOR of the references that occur most often, at most eight.
  /// - By a measure of the task's own: the best of the references that occur most often, at most fifty.
  public static func best(for questions: [Question], tasks: TaskCatalog = .builtIn) -> [BlindScore] {
    var groups: [[String]: [Question]] = [:]
    for question in questions {
      groups[[question.task, category(of: question), question.kind.rawValue], default: []].append(question)
    }
    return groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.flatMap { key, group in
      (constants(for: group) + own(of: tasks[key[0]], for: group)).map { measure, answer, score in
        BlindScore(task: key[0], category: key[1], measure: measure, answer: answer, score: score, count: group.count)
      }
    }
  }

  /// Whether this is a constant for such a question.
  package func answers(_ question: Question) -> Bool { task == question.task && category == Self.category(of: question) }

  private static func category(of question: Question) -> String {
    question.kind == .instant || question.kind == .intervals ? question.category : ""
  }

  typealias Constant = (measure: BenchmarkMeasure, answer: Answer, score: Double)

  /// The constants for questions of one kind.
  private static func constants(for questions: [Question]) -> [Constant] {
    switch questions[0].kind {
    case .instant:
      [instant(questions, within: 1, .hitWithin1Second), instant(questions, within: 3, .hitWithin3Seconds)].compactMap { $0 }
    case .intervals: BlindInterval(questions).map { [$0.best(.iou), $0.best(.f1)] } ?? []
    case .choice, .order: commonest(questions)
    case .text: text(questions)
    }
  }

  /// The best constants by measures of the task's own: of the most frequent references, at most `mostCandidates`.
  private static func own(of task: (any BenchmarkTask)?, for questions: [Question]) -> [Constant] {
    guard let task else { return [] }
    let measures = type(of: task).measures.filter { !BenchmarkMeasure.usual(for: questions[0].kind).contains($0) }
    guard !measures.isEmpty else { return [] }
    let candidates = counted(questions).prefix(mostCandidates).map { answer, _ in
      (answer, questions.map { task.scores(of: Reading(outcome: .answered, answer: answer, isStrict: true), to: $0) })
    }
    return measures.compactMap { measure -> Constant? in
      let means = candidates.compactMap { answer, scores -> Constant? in
        let values = scores.compactMap { $0[measure] }
        return values.isEmpty ? nil : (measure, answer, values.reduce(0, +) / Double(values.count))
      }
      return measure.isHigherBetter ? means.max { $0.score < $1.score } : means.min { $0.score < $1.score }
    }
  }

  private static let mostCandidates = 50

  /// Sweeps the windows around all references; a question counts once however many of its windows overlap.
  private static func instant(_ questions: [Question], within tolerance: Double, _ measure: BenchmarkMeasure) -> Constant? {
    var ends: [(time: Double, isStart: Bool, question: Int)] = []
    for (index, question) in questions.enumerated() {
      for case .instant(let time) in question.references {
        ends.append((max(0, time - tolerance), true, index))
        ends.append((time + tolerance, false, index))
      }
    }
    ends.sort { ($0.time, $0.isStart ? 0 : 1) < ($1.time, $1.isStart ? 0 : 1) }
    var open = Array(repeating: 0, count: questions.count)
    var covered = 0
    var best: (time: Double, hits: Int)?
    for end in ends {
      let before = open[end.question]
      open[end.question] += end.isStart ? 1 : -1
      if end.isStart, before == 0 { covered += 1 }
      if !end.isStart, before == 1 { covered -= 1 }
      if end.isStart, covered > best?.hits ?? 0 { best = (end.time, covered) }
    }
    guard let best else { return nil }
    let hits = questions.count { question in
      question.references.contains { reference in
        guard case .instant(let time) = reference else { return false }
        return HitRate.hit(best.time, reference: time, within: tolerance)
      }
    }
    return (measure, .instant(best.time), Double(hits) / Double(questions.count))
  }

  private static func commonest(_ questions: [Question]) -> [Constant] {
    guard let (answer, count) = counted(questions).first else { return [] }
    return [(.accuracy, answer, Double(count) / Double(questions.count))]
  }

  private static func text(_ questions: [Question]) -> [Constant] {
    let candidates = counted(questions).prefix(8).map { answer, _ -> Constant in
      let total = questions.reduce(0) { $0 + QuestionScore.meteor(answer, $1.references) }
      return (.meteor, answer, total / Double(questions.count))
    }
    return candidates.max { $0.score < $1.score }.map { [$0] } ?? []
  }

  /// Reference answers with the number of questions that they answer, most frequent first, ties by first appearance.
  private static func counted(_ questions: [Question]) -> [(answer: Answer, count: Int)] {
    var counts: [Answer: Int] = [:]
    var order: [Answer] = []
    for question in questions {
      for (index, answer) in question.references.enumerated() where !question.references[..<index].contains(answer) {
        if counts[answer] == nil { order.append(answer) }
        counts[answer, default: 0] += 1
      }
    }
    let indexed = order.enumerated().map { (index: $0.offset, answer: $0.element, count: counts[$0.element] ?? 0) }
    return indexed.sorted { ($1.count, $0.index) < ($0.count, $1.index) }.map { ($0.answer, $0.count) }
  }
}
