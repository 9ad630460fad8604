import Rollouts
import Testing

struct RolloutSelectionTests {
  private func records(_ rewards: [Double?]) -> [RolloutRecord] {
    zip(RolloutsTests.records(steps: 0..<1, samples: rewards.count), rewards).map { record, reward in
      var record = record
      record.reward = reward
      return record
    }
  }

  @Test func picksTheEndsAndTheMiddle() {
    let selection = RolloutSelection(of: records([0.3, 0.9, nil, 0.1, 0.5, 0.7, 0.2, 0.8, 0.4, 0.6]), count: 2)
    #expect(selection.best.map(\.reward) == [0.9, 0.8])
    #expect(selection.worst.map(\.reward) == [0.1, 0.2])
    #expect(selection.typical.map(\.reward) == [0.5, 0.4])
    let single = RolloutSelection(of: records([1, 2, 3, 4, 5]), count: 1)
    #expect(single.typical.map(\.reward) == [3])
  }

  @Test func equalRewardsKeepTheirOrderAndNothingIsPickedTwice() {
    let selection = RolloutSelection(of: records([1, 1, 1, 1]), count: 2)
    #expect(selection.best.map(\.sampleIndex) == [0, 1])
    #expect(selection.worst.map(\.sampleIndex) == [3, 2])
    #expect(selection.typical.isEmpty)
  }

  @Test(arguments: 0...9, 0...4) func fewRecordsAreSharedOut(records count: Int, each: Int) {
    let selection = RolloutSelection(of: records((0..<count).map(Double.init)), count: each)
    let picked = selection.best + selection.worst + selection.typical
    #expect(Set(picked.map(\.sampleIndex)).count == picked.count)
    #expect(picked.count == min(count, 3 * each))
    #expect(selection.best.count == min(count, each))
  }

  @Test func stepsAreSummarised() async throws {
    try await withScratchFile { path in
      let store = try RolloutStore(path: path)
      var stored = records([0.25, nil, 0.75])
      stored += records([nil]).map { record in
        var record = record
        record.step = 4
        return record
      }
      try await store.append(stored)
      let steps = try RolloutStepSummary.steps(path: path)
      #expect(steps.map(\.step) == [0, 4])
      #expect(steps.map(\.count) == [3, 1])
      #expect(steps.map(\.meanReward) == [0.5, nil])
    }
  }
}
