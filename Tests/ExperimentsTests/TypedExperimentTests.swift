import Algorithms
import Experiments
import Foundation
import Options
import Rewards
import TemporalRewards
import Testing

@testable import ExperimentFiles
@testable import ExperimentPrograms
@testable import OptionFiles
@testable import Runs

/// An experiment that a program makes is the one that a file with the same words makes.
struct TypedExperimentTests {
  private let files = StartedPolicyTests()

  private var rewards: RewardSpec {
    RewardSpec {
      OnsetError(scale: 3).on("tsg").baseline(); Unreadable().weighted(-1)
    }
  }

  @Test func whatIsNotGivenIsAsInAFile() async throws {
    try await files.inFolder { folder in
      let policy = try await files.policyFile(in: folder)
      let text = """
        name: typed
        stage: reinforcement
        start: {encoder: \(folder)/encoder.safetensors, policy: \(policy)}
        questions: {tasks: [tsg]}
        rewards: [{reward: onset-error, scale: 3, tasks: [tsg], baseline: {}}, {reward: unreadable, weight: -1}]
        """
      let least = try ExperimentFile(YAMLFile(text: text + "\nalgorithm: {algorithm: grpo}", path: "a.yaml"))
      let typed = try ExperimentFile("typed", policy: policy, tasks: ["tsg"], rewards: rewards, algorithm: GRPO())
      #expect(typed.resolved.yaml() == least.resolved.yaml())
      let more = """

        seed: 5
        tracks: {train: 8, validation: 1, test: 3, skip: 4}
        algorithm: {algorithm: dapo, profile: verl, clip-high: 0.3}
        training: {steps: 7, tracks: 2, completions: 4, temperature: 0.5, learning-rate: {peak: 0.001}}
        """
      let whole = try ExperimentFile(
        "typed", policy: policy, encoder: "\(folder)/encoder.safetensors",
        tracks: TrackCounts(train: 8, validation: 1, test: 3, skip: 4), tasks: ["tsg"], rewards: rewards,
        algorithm: DAPO(profile: .verl, clipHigh: 0.3), steps: 7, tracksPerStep: 2, completions: 4, learningRate: 1e-3, seed: 5,
        overrides: ["training.temperature=0.5"])
      #expect(whole.resolved.yaml() == (try ExperimentFile(YAMLFile(text: text + more, path: "b.yaml")).resolved.yaml()))
      #expect(whole.reinforcement?.algorithm is DAPO && whole.seed == 5)
    }
  }

  private func complaint(_ make: () throws -> ExperimentFile) -> String {
    do {
      _ = try make()
      return "none"
    } catch {
      return "\(error)"
    }
  }

  @Test func whatNoFileMayHaveIsRefused() async throws {
    try await files.inFolder { folder in
      let policy = try await files.policyFile(in: folder)
      let range = complaint {
        try ExperimentFile(
          "typed", policy: policy, tasks: ["tsg", "mrt"], rewards: rewards, algorithm: GRPO(), steps: 0, learningRate: -1)
      }
      #expect(range.hasPrefix("experiment typed has 3 issues:"), "\(range)")
      #expect(range.contains("training.steps: must be a whole number in 1…"), "\(range)")
      #expect(range.contains("learning-rate.peak") && range.contains("mrt"), "\(range)")
      let exploitable = complaint {
        try ExperimentFile("typed", policy: policy, rewards: RewardSpec { OnsetError() }, algorithm: GRPO())
      }
      #expect(exploitable.contains("allow-unsafe"), "\(exploitable)")
      let missing = complaint {
        try ExperimentFile("typed", policy: "\(folder)/none", rewards: rewards, algorithm: GRPO())
      }
      #expect(missing.contains("\(folder)/none"), "\(missing)")
      let foreign = complaint {
        try ExperimentFile("typed", policy: policy, rewards: rewards, algorithm: Unwritten())
      }
      #expect(foreign.contains("unwritten does not say what it was made with"), "\(foreign)")
    }
  }
}

/// An algorithm that is made of parts and of no options.
private struct Unwritten: Algorithm {
  static let name = "unwritten"
  static let summary = "GRPO under another name"

  private let inner = GRPO()

  init() {}

  init(options: inout OptionReader) {}

  var requirements: PolicyRequirements { inner.requirements }
  var schedule: UpdateSchedule { inner.schedule }
  var advantage: any AdvantageEstimator { inner.advantage }
  var objective: Objective { inner.objective }
  var aggregation: any LossAggregation { inner.aggregation }
}
