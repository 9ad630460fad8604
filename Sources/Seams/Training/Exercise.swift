public import Questions
public import Rewards

/// A question with the prompt that puts it to a policy.
public struct Exercise<Prompt: Sendable>: Sendable {
  public var question: Question
  public var prompt: Prompt
  /// A right answer in the words that the policy is to use, for stages that show it; `nil` where the source has none.
  public var demonstration: String?
  /// The track as the run knows it, for rewards that listen; `nil` where the source carries none.
  public var track: (any TrackHandle)?

  public init(question: Question, prompt: Prompt, demonstration: String? = nil, track: (any TrackHandle)? = nil) {
    self.question = question
    self.prompt = prompt
    self.demonstration = demonstration
    self.track = track
  }
}

/// Where the questions of the RL stage come from.
public protocol ExerciseSource<Prompt>: Sendable {
  associatedtype Prompt: Sendable

  /// The exercises of one step. They depend on the arguments alone, so a resumed run sees what the other would have seen.
  ///
  /// Round 0 is the step's batch; later rounds are further exercises in place of tied groups, where the algorithm asks for them.
  func exercises(step: Int, round: Int) async throws -> [Exercise<Prompt>]

  /// Whether it chooses its questions as curricula ask; `false` unless it says otherwise.
  var followsGuidance: Bool { get }

  /// The same, chosen as the curricula ask.
  func exercises(step: Int, round: Int, guidance: QuestionGuidance) async throws -> [Exercise<Prompt>]

  /// What it can give rewards beside questions and answers: `track` where its exercises carry tracks, `policyWithoutTrack` and
  /// `policyAskedOtherwise` where it makes such prompts; nothing unless it says otherwise.
  var offers: Set<RewardNeed> { get }

  /// The exercise's prompt with a change that a reward asks for; `nil` where the source makes none such.
  func prompt(of exercise: Exercise<Prompt>, changed change: PromptChange) async throws -> Prompt?
}

extension ExerciseSource {
  public var followsGuidance: Bool { false }

  public var offers: Set<RewardNeed> { [] }

  public func prompt(of exercise: Exercise<Prompt>, changed change: PromptChange) async throws -> Prompt? { nil }

  public func exercises(step: Int, round: Int, guidance: QuestionGuidance) async throws -> [Exercise<Prompt>] {
    try await exercises(step: step, round: round)
  }
}
