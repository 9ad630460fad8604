// A table of logits learns by GRPO when the piano enters in four songs. Run it at the top of the tree:
//     swift run --package-path examples/first-program -c release FirstProgram
import Algorithms
import Policies
import Questions
import Rewards
import TaktTesting
import TemporalRewards
import Training

/// Four songs of half a minute; each step asks the same question about all of them.
struct Songs: ExerciseSource {
  /// When the piano enters, in seconds.
  static let entries = [4.0, 11, 17, 26]

  func exercises(step: Int, round: Int) -> [Exercise<Int>] {
    Self.entries.enumerated().map { song, entry in
      let question = Question(
        id: "song-\(song)", trackID: "song-\(song)", task: "tsg", category: "onset", text: "When does the piano first enter?",
        kind: .instant, references: [.instant(entry)], duration: 30)
      return Exercise(question: question, prompt: song)
    }
  }
}

/// The mean reward of each step as columns of block characters, `height` lines high.
func chart(_ rewards: [Double], columns: Int = 60, height: Int = 8) -> String {
  let blocks = Array(" ▁▂▃▄▅▆▇█")
  let (lowest, highest) = (rewards.min() ?? 0, rewards.max() ?? 1)
  let eighths = (0..<columns).map { column -> Int in
    let steps = rewards[column * rewards.count / columns..<(column + 1) * rewards.count / columns]
    let mean = steps.reduce(0, +) / Double(steps.count)
    return Int((mean - lowest) / (highest - lowest) * Double(8 * height))
  }
  return (0..<height).reversed().map { row in
    let label = row == height - 1 ? rounded(highest) : row == 0 ? rounded(lowest) : ""
    let blanks = String(repeating: " ", count: 6 - label.count)
    return blanks + label + " │" + String(eighths.map { blocks[min(8, max(0, $0 - 8 * row))] })
  }.joined(separator: "\n")
}

/// With two decimals at most.
func rounded(_ number: Double) -> String { "\((number * 100).rounded() / 100)" }

/// Takes a policy through `steps` steps and returns the mean reward of each.
func train(_ policy: TabularPolicy, steps: Int) async throws -> [Double] {
  let rewards = RewardSpec {
    OnsetError(scale: 3).on("tsg")
    Unreadable().weighted(-1)
  }
  var stage = try await ReinforcementStage(
    policy: policy, source: Songs(), algorithm: GRPO(clipHigh: 0.28), rewards: rewards,
    settings: ReinforcementSettings(
      seed: 1, steps: steps, groupSize: 16, temperature: 1, maximumTokens: 2,
      learningRate: LearningRateSchedule(base: 1, steps: steps), microbatchGroups: 4, driftTolerance: 0.001))
  var curve: [Double] = []
  for step in 0..<steps { curve.append(try await stage.step(step)["reward/mean"] ?? 0) }
  return curve
}

// It may say any seconds of half a minute; two in one answer cannot be read as a time.
let policy = TabularPolicy(prompts: Songs.entries.count, positions: 2, words: (0..<30).map { "\($0) s" })
let steps = 300
let curve = try await train(policy, steps: steps)
print(chart(curve))
print("        steps 1 to \(steps)\n")
for exercise in Songs().exercises(step: 0, round: 0) {
  let request = SamplingRequest(prompt: exercise.prompt, count: 1, seed: 0)
  let answer = try await policy.sample([request], with: .greedy(maximumTokens: 2))[0][0]
  print("\(exercise.question.id): \(exercise.question.text) \(answer.text); it is at \(Int(Songs.entries[exercise.prompt])) s")
}
print("reward \(rounded(curve[0])) → \(rounded(curve[steps - 1]))")
