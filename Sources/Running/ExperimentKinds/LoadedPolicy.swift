import Files
public import Policies
public import Questions
public import Randomness
public import Rewards
public import RunFolders
public import Timelines
public import Tracks
public import Training
public import Work

/// A track as a policy hears it.
public protocol HeardTrack: Sendable {
  /// What is true of it.
  var timeline: Timeline { get }
}

/// A track of which a policy hears nothing: it knows how long it is, or finds it by its id.
public struct UnheardTrack: HeardTrack {
  public let timeline: Timeline

  public init(timeline: Timeline) {
    self.timeline = timeline
  }
}

/// A policy that is open for a run, and how it hears tracks and is asked about them.
public protocol LoadedPolicy: Sendable {
  associatedtype Learner: TrainablePolicy
  associatedtype Track: HeardTrack

  var policy: Learner { get }

  /// All tracks of a source, as the policy hears them; a policy that takes ``UnheardTrack`` need not write this.
  ///
  /// - Parameter title: what they are, for whoever watches.
  func tracks(of source: any TrackSource, title: String, progress: WorkProgress) async throws -> [Track]

  /// A track of which nothing is known but its sound, as the policy hears it: what a person asks about.
  ///
  /// Throws unless a policy says otherwise, or takes ``UnheardTrack``.
  func track(of sound: TrackSound) throws -> Track

  /// A question about a track as the policy is asked it. The answers stay here.
  func prompt(for question: Question, about track: Track) throws -> Learner.Prompt

  /// What rewards may ask it beside its own answers: `policyWithoutTrack` and `policyAskedOtherwise` where it makes such prompts; nothing
  /// unless it says otherwise.
  var offers: Set<RewardNeed> { get }

  /// A prompt with a change that a reward asks for; `nil` where it makes none such.
  func prompt(_ prompt: Learner.Prompt, changed change: PromptChange) -> Learner.Prompt?

  /// Throws where it cannot be asked a question of a file at all, such as for its words; called for each before the first step.
  func check(_ question: Question) throws

  /// A question with the answer that a supervised stage teaches.
  ///
  /// - Parameter stream: for what changes from one example to the next; `nil` where examples are to be compared.
  func example(
    _ question: Question, answer: String, about track: Track, using stream: RandomStream?
  ) throws -> SupervisedExample<Learner.Prompt>

  /// Whether the policy has room for a example; captions that are too long are left out.
  func hasRoom(for example: SupervisedExample<Learner.Prompt>) -> Bool

  /// What a supervised stage asks about in place of a track, such as a stretch of it.
  func taughtTrack(_ track: Track, using stream: inout RandomStream) throws -> Track

  /// Whether questions of the RL stage are drawn from all questions about all tracks, not track by track.
  var drawsFromAllTracks: Bool { get }

  /// Whether it has been trained before this run, so that its start is worth a score.
  var isTrained: Bool { get }

  /// Where the run leaves what it has learnt, and as what.
  static var result: PolicyResultFile { get }

  /// What the run leaves: the policy's checkpoint unless it says otherwise.
  func encodedResult() async throws -> [UInt8]

  /// Takes what ``encodedResult()`` gave.
  func take(result: [UInt8]) async throws

  /// Whether the policy answers as before when it has taken its own result; if not, scores that are lost are made from the last checkpoint.
  var resultIsExact: Bool { get }

  /// Frees what the policy holds outside this process; called once, when the run ends, however it ends.
  func close()
}

extension LoadedPolicy {
  public func track(of sound: TrackSound) throws -> Track {
    throw NamedError("this kind of policy cannot hear \(sound.id), only the tracks of an experiment: ask the embedded one")
  }

  public func example(
    _ question: Question, answer: String, about track: Track, using stream: RandomStream?
  ) throws -> SupervisedExample<Learner.Prompt> {
    SupervisedExample(prompt: try prompt(for: question, about: track), answer: try tokens(of: answer, to: question))
  }

  /// Throws with the question, its answer and the remedy where the policy cannot write it.
  private func tokens(of answer: String, to question: Question) throws(PolicyError) -> [Token] {
    do throws(PolicyError) {
      return try policy.tokens(for: answer)
    } catch {
      guard error.code == .badCompletion || error.code == .badPrompt else { throw error }
      throw PolicyError(
        error.code,
        "the question '\(question.id)' (task \(question.task), track \(question.trackID)) has the answer '\(answer)', which the policy cannot "
          + "write: ask only for answers that it can (questions.tasks, categories, answers-from, answers-to; answers in whole seconds), or "
          + "have its call tokens round them. \(error.message)",
        cause: error.cause)
    }
  }

  public var offers: Set<RewardNeed> { [] }

  public func prompt(_ prompt: Learner.Prompt, changed change: PromptChange) -> Learner.Prompt? { nil }

  public func check(_ question: Question) throws {}

  public func hasRoom(for example: SupervisedExample<Learner.Prompt>) -> Bool { true }

  public func taughtTrack(_ track: Track, using stream: inout RandomStream) -> Track { track }

  public var drawsFromAllTracks: Bool { false }

  public var isTrained: Bool { true }

  public static var result: PolicyResultFile { .state }

  public func encodedResult() async throws -> [UInt8] { try await policy.checkpoint() }

  public func take(result: [UInt8]) async throws { try await policy.restore(result) }

  public var resultIsExact: Bool { true }

  public func close() {}
}

extension LoadedPolicy where Track == UnheardTrack {
  public func track(of sound: TrackSound) -> UnheardTrack {
    UnheardTrack(timeline: Timeline(trackID: sound.id, duration: sound.duration, lanes: [], sections: []))
  }

  public func tracks(of source: any TrackSource, title: String, progress: WorkProgress) async throws -> [UnheardTrack] {
    try TrackLibrary.timelines(source, title: title, progress: progress).map { UnheardTrack(timeline: $0) }
  }
}
