import Policies
import Questions
import Training

/// Four questions whose answers are words of a table: the second at which it happened.
struct CountingQuestions: ExerciseSource, SupervisedExampleSource {
  /// How much the word and the end count in a example; empty for the same.
  var tokenWeights: [Float] = []

  static let words = (0..<6).map { "0:0\($0)" }
  static let answers = [1.0, 4, 2, 5]

  static func question(_ prompt: Int) -> Question {
    Question(
      id: "track/tsg/\(prompt)", trackID: "track", task: "tsg", text: "When?", kind: .instant,
      references: [.instant(answers[prompt])], duration: 6)
  }

  func exercises(step: Int, round: Int) -> [Exercise<Int>] {
    Self.answers.indices.map { Exercise(question: Self.question($0), prompt: $0) }
  }

  /// The end follows each answer.
  func examples(step: Int) -> [SupervisedExample<Int>] {
    Self.answers.enumerated().map {
      SupervisedExample(prompt: $0, answer: [Token($1), Token(Self.words.count)], tokenWeights: tokenWeights)
    }
  }
}
