// Two seeds of a small experiment and a grid's results, from Swift. Run it at the top of the tree:
//     swift run --package-path experiments/example-script -c release CompareSeeds
import Ablations
import Comparisons
import Experiments

for seed in 1...2 {
  let small = ["seed=\(seed)", "training.steps=4", "tracks.train=16", "tracks.validation=0", "tracks.test=12"]
  let experiment = try ExperimentFile(path: "experiments/demo.yaml", overrides: small)
  let folder = RunDirectory(path: "runs/script/seed-\(seed)")
  _ = try await ExperimentRun(file: experiment, directory: folder).run()
}
let comparison = try Comparison(runs: ["runs/script/seed-1", "runs/script/seed-2"], control: [])
print(comparison.markdown)
let grid = try AblationFile(path: "experiments/ablations/algorithms.yaml")
print("\(grid.name): \(grid.arms.map(\.name).joined(separator: ", ")), over seeds \(grid.seeds)")
