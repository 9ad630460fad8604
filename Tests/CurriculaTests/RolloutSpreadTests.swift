import Curricula
import Options
import Questions
import Randomness
import Testing
import Training

struct RolloutSpreadTests {
  private func spread(floor: Double = 0.2, rate: Double = 0.5) throws -> any Curriculum {
    let (curricula, issues) = CurriculumReading.curricula([
      [("curriculum", .text("rollout-spread")), ("floor", .number(floor)), ("rate", .number(rate))]
    ])
    #expect(issues.isEmpty)
    return try #require(curricula.first)
  }

  @Test func weightsAreThoseOfTheFormula() throws {
    var spread = try spread()
    let questions = (0..<3).map { CurriculumReading.question($0) }
    #expect(spread.weights(of: questions) == nil)
    spread.begin(step: 0, of: 9)
    spread.observe(questions[0], rewards: [0, 1, 0, 1])  // 0.5
    spread.observe(questions[1], rewards: [0.5, 0.5])  // 0
    #expect(spread.state == ["track/tsg/0": 0.5, "track/tsg/1": 0])
    // The mean of those that were asked is 0.25; the third counts as that.
    #expect(spread.weights(of: questions) == [0.2 + 0.8 * 2, 0.2, 1])
    spread.begin(step: 1, of: 9)
    spread.observe(questions[0], rewards: [1, 1, 1])
    #expect(spread.state["track/tsg/0"] == 0.25)
    #expect(spread.metrics == ["spread/seen": 2, "spread/mean": 0.125, "spread/asked": 0.5])
  }

  @Test func aLoneRewardOrNoneSaysNothing() throws {
    var spread = try spread()
    for rewards in [[], [1.0]] { spread.observe(CurriculumReading.question(0), rewards: rewards) }
    #expect(spread.state.isEmpty)
  }

  /// Among 100 questions one has a spread and 99 have none: with a floor of 0.2 it is drawn first with probability 0.8 + 0.2/100.
  @Test func questionsAreDrawnAsOftenAsTheFormulaSays() throws {
    var spread = try spread(floor: 0.2)
    let questions = (0..<100).map { CurriculumReading.question($0) }
    for question in questions { spread.observe(question, rewards: question.id.hasSuffix("/7") ? [0, 1] : [0, 0]) }
    let draw = QuestionDraw(bank: ["tsg": questions], usualShares: ["tsg": 1])
    let draws = 20_000
    let hits = (0..<draws).count { step in
      draw.draw(1, guidance: QuestionGuidance([spread]), stream: RandomStream(seed: 11).derived(step))["tsg"] == [7]
    }
    let expected = 0.802
    // Four standard deviations of a share of 20,000.
    #expect(abs(Double(hits) / Double(draws) - expected) < 4 * (expected * (1 - expected) / Double(draws)).squareRoot())
  }

  @Test func whatIsNoStateIsIgnored() throws {
    var spread = try spread()
    spread.state = ["a": 0.5, "b": .nan, "c": -1]
    #expect(spread.state == ["a": 0.5])
  }
}
