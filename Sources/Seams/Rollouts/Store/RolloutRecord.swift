package import Policies

/// What is stored of one judged completion.
package struct RolloutRecord: Sendable, Hashable {
  /// The score of one component of the reward before its weight; `nil` where it did not apply.
  package struct Component: Sendable, Hashable {
    package var label: String
    package var score: Double?

    package init(label: String, score: Double?) {
      self.label = label
      self.score = score
    }
  }

  /// The training step that sampled it, counted from 0.
  package var step: Int
  package var questionID: String
  /// What was asked, in words.
  package var prompt: String
  /// Which of the group's completions it is, counted from 0.
  package var sampleIndex: Int
  package var completion: Completion
  /// The composed reward; `nil` where no component applied.
  package var reward: Double?
  package var components: [Component]
  /// How the completion was read, such as `answered`.
  package var outcome: String
  /// Why it could not be read, such as `unclosed-tag`; empty where it was read.
  package var fault: String
  /// The question with its reference as its owner writes it, at the first completion of a group; empty at the others, and in
  /// what Takt stored before version 2 of the format.
  package var question: String
  /// Whether the update learnt from its group; `nil` in what Takt stored before version 3 of the format, which kept those groups alone.
  package var isLearnt: Bool?

  /// Values and text offsets of `completion` are not stored.
  package init(
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
