import Experiments
import Foundation
import Options
import Rewards
import Testing

@testable import ExperimentFiles
@testable import ExperimentPrograms
@testable import Runs

/// Arms stand inside their experiment, and differ from it in what they say.
struct ExperimentArmsTests {
  private static let base = """
    name: try
    stage: reinforcement
    start: {encoder: e.safetensors, policy: p.safetensors}
    policy: {weight-decay: 0.5}
    tracks: {train: 8, test: 4}
    questions: {tasks: [tsg]}
    rewards:
      - {reward: onset-error, scale: 3}
      - {reward: unreadable, weight: -1}
    algorithm: {algorithm: grpo, clip-high: 0.3}
    training: {steps: 7, completions: 4, learning-rate: {peak: 0.0002, shape: constant}}
    """

  /// Writes a file of its own folder and reads an arm of it.
  private func read(_ text: String, arm: String? = nil, _ overrides: [String] = []) throws -> ExperimentFile {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("arms-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("try.yaml").path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return try ExperimentFile(path: path, overrides: overrides, arm: arm)
  }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch { return "\(error)" }
  }

  @Test func anArmIsTheFileWithItsChanges() throws {
    let text = Self.base + "\narms:\n  control:\n    stage: questions\n    training.learning-rate: {peak: 0.001}\n"
    let main = try read(text)
    #expect(main.arms == ["control"])
    #expect(main.stageName == "reinforcement" && main.name == "try")
    #expect(main.resolved["arms"] == nil)
    let control = try read(text, arm: "control")
    #expect(control.stageName == "questions" && control.name == "try-control")
    #expect(control.training.steps == 7)
    #expect(control.resolved["training"]?["learning-rate"]?["peak"]?.plainText == "0.001")
    // A map within changes what it names and leaves the rest.
    #expect(control.resolved["training"]?["learning-rate"]?["shape"]?.writtenText == "constant")
    #expect(control.resolved["policy"]?["weight-decay"] == main.resolved["policy"]?["weight-decay"])
    #expect(control.reinforcement == nil)
  }

  @Test func anArmOfAnotherAlgorithmHasItWhole() throws {
    let text = Self.base + "\narms: {other: {algorithm: {algorithm: grpo}, name: named}}\n"
    let other = try read(text, arm: "other")
    #expect(other.name == "named")
    #expect(other.resolved["algorithm"]?["clip-high"] != (try read(text)).resolved["algorithm"]?["clip-high"])
  }

  @Test func overridesAreOfTheArmThatIsNamed() throws {
    let text = Self.base + "\narms: {control: {stage: questions, training.learning-rate.peak: 0.001}}\n"
    let control = try read(text, arm: "control", ["training.learning-rate.peak=0.005", "seed=3"])
    #expect(control.resolved["training"]?["learning-rate"]?["peak"]?.plainText == "0.005" && control.seed == 3)
    #expect(try read(text, arm: "main", ["seed=4"]).seed == 4)
    let idle = message { _ = try read(text, arm: "control", ["rewardz=3"]) }
    #expect(idle.contains("--set rewardz: has no effect in the arm control"))
  }

  @Test func aGridChoosesAnArm() throws {
    let text = Self.base + "\narms: {control: {stage: questions}}\n"
    #expect(try read(text, ["arm=control"]).stageName == "questions")
    #expect(try read(text, ["arm=main"]).stageName == "reinforcement")
  }

  @Test(arguments: [
    ("arms: 3", "arms: must be a map from the names of arms to what they change"),
    ("arms: {}", "arms: must be a map"),
    ("arms: {control: 3}", "arms.control: must be a map from key paths to values, not 3"),
    ("arms: {main: {stage: questions}}", "is the name of the experiment itself"),
    ("arms: {up/er: {stage: questions}}", "must hold no '/'"),
    ("arms: {control: {stage: questionz}}", "arms.control: stage: no stage is named 'questionz'; did you mean 'questions'?"),
    ("arms: {control: {training.stepz: 3}}", "arms.control.training.stepz: has no effect in the arm control"),
    ("arms: {control: {stage: questions, arms: {x: {}}}}", "arms.control.arms.x: is no option of an arm"),
  ])
  func whatIsWrongIsNamed(_ arms: String, _ expected: String) {
    let said = message { _ = try read(Self.base + "\n" + arms + "\n") }
    #expect(said.contains(expected), "\(said)")
    #expect(said.contains("line 11") || said.contains("try.yaml"))
  }

  @Test func anUnknownArmIsNamedWithThoseThatThereAre() {
    let said = message { _ = try read(Self.base + "\narms: {control: {stage: questions}}\n", arm: "contrl") }
    #expect(said.contains("holds no arm 'contrl'; it has main, control; did you mean 'control'?"), "\(said)")
    #expect(message { _ = try read(Self.base, arm: "control") }.contains("it has none: write them under `arms:`"))
  }

  @Test func aFileExtendsAnother() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("extends-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func write(_ name: String, _ text: String) throws -> String {
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
      return "\(folder)/\(name)"
    }
    let base = try write("base.yaml", Self.base + "\narms: {control: {stage: questions}}\n")
    let own = try write(
      "own.yaml",
      "extends: \(base)\nname: own\ntraining: {steps: 9}\nrewards: [{reward: onset-error, scale: 9}, {reward: unreadable, weight: -1}]\n"
    )
    let experiment = try ExperimentFile(path: own)
    #expect(experiment.name == "own" && experiment.training.steps == 9 && experiment.reinforcement?.sampling.completions == 4)
    #expect(experiment.resolved.yaml().contains("scale: 9"))
    #expect(try ExperimentFile(path: own, arm: "control").name == "own-control")

    let nameless = try write("nameless.yaml", "extends: \(base)\n")
    #expect(message { _ = try ExperimentFile(path: nameless) }.contains("takes over everything but the name"))
    let missing = try write("missing.yaml", "extends: \(folder)/none.yaml\nname: m\n")
    #expect(message { _ = try ExperimentFile(path: missing) }.contains("there is no such file"))
    let circle = try write("circle.yaml", "extends: \(folder)/circle.yaml\nname: c\n")
    #expect(message { _ = try ExperimentFile(path: circle) }.contains("which extends this file"))
  }
}
