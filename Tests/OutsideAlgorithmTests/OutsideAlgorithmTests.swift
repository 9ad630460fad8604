import Algorithms
import Options
import TaktTesting
import Testing

/// An algorithm on public declarations alone: this target does not see those of the package.
struct OutsideAlgorithmTests {
  private func file(_ options: [(String, OptionValue.Content)]) -> OptionReader {
    OptionReader(OptionValue(.map(options.map { OptionEntry(key: $0.0, value: OptionValue($0.1)) })))
  }

  @Test func hasWhatEveryAlgorithmHas() throws {
    let kl = OptionValue.Content.map([OptionEntry(key: "coefficient", value: OptionValue(.number(0.1)))])
    var options = file([("profile", .text("trl")), ("width", .number(0.25)), ("epochs", .number(2)), ("kl", kl)])
    let written = MedianPolicyOptimization(options: &options)
    try options.finish()
    #expect(options.descriptions.map(\.key).starts(with: ["profile", "width", "aggregation"]))
    let typed = MedianPolicyOptimization(
      profile: .trl, width: 0.25, schedule: ScheduleOptions(epochs: 2), kl: KLOptions(coefficient: 0.1))
    for algorithm in [written, typed] {
      #expect(algorithm.schedule == UpdateSchedule(epochs: 2))
      #expect(algorithm.requirements == [.groups, .referencePolicy])
      #expect(algorithm.aggregation.tokenWeights(sequenceLengths: [1, 3], of: nil) == [0.25, 0.25])
    }
    #expect(MedianPolicyOptimization().requirements == .groups)
  }

  @Test func learnsFromItsOwnFormula() {
    let algorithm = MedianPolicyOptimization()
    let group = [0.5, 0, 100].map { EstimatorInput(reward: $0, behaviorLogProbabilities: [-1, -1]) }
    let credits = algorithm.advantage.estimates(for: EstimatorBatch(groups: [group]))[0]
    #expect(credits.map(\.advantages) == [[0, 0], [-0.5, -0.5], [99.5, 99.5]])
    let block = TokenBlock(
      sequences: [0..<2, 2..<4, 4..<6], logProbabilities: [-1, -1, -1, -1, -1, -1],
      behaviorLogProbabilities: [-1, -1, -1, -1, -1, -1], advantages: credits.flatMap(\.advantages),
      weights: [Double](repeating: 0.25, count: 6))
    let (gradients, report) = algorithm.objective.evaluate(block)
    #expect(gradients.logProbabilities == [0, 0, 0.125, 0.125, -24.875, -24.875])
    #expect(report.loss == 0)
    #expect(termConformanceFailures(LevellingSurrogate(width: 0.5)).isEmpty)
  }

  @Test func valuesAreHeldToTheirRanges() throws {
    let error = #expect(throws: OptionError.self) {
      try TypedOptions.checked { MedianPolicyOptimization(width: 20, kl: KLOptions(coefficient: 200)) }
    }
    #expect(error?.issues.map(\.path) == ["median.width", "median.kl.coefficient"])
    var options = file([("width", .number(20))])
    _ = MedianPolicyOptimization(options: &options)
    #expect(options.issues.map(\.message) == error?.issues.prefix(1).map(\.message))
  }

  @Test func buildsOnTheCatalogue() throws {
    var algorithm = try TypedOptions.checked { GRPO(profile: .verl, clipHigh: 0.3, entropy: EntropyOptions(coefficient: 0.01)) }
    #expect(algorithm.schedule.epochs == 1 && algorithm.requirements == .groups)
    algorithm.parts.surrogate = LevellingSurrogate(width: 1)
    let estimator: any AdvantageEstimator = LeaveOneOutAdvantage()
    algorithm.parts.advantage = estimator
    let batch = EstimatorBatch(groups: [[1, 0].map { EstimatorInput(reward: $0, behaviorLogProbabilities: [-1]) }])
    #expect(
      algorithm.advantage.estimates(for: batch) == [[AdvantageEstimate(advantages: [1]), AdvantageEstimate(advantages: [-1])]])
  }
}
