package import Experiments
import Files
package import Foundation
import MusTBench
import Options
import Questions
import Rewards
import Timelines

/// Rewards for another program, a request and an answer a line: `takt rewards serve`.
///
/// A request holds `completions` (texts, null for nothing said, or lists of messages), and for each of them a question: `questions` with
/// one object each, or `ids` of questions that were loaded before. `token_counts` and `truncated` may stand beside them for rewards of
/// length, and `step` with `steps` for rewards that follow a schedule. The answer holds `rewards` (`null` where nothing applies),
/// `components` by label, `outcomes`, and `reasons` of what could not be read. `{"state": null}` reads what adaptive rewards have learnt,
/// `{"state": {…}}` has them go on from it. A request that cannot be answered gets `error` and changes nothing; the next one is served.
package struct RewardService: Sendable {
  /// Bytes of a request.
  package static let longestLine = InputLimit.requestBytes

  private var rewards: RewardSpec
  private let questions: KeyedQuestions?
  private let forms: QuestionForms
  /// Answers that one thread judges at a time.
  private static let partLength = 256

  private let reader: RequestReader
  /// The components in the order of their sorted labels.
  private let labels: [(place: Int, name: String)]
  private var lines = 0
  /// Whether a step was known or a state restored.
  private var isUnderWay = false
  private var said: Set<String> = []
  private var unsaid: [String]

  /// - Parameter baselines: a file of baselines or a run's folder; without it they are fitted to `questions` where there are any.
  package init(
    rewards file: String, questions path: String? = nil, baselines: String? = nil, plugins: Plugins = .current
  ) throws {
    var composition = try Composition(
      rewards: file, baselines: baselines, plugins: plugins, offering: [.group], by: "takt rewards serve")
    forms = plugins.tasks.forms
    questions = try path.map { try KeyedQuestions(path: $0, tasks: plugins.tasks) }
    if let questions { composition.fit(to: questions.all, of: questions.path) }
    rewards = composition.spec
    reader = RequestReader(forms: forms)
    labels = try JSONBytes.order(of: rewards.labels, writtenBy: JSONText.line).map { [rewards] in ($0, rewards.labels[$0]) }
    unsaid = composition.warnings + (questions.map { composition.spec.unjudgedTasks(of: $0.all) } ?? [])
  }

  /// What a person should know and was not told yet, each once.
  package mutating func newNotices() -> [String] {
    defer { unsaid = [] }
    return unsaid
  }

  private mutating func say(_ notice: String) {
    if said.insert(notice).inserted { unsaid.append(notice) }
  }

  private struct State: Encodable {
    var id: RewardRequest.Name?
    var state: [String: Double]
    var baselines: String?
  }

  private struct Refusal: Encodable {
    var id: RewardRequest.Name?
    var error: String
  }

  private struct Unanswerable: Error { let message: String }

  /// The line that answers `line`, both without their ends.
  package mutating func answer(_ line: Data) -> Data {
    lines += 1
    let request: RewardRequest
    do {
      request = try reader.request(in: line)
    } catch {
      let id = (try? JSONLines.decode(RewardRequest.Named.self, from: line))?.id
      return Self.refusal(id, "line \(lines) is no request: \(JSONLines.message(for: error, in: line))")
    }
    do {
      if let state = request.state { return try stated(state, id: request.id) }
      if let fault = request.fault { throw Unanswerable(message: fault) }
      return try judged(request)
    } catch {
      return Self.refusal(request.id, (error as? Unanswerable)?.message ?? "\(error)")
    }
  }

  /// The answer to a line that is too long to be read.
  package mutating func refuseLongLine() -> Data {
    lines += 1
    return Self.refusal(nil, "line \(lines) is longer than \(Self.longestLine) bytes: send several requests")
  }

  private mutating func stated(_ state: [String: Double]?, id: RewardRequest.Name?) throws -> Data {
    if let state, let fault = rewards.restore(state) { throw Unanswerable(message: fault) }
    isUnderWay = isUnderWay || state != nil
    return try Self.encoded(State(id: id, state: rewards.state, baselines: rewards.baselineNote))
  }

  /// The encoded answer; the state moves only after nothing can be refused any more.
  private mutating func judged(_ request: RewardRequest) throws -> Data {
    let asked = try questions(of: request)
    var rewards = rewards
    if let step = request.step, let steps = request.steps { rewards.begin(step: step, of: steps) }
    let parts = try judged(request.responses, asked, by: rewards)
    for (name, score) in parts.flatMap(\.notFinite) {
      say("\(name) gives \(score) to some completion of a request: it is null in the answer")
    }
    if !rewards.isFixed {
      for (index, reading) in parts.lazy.flatMap(\.readings).enumerated() {
        asked.with(index) { rewards.observe(reading, to: $0) }
      }
    }
    self.rewards = rewards
    var lacking: Set<RewardNeed> = request.step == nil ? [.step] : []
    if !request.completions.isEmpty, request.tokenCounts?.contains(nil) ?? true { lacking.insert(.tokenCount) }
    isUnderWay = isUnderWay || request.step != nil
    for shortfall in rewards.shortfalls(lacking: lacking, isUnderWay: isUnderWay) {
      say(shortfall + ": send 'step' with 'steps', and 'token_counts'")
    }
    return Data(JudgedPart.line(parts, id: request.id, labels: labels).bytes)
  }

  /// The answers in order, in parts of fixed size that all processors share; those that are compared with each other in one.
  private func judged(_ responses: [Response], _ asked: RequestedQuestions, by rewards: RewardSpec) throws -> [JudgedPart] {
    let labels = rewards.labels
    guard rewards.isNarrow else {
      var part = JudgedPart(labels: labels)
      for (reading, judgement) in try rewards.judge(responses, to: asked.all) {
        part.append(reading, judgement, labels: labels)
      }
      return [part]
    }
    let starts = Array(stride(from: 0, to: max(1, responses.count), by: Self.partLength))
    return concurrentResults(starts.count) { shard in
      var part = JudgedPart(labels: labels)
      for index in starts[shard]..<min(starts[shard] + Self.partLength, responses.count) {
        asked.with(index) { question in
          let (reading, judgement) = rewards.judge(responses[index], to: question)
          part.append(reading, judgement, labels: labels)
        }
      }
      return part
    }
  }

  private func questions(of request: RewardRequest) throws -> RequestedQuestions {
    if let asked = request.questions { return .given(asked) }
    guard let ids = request.ids else {
      throw Unanswerable(message: "there is neither 'questions' nor 'ids': give one question for each completion")
    }
    guard let questions else { return .given(try ids.map { throw Self.unknown($0) }) }
    var hint = 0
    return .loaded(
      questions,
      try ids.map { id in
        guard let place = questions.place(of: id, hint: hint) else { throw Self.unknown(id) }
        hint = place + 1
        return place
      })
  }

  private static func unknown(_ id: String) -> Unanswerable {
    Unanswerable(message: "'\(id)' is no question that was loaded: start with --questions FILE, or send 'questions'")
  }

  private static func encoded(_ value: some Encodable) throws -> Data {
    try JSONText.encoder().encode(value)
  }

  private static func refusal(_ id: RewardRequest.Name?, _ message: String) -> Data {
    (try? encoded(Refusal(id: id, error: message))) ?? Data("{\"error\":\"unreadable\"}".utf8)
  }
}
