// The embedded policy before and after a few steps of GRPO on composed tracks. Run it at the top of the tree:
//     swift run --package-path examples/embedded-program -c release EmbeddedProgram
import Algorithms
import Comparisons
import Experiments
import Rewards
import TemporalRewards

let experiment = try ExperimentFile(
  "embedded-program", policy: "experiments/demo/checkpoints/questions.safetensors",
  tracks: TrackCounts(train: 64, validation: 0, test: 40, skip: 1400), tasks: ["tsg"],
  rewards: RewardSpec {
    OnsetError(scale: 3); OutOfTrack().weighted(-0.5); Unreadable().weighted(-1)
  },
  algorithm: GRPO(clipHigh: 0.28), steps: 8, learningRate: 1e-4, seed: 1)
let folder = RunDirectory(path: "runs/embedded-program")
_ = try await ExperimentRun(file: experiment, directory: folder).run()
print(try Comparison(runs: [folder.path], control: []).markdown)
