package import Experiments
import Foundation
import Options
import Questions
import Rewards
import Timelines

/// Rewards for any model's completions, offline: `takt answers score`.
package struct Scoring: Sendable {
  private let questions: KeyedQuestions
  private let composition: Composition

  /// A line of the file of completions.
  private struct Line: Decodable {
    var id: String
    var completion: String
    var tokenCount: Int?
    var isTruncated: Bool
    var step: Int?
    var steps: Int?

    enum CodingKeys: String, CodingKey {
      case id, completion, text, truncated, step, steps
      case tokenCount = "token_count"
    }

    init(from decoder: any Decoder) throws {
      let fields = try decoder.container(keyedBy: CodingKeys.self)
      id = try fields.decode(Identifier.self, forKey: .id).text
      let key = !fields.contains(.completion) && fields.contains(.text) ? CodingKeys.text : .completion
      guard fields.contains(key) else { throw DecodingError.keyNotFound(key, .init(codingPath: [], debugDescription: "")) }
      completion = try fields.decodeIfPresent(CompletionText.self, forKey: key)?.text ?? ""
      tokenCount = try fields.decodeIfPresent(Int.self, forKey: .tokenCount)
      isTruncated = try fields.decodeIfPresent(Bool.self, forKey: .truncated) ?? false
      step = try fields.decodeIfPresent(Int.self, forKey: .step)
      steps = try fields.decodeIfPresent(Int.self, forKey: .steps)
      if let count = tokenCount, !(0...InputLimit.count).contains(count) {
        throw DecodingError.dataCorruptedError(
          forKey: .tokenCount, in: fields,
          debugDescription: "'token_count' is \(count): numbers of tokens lie in 0…\(InputLimit.count)")
      }
      if let fault = StepOfRun.fault(step: step, steps: steps) {
        throw DecodingError.dataCorruptedError(forKey: .step, in: fields, debugDescription: fault)
      }
    }
  }

  /// The composition in the course of a file: as the loop does, it judges the lines of one step with one state and observes them before
  /// the next.
  private struct Course {
    var rewards: RewardSpec
    private var step: Int?
    private var steps: Int?
    private var highest: Int?
    private(set) var goesBack = false
    private var observed: [(reading: Reading, question: Question)] = []
    private(set) var lacking: Set<RewardNeed> = []

    init(_ rewards: RewardSpec) {
      self.rewards = rewards
    }

    /// Whether any line had a step.
    var isUnderWay: Bool { highest != nil }

    mutating func judge(_ line: Line, _ question: Question) -> (reading: Reading, judgement: Judgement) {
      if line.step != step || line.steps != steps {
        for (reading, question) in observed { rewards.observe(reading, to: question) }
        observed = []
        (step, steps) = (line.step, line.steps)
        if let step, let steps {
          rewards.begin(step: step, of: steps)
          goesBack = goesBack || step < highest ?? 0
          highest = max(step, highest ?? 0)
        }
      }
      if line.step == nil { lacking.insert(.step) }
      if line.tokenCount == nil { lacking.insert(.tokenCount) }
      let judged = rewards.judge(
        Response(text: line.completion, tokenCount: line.tokenCount, isTruncated: line.isTruncated), to: question)
      if step != nil, !rewards.state.isEmpty { observed.append((judged.reading, question)) }
      return judged
    }
  }

  /// Reads all questions; a file of rewards or of questions with an error is refused with its line.
  ///
  /// - Parameter baselines: a file of baselines or a run's folder; without it they are fitted to the questions.
  package init(
    questions path: String, rewards file: String, baselines: String? = nil, plugins: Plugins = .current
  ) throws {
    var composition = try Composition(rewards: file, baselines: baselines, plugins: plugins, by: "takt answers score")
    questions = try KeyedQuestions(path: path, tasks: plugins.tasks)
    composition.fit(to: questions.all, of: path)
    self.composition = composition
  }

  /// What is wrong with the rewards and was allowed in their file.
  ///
  /// Also what baselines stand on, and which tasks of the questions no reward judges.
  package var warnings: [String] { composition.warnings + composition.spec.unjudgedTasks(of: questions.all) }

  /// Scores completion by completion, writing a line each as it goes, and returns a summary.
  ///
  /// Throws at the first completion whose id is unknown or was there before, and at the end where a question has none; what was
  /// scored so far is written. `progress` is called with bytes read and their whole number.
  package func score(completions path: String, to output: String?, progress: WorkProgress = .silent) throws -> String {
    let file = URL(fileURLWithPath: path)
    let length = (try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0
    var lines = try ScoreLines(output: output, inputs: [questions.path, path])
    var course = Course(composition.spec)
    let labels = composition.spec.labels
    var summary = ScoringSummary(labels: labels)
    var seen = [Int](repeating: 0, count: questions.questions.count)
    do {
      try JSONLines.read(
        Line.self, from: file, progress: { progress.report("scoring, bytes", $0, max($0, length)) }
      ) { line, number in
        guard let place = questions.places[line.id] else {
          throw JSONLines.Failure(
            file: path, line: number, message: "the id '\(line.id)' is that of no question in \(questions.path)")
        }
        guard seen[place] == 0 else {
          throw JSONLines.Failure(
            file: path, line: number,
            message: "the id '\(line.id)' stands on line \(seen[place]) already; one completion a question")
        }
        seen[place] = number
        let question = questions.questions[place].question
        let (reading, judgement) = course.judge(line, question)
        summary.add(reading, judgement)
        try lines.append(line.id, reading, judgement, labels: labels, form: AnswerForm(question))
      }
    } catch {
      try? lines.finish()
      throw error
    }
    try lines.finish()
    if let missing = seen.firstIndex(of: 0) {
      let (question, line) = questions.questions[missing]
      throw JSONLines.Failure(
        file: questions.path, line: line,
        message:
          "the question '\(question.id)' has no completion in \(path), as \(seen.count { $0 == 0 }) of \(seen.count) have none; "
          + "the others are scored")
    }
    return summary.text
      + composition.spec.shortfalls(lacking: course.lacking, isUnderWay: course.isUnderWay).map {
        "note: \($0): give 'step' with 'steps', and 'token_count', in the completions' lines\n"
      }.joined()
      + (course.goesBack && composition.spec.learns
        ? "note: steps go back in \(path), and adaptive rewards learn line by line: sort the lines by 'step' for a run's rewards\n"
        : "")
  }
}
