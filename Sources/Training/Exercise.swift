public import Policies
public import Questions

/// A question with the prompt that puts it to a policy.
public struct Exercise<Prompt: Sendable>: Sendable {
  public var question: Question
  public var prompt: Prompt
  /// A right answer in the words that the policy is to use, for stages that show it; `nil` where the source has none.
  public var demonstration: String?

  public init(question: Question, prompt: Prompt, demonstration: String? = nil) {
    self.question = question
    self.prompt = prompt
    self.demonstration = demonstration
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
}

extension ExerciseSource {
  public var followsGuidance: Bool { false }

  public func exercises(step: Int, round: Int, guidance: QuestionGuidance) async throws -> [Exercise<Prompt>] {
    try await exercises(step: step, round: round)
  }
}

/// A prompt with the answer to be learnt.
public struct Lesson<Prompt: Sendable>: Sendable {
  public var prompt: Prompt
  /// The answer's tokens, with the token that ends it.
  public var answer: [Token]
  /// How much this lesson counts beside the others of its step, above 0.
  public var weight: Float
  /// How much each token of the answer counts beside the others, one number a token; empty where all count the same.
  public var tokenWeights: [Float]

  public init(prompt: Prompt, answer: [Token], weight: Float = 1, tokenWeights: [Float] = []) {
    precondition(tokenWeights.isEmpty || tokenWeights.count == answer.count, "a weight for each token of the answer")
    self.prompt = prompt
    self.answer = answer
    self.weight = weight
    self.tokenWeights = tokenWeights
  }
}

/// Where the lessons of a supervised stage come from.
public protocol LessonSource<Prompt>: Sendable {
  associatedtype Prompt: Sendable

  /// The lessons of one step, which depend on the step alone.
  func lessons(step: Int) async throws -> [Lesson<Prompt>]
}
