package import Experiments
package import Files
import Foundation
package import MusTBench
import Options
import Questions

/// Any model's completions scored as MusTBench does: `takt answers evaluate QUESTIONS COMPLETIONS`.
package struct BenchmarkEvaluation: Sendable {
  package let result: BenchmarkResult
  package let intake: Intake

  /// - Parameters:
  ///   - clap: file of CLAP scores, one for each TAD question, or `nil`.
  ///   - name: what the model is called.
  package init(
    questions path: String, completions: String, clap: String? = nil, name: String, skipsBad: Bool = false,
    plugins: Plugins = .current
  ) throws {
    var intake = Intake(skipsBad: skipsBad)
    let file = try QuestionFile(path: path, intake: &intake, plugins: plugins)
    let ids = Set(file.questions.map(\.id))
    let texts = try AnswersByID<String>(
      path: completions, ids: ids, questions: path, intake: &intake, id: { (line: CompletionLine) in line.id },
      value: { $0.completion }
    ).values
    let claps = try clap.map { try Self.claps($0, of: file, intake: &intake) }
    let read = Self.scores(of: texts, to: file.questions, tasks: plugins.tasks)
    var scores: [QuestionScore] = []
    var scored: [Question] = []
    for (index, (question, line)) in zip(file.questions, file.lines).enumerated() {
      guard var score = read[index] else {
        try intake.refuse(Self.missing(question, line, in: path, from: completions))
        continue
      }
      if let claps, question.kind == .text {
        guard let similarity = claps[question.id] else {
          try intake.refuse(Self.missing(question, line, in: path, from: clap ?? ""))
          continue
        }
        score.values[.clap] = similarity
      }
      scores.append(score)
      scored.append(question)
    }
    guard !scores.isEmpty else { throw FileError(path: completions, message: "answers no question of \(path)") }
    result = BenchmarkResult(name: name, scores: scores, questions: scored, tasks: plugins.tasks)
    self.intake = intake
  }

  /// Questions that one thread scores at a time.
  private static let partLength = 512

  /// The score of each question that has a text, on all processors.
  private static func scores(of texts: [String: String], to questions: [Question], tasks: TaskCatalog) -> [QuestionScore?] {
    let starts = Array(stride(from: 0, to: questions.count, by: partLength))
    return concurrentResults(starts.count) { part in
      questions[starts[part]..<min(starts[part] + partLength, questions.count)].map { question in
        texts[question.id].map { QuestionScore(of: AnswerReader(AnswerForm(question)).read($0), to: question, by: tasks) }
      }
    }.flatMap { $0 }
  }

  private static func claps(_ path: String, of file: QuestionFile, intake: inout Intake) throws -> [String: Double] {
    let ids = Set(file.questions.filter { $0.kind == .text }.map(\.id))
    return try AnswersByID<Double>(
      path: path, ids: ids, questions: "\(file.path) that wants a text", intake: &intake, id: { (line: ClapLine) in line.id }
    ) { line in
      guard (-1...1).contains(line.clap) else {
        throw JSONLines.Refusal("the CLAP score \(line.clap) of '\(line.id)' lies outside −1…1: give the cosine, not per cent")
      }
      return line.clap
    }.values
  }

  private static func missing(_ question: Question, _ line: Int, in path: String, from other: String) -> JSONLines.Failure {
    JSONLines.Failure(file: path, line: line, message: "the question '\(question.id)' has no line in \(other)")
  }
}
