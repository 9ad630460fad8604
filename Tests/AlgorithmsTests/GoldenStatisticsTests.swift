import SeedStatistics
import TemporalMetrics
import Testing

/// The lines of `rl_steps.jsonl` that are no part of an update: rank correlation, onsets, statistics over runs.
struct GoldenStatisticsTests {
  @Test(arguments: GoldenFile.steps("kendall_tau_b"))
  func rankCorrelation(_ step: GoldenStep) {
    defer { step.settle() }
    let tau = KendallTau(step.input["x"].doubles, step.input["y"].doubles).b
    let expected = step.expected["tau"].optional
    #expect((tau == nil) == (expected == nil))
    expectClose(tau ?? 0, expected ?? 0)
  }

  @Test(arguments: GoldenFile.steps("onset_f_measure"))
  func onsets(_ step: GoldenStep) throws {
    defer { step.settle() }
    let score = OnsetDetection.score(
      reference: try EventTimes(step.input["reference"].doubles), estimated: try EventTimes(step.input["estimated"].doubles),
      window: step.params["window"].double)
    expectClose(
      [score.fMeasure(), score.precision, score.recall], ["f", "precision", "recall"].map { step.expected[$0].double })
  }

  @Test(arguments: GoldenFile.steps("rliable_aggregates"))
  func aggregates(_ step: GoldenStep) throws {
    defer { step.settle() }
    if step.params["layout"].text != "[run][task]" { step.unknown(step.params["layout"]) }
    let table = try #require(ScoreTable(step.input["x"].matrix))
    let other = try #require(ScoreTable(step.input["y"].matrix))
    let figures: [(String, Double)] = [
      ("iqm", table.interquartileMean), ("mean", table.mean), ("median", table.median),
      ("optimality_gap", table.optimalityGap(target: step.params["gamma"].double)),
      ("probability_of_improvement", table.probabilityOfImprovement(over: other)),
    ]
    for (name, figure) in figures { expectClose(figure, step.expected[name].double, 1e-9, name) }
  }
}
