import Experiments
import Files
import Foundation
import Rewards
import Testing

@testable import Ablations
@testable import OptionFiles
@testable import Tracks

struct AblationFileTests {
  private static let base = """
    experiment:
      name: base
      start: {encoder: e.safetensors, policy: p.safetensors}
      rewards:
        - {reward: onset-error, scale: 3, tasks: [tsg]}
        - {reward: soft-f1, tasks: [mtr]}
        - {reward: unreadable, weight: -1}
      algorithm: {algorithm: grpo}

    """

  private static func file(_ text: String) throws -> AblationFile {
    try AblationFile(YAMLFile(text: base + text, path: "grid.yaml"))
  }

  private static let shipped: [String] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = root.appendingPathComponent("experiments/ablations").path
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted().map { "\(folder)/\($0)" }
  }()

  @Test func armsAreTheProductOfTheLists() throws {
    let grid = AblationGrid(
      try Self.file(
        """
        name: g
        seeds: [3, 1]
        set: {training.steps: 7}
        grid:
          algorithm: [grpo, {name: slow, value: {algorithm: ppo}}]
          training.learning-rate.peak: [0.001, 0.002]
        baseline: slow+peak=0.001
        """))
    #expect(grid.arms.map(\.name) == ["grpo+peak=0.001", "grpo+peak=0.002", "slow+peak=0.001", "slow+peak=0.002"])
    #expect(grid.arms[3].differences == ["training.learning-rate.peak: 0.001 → 0.002"])
    #expect(grid.arms[3].choices == ["algorithm": "slow", "training.learning-rate.peak": "peak=0.002"])
    #expect(grid.arms[2].differences.isEmpty)
    #expect(grid.arms[1].runs.map(\.folder) == ["grpo+peak=0.002/seed-3", "grpo+peak=0.002/seed-1"])
    #expect(grid.metrics == ["tsg/hit@3s/sampled", "tsg/hit@1s/sampled", "mtr/iou/sampled", "mtr/f1/sampled"])
  }

  @Test func sharedChangesReachEveryArm() throws {
    let file = try Self.file("name: g\nset: {training.steps: 7, tracks.test: 9}\ngrid: {training.completions: [2, 4]}\n")
    #expect(file.arms.map(\.experiment.training.steps) == [7, 7])
    #expect(file.arms.map { $0.experiment.reinforcement?.sampling.completions } == [2, 4])
    #expect(file.arms.map { ($0.experiment.tracks as? ComposedTrackKind)?.test } == [9, 9])
    #expect(file.seeds == [1, 2, 3, 4, 5])
  }

  @Test func mapsInSharedChangesLeaveWhatTheyDoNotName() throws {
    let file = try Self.file(
      "name: g\nset: {training: {steps: 7, learning-rate: {peak: 0.5}}, training.tracks: 2}\ngrid: {training.completions: [2, 4]}\n"
    )
    let experiment = try #require(file.arms.first).experiment
    let training = experiment.training
    let sizes: [Int] = [training.steps, training.tracksPerStep, experiment.reinforcement?.sampling.completions ?? 0]
    #expect(sizes == [7, 2, 2] as [Int])
    #expect(experiment.resolved.yaml().contains("    peak: 0.5\n    shape: constant\n    warmup: 10\n"))
  }

  @Test func aRewardThatOneArmLacksIsOneDifference() throws {
    let grid = AblationGrid(try Self.file("name: g\ncomponents: leave-one-out\n"))
    #expect(grid.arms[1].differences == ["rewards.onset-error: weight 1 → –", "allow-unsafe: false → true"])
  }

  @Test func leaveOneOutTakesEachComponentAwayOnce() throws {
    let file = try Self.file("name: g\ncomponents: leave-one-out\n")
    #expect(file.arms.map(\.name) == ["all", "without-onset-error", "without-soft-f1", "without-unreadable"])
    #expect(file.arms.map { $0.experiment.reinforcement?.rewards.labels ?? [] }[2] == ["onset-error", "unreadable"])
  }

  @Test func differencesNameRewardsByTheirLabels() throws {
    let file = try Self.file(
      """
      name: g
      grid:
        rewards:
          - {name: one, rewards: [{reward: onset-error, scale: 15}, {reward: unreadable, weight: -1}]}
          - {name: two, rewards: [{reward: soft-f1, weight: 2}, {reward: onset-error, scale: 3}, {reward: unreadable, weight: -1}]}

      """)
    #expect(
      AblationGrid(file).arms[1].differences == ["rewards.onset-error.scale: 15 → 3", "rewards.soft-f1: – → weight 2"])
  }

  @Test func addOneInStartsFromTheFirst() throws {
    let file = try Self.file("name: g\ncomponents: add-one-in\n")
    #expect(file.arms.map(\.name) == ["onset-error-alone", "with-soft-f1", "with-unreadable"])
    #expect(file.arms.map { $0.experiment.reinforcement?.rewards.labels ?? [] }[1] == ["onset-error", "soft-f1"])
  }

  @Test func everyIssueOfEveryArmComesBeforeAnythingRuns() {
    #expect {
      try Self.file(
        """
        name: g
        grid:
          algorithm: [grpo, grppo]
          training.stepps: [1, 2]
          rewards: [[{reward: onset-eror}], {name: fine, rewards: [{reward: onset-error}, {reward: unreadable, weight: -1}]}]
        metrics: [tsg/hit@4s/sampled]
        seeds: []
        baseline: nobody
        """)
    } throws: { error in
      let text = "\(error)"
      return [
        "grid.yaml has", "no reward is named 'onset-eror'", "grppo", "training.stepps: is not an option here",
        "'tsg/hit@4s/sampled' is no held-out metric", "seeds: must be a list of different whole numbers",
      ].allSatisfy(text.contains)
    }
  }

  @Test func anEmptyGridIsRefused() {
    #expect { try Self.file("name: g\n") } throws: { "\($0)".contains("grid: is empty: give lists under `grid`") }
    #expect { try Self.file("name: g\ngrid: {algorithm: []}\n") } throws: {
      "\($0)".contains("grid.algorithm: must be a list of at least one value")
    }
  }

  @Test func gridsWithoutHeldOutTracksOrWithTwinArmsAreRefused() {
    #expect {
      try Self.file("name: g\nset: {tracks.test: 0}\ngrid: {algorithm: [grpo, ppo]}\npolicy: {value-head: true}\n")
    } throws: { "\($0)".contains("tracks.test: is 0") && "\($0)".contains("policy: is not an option here") }
    #expect { try Self.file("name: g\ngrid: {algorithm: [grpo, grpo]}\n") } throws: {
      "\($0)".contains("two arms have this name")
    }
  }

  @Test func aGridIsReadAsItWasWritten() throws {
    let grid = AblationGrid(try Self.file("name: g\ngrid: {algorithm: [grpo, rloo]}\n"))
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-grid-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try AtomicFile.write(try grid.json, to: AblationGrid.file(in: folder))
    #expect(try AblationGrid(folder: folder) == grid)
    #expect { try AblationGrid(folder: folder + "/nowhere") } throws: { "\($0)".contains("it has no grid.json") }
  }

  @Test(arguments: shipped) func shippedGridsResolveOverFiveSeeds(_ path: String) throws {
    let folder = FileManager.default.currentDirectoryPath
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    guard folder == root.path else { return }  // they name files from the top of the tree
    let file = try AblationFile(path: path)
    #expect(file.arms.count >= 2)
    #expect(file.seeds.count >= 5)
  }
}
