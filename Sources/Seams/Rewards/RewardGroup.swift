public import Questions

/// The answers to one question, read.
public struct RewardGroup: Sendable {
  public let question: Question
  public let responses: [Response]
  /// What each response says, in order.
  public let readings: [Reading]
  /// The track that the question is about; `nil` where the caller has texts alone.
  public let track: (any TrackHandle)?
  /// Its place in the batch of those who know the policy.
  var place = 0

  /// - Parameter reader: that of the question's form, for those who read many groups of one form.
  public init(
    _ question: Question, responses: [Response], track: (any TrackHandle)? = nil, reader: AnswerReader? = nil
  ) {
    let reader = reader ?? AnswerReader(AnswerForm(question))
    self.init(question, responses: responses, readings: responses.map { reader.read($0.text) }, track: track)
  }

  init(_ question: Question, responses: [Response], readings: [Reading], track: (any TrackHandle)?) {
    self.question = question
    self.responses = responses
    self.readings = readings
    self.track = track
  }

  /// The number of answers.
  public var count: Int { responses.count }
}

/// The track of a question as the run knows it, for rewards that listen.
///
/// A reward casts it to what it understands: the encoded audio of the run's own policy, or a type of the same package.
public protocol TrackHandle: Sendable {
  /// The id that questions name.
  var trackID: String { get }

  /// Path of the file that it was decoded from; `nil` where it was composed.
  var recording: String? { get }
}

/// Groups of answers that are judged together.
public struct RewardBatch: Sendable {
  public private(set) var groups: [RewardGroup]
  private let policy: (any PolicyProbe)?

  public init(_ groups: [RewardGroup]) { self.init(groups, policy: nil) }

  /// `policy` knows the groups by their places.
  package init(_ groups: [RewardGroup], policy: (any PolicyProbe)?) {
    self.groups = groups
    for place in groups.indices { self.groups[place].place = place }
    self.policy = policy
  }

  private init(keeping groups: [RewardGroup], policy: (any PolicyProbe)?) {
    self.groups = groups
    self.policy = policy
  }

  /// The number of answers in all groups.
  public var count: Int { groups.reduce(0) { $0 + $1.count } }

  /// Every answer with its question, group after group.
  public var answers: [(question: Question, response: Response, reading: Reading)] {
    groups.flatMap { group in zip(group.responses, group.readings).map { (group.question, $0, $1) } }
  }

  /// What the policy says of its own answers on each group's prompt, changed as `prompt` says: one list a group, one element an answer.
  ///
  /// All groups are evaluated in one call. Throws a ``RewardError`` where the caller has no policy: `needs` keeps that from happening.
  public func outputs(on prompt: (RewardGroup) -> PromptChange) async throws -> [[PolicyOutputs]] {
    guard let policy else {
      throw RewardError(
        "there is no policy to ask here",
        remedy: "name `policy` among the reward's needs, so that this is said before the first step")
    }
    return try await policy.outputs(of: groups.map { ($0.place, prompt($0)) })
  }

  /// The same with one change for all.
  public func outputs(on prompt: PromptChange) async throws -> [[PolicyOutputs]] { try await outputs { _ in prompt } }

  /// Some of its groups, which the policy still knows.
  func keeping(_ places: [Int]) -> RewardBatch { RewardBatch(keeping: places.map { groups[$0] }, policy: policy) }
}
