public import Policies

/// What is stored of one judged completion.
public struct RolloutRecord: Sendable, Hashable {
  /// The score of one component of the reward before its weight; `nil` where it did not apply.
  public struct Component: Sendable, Hashable {
    public var label: String
    public var score: Double?

    public init(label: String, score: Double?) {
      self.label = label
      self.score = score
    }
  }

  /// The training step that sampled it, counted from 0.
  public var step: Int
  public var questionID: String
  /// What was asked, in words.
  public var prompt: String
  /// Which of the group's completions it is, counted from 0.
  public var sampleIndex: Int
  public var completion: Completion
  /// The composed reward; `nil` where no component applied.
  public var reward: Double?
  public var components: [Component]
  /// How the completion was read, such as `answered`.
  public var outcome: String
  /// Why it could not be read, such as `unclosed-tag`; empty where it was read.
  public var fault: String
  /// The question with its reference as its owner writes it, at the first completion of a group; empty at the others, and in
  /// what Takt stored before version 2 of the format.
  public var question: String
  /// Whether the update learnt from its group; `nil` in what Takt stored before version 3 of the format, which kept those groups alone.
  public var isLearnt: Bool?

  /// Values and text offsets of `completion` are not stored.
  public init(
    step: Int, questionID: String, prompt: String, sampleIndex: Int, completion: Completion, reward: Double?,
    components: [Component], outcome: String, fault: String = "", question: String = "", isLearnt: Bool? = true
  ) {
    self.step = step
    self.questionID = questionID
    self.prompt = prompt
    self.sampleIndex = sampleIndex
    self.completion = completion
    self.completion.values = []
    self.completion.textOffsets = []
    self.reward = reward
    self.components = components
    self.outcome = outcome
    self.fault = fault
    self.question = question
    self.isLearnt = isLearnt
  }
}
