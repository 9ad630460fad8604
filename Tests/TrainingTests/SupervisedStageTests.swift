import Algorithms
import Policies
import Questions
import TaktTesting
import Testing
import Training

struct SupervisedStageTests {
  @Test func theAnswersAreLearntOverTheSeamOfReinforcement() async throws {
    let policy = ReinforcementStageTests.policy()
    var stage = SupervisedStage(
      policy: policy, source: CountingQuestions(), learningRate: LearningRateSchedule(base: 2, steps: 100),
      maximumGradientNorm: 10)
    var losses: [Double] = []
    for step in 0..<100 { losses.append(try await stage.step(step)["supervised/loss"] ?? .nan) }
    // Seven words and the end, uniform: ln 7 nats a token.
    #expect(abs(losses[0] - 1.9459) < 1e-3)
    #expect(losses[99] < 0.3)
    let exercises = CountingQuestions().exercises(step: 0, round: 0)
    let answers = try await Evaluation(parameters: .greedy(maximumTokens: 2), seed: 1).answers(of: policy, to: exercises)
    #expect(answers.map(\.reading.answer) == CountingQuestions.answers.map { .instant($0) })
  }

  /// Weights of tokens move the share of the loss inside a example, not the share of the example.
  @Test func tokensCountByTheirWeights() async throws {
    func loss(_ weights: [Float]) async throws -> Double {
      let policy = ReinforcementStageTests.policy()
      var examples = CountingQuestions()
      examples.tokenWeights = weights
      var stage = SupervisedStage(
        policy: policy, source: examples, learningRate: LearningRateSchedule(base: 2, steps: 100), maximumGradientNorm: 10)
      for step in 0..<3 { _ = try await stage.step(step) }
      return try await stage.step(3)["supervised/loss"] ?? .nan
    }
    let plain = try await loss([])
    #expect(abs(try await loss([1, 1]) - plain) < 1e-6)
    #expect(abs(try await loss([5, 5]) - plain) < 1e-6)
    #expect(abs(try await loss([3, 1]) - plain) > 1e-3)
  }

  @Test func anAnswerDependsOnNeitherTheChunkNorTheOthers() async throws {
    let policy = ReinforcementStageTests.policy()
    let exercises = CountingQuestions().exercises(step: 0, round: 0)
    let parameters = SamplingParameters(maximumTokens: 2)
    let whole = try await Evaluation(parameters: parameters, seed: 7).answers(of: policy, to: exercises)
    let single = try await Evaluation(parameters: parameters, seed: 7, chunk: 1).answers(of: policy, to: exercises)
    #expect(whole == single)
    let other = try await Evaluation(parameters: parameters, seed: 8).answers(of: policy, to: exercises)
    #expect(whole != other)
  }
}
