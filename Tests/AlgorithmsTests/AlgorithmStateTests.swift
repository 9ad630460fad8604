import Algorithms
import Options
import Testing

struct AlgorithmStateTests {
  private func report(divergence: Double, entropy: Double, completions: Double) -> ObjectiveReport {
    var report = ObjectiveReport()
    report.add("policy/kl_reference_sequence", sum: divergence * completions, count: completions)
    report.add("policy/entropy", sum: entropy * 50, count: 50)
    return report
  }

  @Test func coefficientFollowsTheDivergence() throws {
    let options = AlgorithmFixture.map(["coefficient": .number(0.2), "target": .number(0.1), "horizon": .number(10_000)])
      .content
    var algorithm = try AlgorithmFixture.make("grpo", ["kl": options, "epochs": .number(2)])
    #expect(algorithm.state == ["kl_coefficient": 0.2])
    // Two epochs over 256 completions: 512 observations of 256 completions.
    algorithm.adapt(to: report(divergence: 0.05, entropy: 1, completions: 512))
    expectClose(algorithm.state["kl_coefficient"] ?? .nan, 0.2 * (1 - 0.2 * 256 / 10_000), 1e-15)
    let saved = algorithm.state
    var resumed = try AlgorithmFixture.make("grpo", ["kl": options, "epochs": .number(2)])
    resumed.state = saved
    #expect(resumed.state == saved)
    expectClose(resumed.objective.summands[1].coefficient, saved["kl_coefficient"] ?? .nan, 0)
  }

  /// An update that its target ended early saw some completions once and others never; β moves by the whole batch all the same.
  @Test func aStoppedUpdateMovesTheCoefficientByItsBatch() throws {
    let options = AlgorithmFixture.map(["coefficient": .number(0.2), "target": .number(0.1)]).content
    var algorithm = try AlgorithmFixture.make("grpo", ["kl": options, "epochs": .number(4)])
    var stopped = report(divergence: 0.05, entropy: 1, completions: 128)
    stopped.completions = 256
    algorithm.adapt(to: stopped)
    expectClose(algorithm.state["kl_coefficient"] ?? .nan, 0.2 * (1 - 0.2 * 256 / 10_000), 1e-15)
  }

  @Test func entropyBonusFollowsItsTarget() throws {
    let options = AlgorithmFixture.map(["coefficient": .number(0.01), "target": .number(0.5)]).content
    var algorithm = try AlgorithmFixture.make("grpo", ["entropy": options])
    #expect(algorithm.objective.summands.count == 2)
    algorithm.adapt(to: report(divergence: 0, entropy: 0.4, completions: 8))
    expectClose(algorithm.state["entropy_coefficient"] ?? .nan, 0.015, 1e-15)
    algorithm.adapt(to: report(divergence: 0, entropy: 0.6, completions: 8))
    expectClose(algorithm.state["entropy_coefficient"] ?? .nan, 0.01, 1e-15)
    // Above the target the bonus rests.
    #expect(algorithm.objective.summands.count == 1)
    var resumed = try AlgorithmFixture.make("grpo", ["entropy": options])
    resumed.state = algorithm.state
    #expect(resumed.objective.summands.count == 1)
  }

  @Test func fixedCoefficientsAreNoState() throws {
    var algorithm = try AlgorithmFixture.make("ppo")
    algorithm.adapt(to: report(divergence: 3, entropy: 0, completions: 8))
    #expect(algorithm.state.isEmpty)
  }

  @Test func reportsAddUp() {
    var report = ObjectiveReport()
    report.add("a", sum: 3, count: 2)
    report.add("b", sum: 0, count: 0)
    var other = ObjectiveReport()
    other.loss = 1.5
    other.add("a", sum: 1, count: 2)
    report.merge(other)
    #expect(report.means == ["a": 1])
    #expect(report.loss == 1.5)
    #expect(report.count(of: "a") == 4)
    #expect(report.count(of: "c") == 0)
  }
}
