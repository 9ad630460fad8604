public import Foundation
import Options
import Questions
public import Rewards
public import TemporalRewards
import Training

/// Rewards for another program, a request and an answer a line: `takt serve`.
///
/// A request holds `completions`, and for each of them a question: `questions` with one object each, or `ids` of questions that were
/// loaded before. `token_counts` and `truncated` may stand beside them for rewards of length, and `step` with `steps` for rewards
/// that follow a schedule. The answer holds `rewards` (`null` where nothing applies), `components` by label, `outcomes`, and
/// `reasons` (why a completion cannot be read; `null` where it can). A request that cannot be answered gets `error` and changes nothing; the
/// next one is served.
public struct RewardService: Sendable {
  private var rewards: RewardSpec
  private let questions: [String: Question]
  private var lines = 0

  public init(rewards file: String, questions path: String? = nil, catalog: RewardCatalog = .builtIn) throws {
    rewards = try RewardFile(path: file, catalog: catalog).spec
    var questions: [String: Question] = [:]
    if let path {
      try JSONLines.read(Question.self, from: URL(fileURLWithPath: path)) { questions[$0.id] = $0 }
      rewards.fitBaselines(to: questions.values.sorted { $0.id < $1.id })
    }
    self.questions = questions
  }

  private struct Request: Decodable {
    let id: Int?
    let completions: [String]
    let questions: [Question]?
    let ids: [String]?
    let tokenCounts: [Int]?
    let truncated: [Bool]?
    let step: Int?
    let steps: Int?

    enum CodingKeys: String, CodingKey {
      case id, completions, questions, ids, truncated, step, steps
      case tokenCounts = "token_counts"
    }
  }

  private struct Answer: Encodable {
    var id: Int?
    var rewards: [Double?] = []
    var components: [String: [Double?]] = [:]
    var outcomes: [String] = []
    var reasons: [String?] = []
  }

  private struct Refusal: Encodable {
    var id: Int?
    var error: String
  }

  private struct Unanswerable: Error { let message: String }

  /// The line that answers `line`, both without their ends.
  public mutating func answer(_ line: Data) -> Data {
    lines += 1
    let decoder = JSONDecoder()
    var id: Int?
    do {
      let request = try decoder.decode(Request.self, from: line)
      id = request.id
      return try Self.encoded(try judged(request))
    } catch let error as Unanswerable {
      return Self.refusal(id, error.message)
    } catch {
      return Self.refusal(id, "line \(lines) is no request: \(Self.words(for: error))")
    }
  }

  private mutating func judged(_ request: Request) throws -> Answer {
    let asked = try questions(of: request)
    if let step = request.step { rewards.begin(step: step, of: request.steps ?? step + 1) }
    var answer = Answer(id: request.id)
    let count = request.completions.count
    var components = [[Double?]](repeating: [], count: rewards.labels.count)
    var readings: [Reading] = []
    var judgement = Judgement()
    for (index, completion) in request.completions.enumerated() {
      let reading = AnswerReader(AnswerForm(asked[index])).read(completion)
      let response = Response(
        text: completion, tokenCount: request.tokenCounts.map { $0[index] } ?? 0,
        isTruncated: request.truncated.map { $0[index] } ?? false)
      rewards.judge(reading, in: response, to: asked[index], into: &judgement)
      answer.rewards.append(judgement.total)
      for (place, score) in judgement.components.enumerated() { components[place].append(score) }
      answer.outcomes.append(OutcomeText.words(for: reading.outcome).outcome)
      answer.reasons.append(reading.reason)
      readings.append(reading)
    }
    for index in 0..<count { rewards.observe(readings[index], to: asked[index]) }
    answer.components = Dictionary(uniqueKeysWithValues: zip(rewards.labels, components))
    return answer
  }

  private func questions(of request: Request) throws -> [Question] {
    let count = request.completions.count
    for (name, length) in [
      ("questions", request.questions?.count), ("ids", request.ids?.count), ("token_counts", request.tokenCounts?.count),
      ("truncated", request.truncated?.count),
    ] {
      if let length, length != count {
        throw Unanswerable(message: "'\(name)' holds \(length) items for \(count) completions: give one each")
      }
    }
    if let asked = request.questions { return asked }
    guard let ids = request.ids else {
      throw Unanswerable(message: "there is neither 'questions' nor 'ids': give one question for each completion")
    }
    return try ids.map { id in
      guard let question = questions[id] else {
        throw Unanswerable(message: "'\(id)' is no question that was loaded: start with --questions FILE, or send 'questions'")
      }
      return question
    }
  }

  private static func encoded(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(value)
  }

  private static func refusal(_ id: Int?, _ message: String) -> Data {
    (try? encoded(Refusal(id: id, error: message))) ?? Data("{\"error\":\"unreadable\"}".utf8)
  }

  private static func words(for error: any Error) -> String {
    switch error as? DecodingError {
    case .keyNotFound(let key, _)?: "'\(key.stringValue)' is missing"
    case .typeMismatch(_, let context)?, .valueNotFound(_, let context)?, .dataCorrupted(let context)?:
      (context.codingPath.isEmpty ? "" : context.codingPath.map(\.stringValue).joined(separator: ".") + ": ")
        + context.debugDescription
    default: "\(error)"
    }
  }
}
