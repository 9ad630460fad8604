import ControlProblems
import Tensors
import Testing

struct ControlTrainingTests {
  /// The published problem, solved: 20 greedy episodes of the full 500 steps after 50,000 steps of training.
  @Test(arguments: [0, 1] as [UInt64])
  func cartPoleIsSolvedWithin50000Steps(seed: UInt64) {
    var training = ControlTraining(seed: seed)
    let before = training.evaluate()
    training.run()
    #expect(before.reduce(0, +) < 20 * 300)
    #expect(training.evaluate() == [Int](repeating: 500, count: 20))
    #expect(training.episodeReturns.prefix(10).allSatisfy { $0 < 200 })
  }

  @Test func sameSeedSameBytes() {
    var schedule = ControlSchedule()
    schedule.totalSteps = 4000
    var (first, second) = (ControlTraining(schedule: schedule, seed: 3), ControlTraining(schedule: schedule, seed: 3))
    first.run()
    second.run()
    #expect(first.episodeReturns == second.episodeReturns)
    for id in first.network.parameters.ids { #expect(first.network.parameters[id] == second.network.parameters[id]) }
  }

  /// Without credit over time there is nothing to learn from: every step earns 1.
  @Test func withoutDiscountedFutureNothingIsLearnt() {
    var schedule = ControlSchedule()
    schedule.totalSteps = 20_000
    schedule.discount = 0
    var training = ControlTraining(schedule: schedule, seed: 0)
    training.run()
    #expect(training.evaluate().reduce(0, +) < 20 * 300)
  }
}
