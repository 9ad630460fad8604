import Foundation
import Questions
public import Rewards
public import TemporalRewards
import Training

/// Rewards for any model's completions, offline: `takt score`.
public struct Scoring: Sendable {
  private let questions: [String: Question]
  private let rewards: RewardSpec

  /// A line of the file of completions.
  private struct Line: Decodable {
    var id: String
    var completion: String

    enum CodingKeys: String, CodingKey { case id, completion, text }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      id = try container.decode(String.self, forKey: .id)
      completion =
        try container.decodeIfPresent(String.self, forKey: .completion) ?? container.decode(String.self, forKey: .text)
    }
  }

  /// Reads all questions; a file of rewards or of questions with an error is refused with its line.
  public init(questions path: String, rewards file: String, catalog: RewardCatalog = .builtIn) throws {
    rewards = try RewardFile(path: file, catalog: catalog).spec
    var questions: [String: Question] = [:]
    var line = 0
    try JSONLines.read(Question.self, from: URL(fileURLWithPath: path)) { question in
      line += 1
      guard questions.updateValue(question, forKey: question.id) == nil else {
        throw FileError(path: path, message: "question \(line) has the id '\(question.id)' of an earlier one: ids must differ")
      }
    }
    guard !questions.isEmpty else { throw FileError(path: path, message: "holds no question") }
    self.questions = questions
  }

  /// Scores completion by completion, writing a line each as it goes, and returns a summary.
  ///
  /// Throws at the first completion whose id is unknown or was there before, and at the end where a question has none; what was
  /// written stays.
  public func score(completions path: String, to output: String?) throws -> String {
    let handle = try Self.handle(output)
    var summary = ScoringSummary(labels: rewards.labels)
    var seen: Set<String> = []
    var number = 0
    try JSONLines.read(Line.self, from: URL(fileURLWithPath: path)) { line in
      number += 1
      guard let question = questions[line.id] else {
        throw FileError(path: path, message: "completion \(number) answers '\(line.id)', which is no question of the file")
      }
      guard seen.insert(line.id).inserted else {
        throw FileError(path: path, message: "completion \(number) answers '\(line.id)' a second time")
      }
      let reading = AnswerReader(AnswerForm(question)).read(line.completion)
      let response = Response(text: line.completion, tokenCount: 0, isTruncated: false)
      let judgement = rewards.judge(reading, in: response, to: question)
      summary.add(reading, judgement)
      try handle.write(contentsOf: try Self.json(line.id, reading, judgement, labels: rewards.labels, question: question))
    }
    if let missing = questions.keys.filter({ !seen.contains($0) }).min() {
      throw FileError(
        path: path, message: "\(questions.count - seen.count) questions have no completion, the first of them '\(missing)'")
    }
    return summary.text
  }

  private static func handle(_ output: String?) throws -> FileHandle {
    guard let output else { return .standardOutput }
    guard FileManager.default.createFile(atPath: output, contents: nil), let handle = FileHandle(forWritingAtPath: output)
    else {
      throw FileError(path: output, message: "cannot be written; its folder must exist and be writable")
    }
    return handle
  }

  private static func json(
    _ id: String, _ reading: Reading, _ judgement: Judgement, labels: [String], question: Question
  ) throws -> Data {
    let null: Any = NSNull()
    let (outcome, fault) = OutcomeText.words(for: reading.outcome)
    var object: [String: Any] = [
      "id": id, "reward": judgement.total ?? null, "outcome": outcome,
      "components": Dictionary(uniqueKeysWithValues: zip(labels, judgement.components.map { $0 ?? null })),
      "answer": reading.answer.map { AnswerWriter(AnswerForm(question)).write($0) } ?? null,
    ]
    if !fault.isEmpty { object["reason"] = fault }
    return try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes]) + Data([0x0A])
  }
}

/// Shares of the outcomes, and the mean of each component where it applied.
struct ScoringSummary {
  private let labels: [String]
  private var outcomes: [String: Int] = [:]
  private var sums: [Double]
  private var counts: [Int]
  private var total = (sum: 0.0, count: 0)

  init(labels: [String]) {
    self.labels = labels
    sums = [Double](repeating: 0, count: labels.count)
    counts = [Int](repeating: 0, count: labels.count)
  }

  mutating func add(_ reading: Reading, _ judgement: Judgement) {
    let (outcome, fault) = OutcomeText.words(for: reading.outcome)
    outcomes[fault.isEmpty ? outcome : "\(outcome), \(fault)", default: 0] += 1
    if let reward = judgement.total { total = (total.sum + reward, total.count + 1) }
    for (index, score) in judgement.components.enumerated() {
      guard let score else { continue }
      sums[index] += score
      counts[index] += 1
    }
  }

  var text: String {
    let all = outcomes.values.reduce(0, +)
    func mean(_ sum: Double, _ count: Int) -> String {
      count == 0 ? "–" : String(format: "%.4f over %d", sum / Double(count), count)
    }
    return "reward  \(mean(total.sum, total.count))\n"
      + labels.indices.map { "  \(labels[$0])  \(mean(sums[$0], counts[$0]))\n" }.joined()
      + outcomes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { name, count in
        String(format: "%5.1f %%  ", 100 * Double(count) / Double(max(all, 1))) + name + "\n"
      }.joined()
  }
}
