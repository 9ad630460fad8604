import Foundation
import Questions
public import Rewards
public import TemporalRewards
import Timelines
import Training

/// Rewards for any model's completions, offline: `takt score`.
public struct Scoring: Sendable {
  private let questionsPath: String
  /// Questions with the lines that they stand on.
  private let questions: [(question: Question, line: Int)]
  private let places: [String: Int]
  private let rewards: RewardSpec

  /// A line of the file of completions.
  private struct Line: Decodable {
    var id: String
    var completion: String

    enum CodingKeys: String, CodingKey { case id, completion, text }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      id = try container.decode(Identifier.self, forKey: .id).text
      let key = !container.contains(.completion) && container.contains(.text) ? CodingKeys.text : .completion
      completion = try container.decode(CompletionText.self, forKey: key).text
    }
  }

  /// Reads all questions; a file of rewards or of questions with an error is refused with its line.
  public init(questions path: String, rewards file: String, catalog: RewardCatalog = .builtIn) throws {
    rewards = try RewardFile(path: file, catalog: catalog).spec
    var questions: [(question: Question, line: Int)] = []
    var places: [String: Int] = [:]
    try JSONLines.read(Question.self, from: URL(fileURLWithPath: path)) { question, line in
      if let earlier = places.updateValue(questions.count, forKey: question.id) {
        throw JSONLines.Failure(
          file: path, line: line,
          message: "the id '\(question.id)' stands on line \(questions[earlier].line) already; ids must differ")
      }
      questions.append((question, line))
    }
    guard !questions.isEmpty else { throw FileError(path: path, message: "holds no question") }
    questionsPath = path
    self.questions = questions
    self.places = places
  }

  /// What is wrong with the rewards and was allowed in their file.
  ///
  /// Also which tasks of the questions no reward judges.
  public var warnings: [String] { rewards.warnings + unjudgedTasks }

  private var unjudgedTasks: [String] {
    var seen: Set<String> = []
    let firsts = questions.map(\.question).filter { seen.insert($0.task).inserted }
    let unjudged = firsts.filter { question in
      let exact = Reading(outcome: .answered, answer: question.references[0], isStrict: true)
      return rewards.judge(exact, in: Response(text: "", tokenCount: 0, isTruncated: false), to: question).total == nil
    }
    return unjudged.map(\.task).sorted().map { task in
      "no reward judges the questions of the task '\(task)', which earn null: see the rewards' 'tasks', or name the task as they do"
    }
  }

  /// Scores completion by completion, writing a line each as it goes, and returns a summary.
  ///
  /// Throws at the first completion whose id is unknown or was there before, and at the end where a question has none; what was
  /// scored so far is written. `progress` is called with bytes read and their whole number.
  public func score(completions path: String, to output: String?, progress: WorkProgress = .silent) throws -> String {
    let file = URL(fileURLWithPath: path)
    let length = (try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0
    var lines = try ScoreLines(output: output, inputs: [questionsPath, path])
    var summary = ScoringSummary(labels: rewards.labels)
    var seen = [Int](repeating: 0, count: questions.count)
    do {
      try JSONLines.read(
        Line.self, from: file, progress: { progress.report("scoring, bytes", $0, max($0, length)) }
      ) { line, number in
        guard let place = places[line.id] else {
          throw JSONLines.Failure(
            file: path, line: number, message: "the id '\(line.id)' is that of no question in \(questionsPath)")
        }
        guard seen[place] == 0 else {
          throw JSONLines.Failure(
            file: path, line: number,
            message: "the id '\(line.id)' stands on line \(seen[place]) already; one completion a question")
        }
        seen[place] = number
        let question = questions[place].question
        let reading = AnswerReader(AnswerForm(question)).read(line.completion)
        let response = Response(text: line.completion, tokenCount: 0, isTruncated: false)
        let judgement = rewards.judge(reading, in: response, to: question)
        summary.add(reading, judgement)
        try lines.append(line.id, reading, judgement, labels: rewards.labels, form: AnswerForm(question))
      }
    } catch {
      try? lines.finish()
      throw error
    }
    try lines.finish()
    if let missing = seen.firstIndex(of: 0) {
      let (question, line) = questions[missing]
      throw JSONLines.Failure(
        file: questionsPath, line: line,
        message:
          "the question '\(question.id)' has no completion in \(path), as \(seen.count { $0 == 0 }) of \(seen.count) have none; "
          + "the others are scored")
    }
    return summary.text
  }
}
