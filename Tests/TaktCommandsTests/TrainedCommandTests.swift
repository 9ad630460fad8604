import Foundation
import Testing

/// Commands that need a run: the demo in small is trained once with its control, then looked at in every way.
@Suite("Commands on a trained run") struct TrainedCommandTests {
  /// A folder with the demo cut to two steps, and both of its arms trained.
  private struct Trained: Sendable {
    let folder: ScratchFolder
    let main: StartedTakt
    let control: StartedTakt

    init() throws {
      folder = try ScratchFolder()
      let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
      try FileManager.default.createSymbolicLink(
        at: folder.url.appending(path: "experiments"), withDestinationURL: root.appending(path: "experiments"))
      try folder.write(
        """
        extends: experiments/demo.yaml
        name: tiny
        tracks: {skip: 1400, train: 6, validation: 2, test: 4}
        training: {steps: 2, tracks: 2, completions: 2, checkpoint-every: 1}
        evaluation: {every: 1, samples: 1, bootstrap: 100, training-tracks: 2}
        log: [jsonl]

        """, to: "tiny.yaml")
      main = try StartedTakt(["train", "tiny.yaml"], in: folder)
      control = try StartedTakt(["train", "tiny.yaml", "--arm", "control"], in: folder)
    }
  }

  private static let trained = Result { try Trained() }
  private let trained: Trained

  init() throws { trained = try Self.trained.get() }

  private func takt(_ words: String...) throws -> StartedTakt { try StartedTakt(words, in: trained.folder) }

  private func lines(_ file: String) throws -> [Substring] { try trained.folder.text(file).split(separator: "\n") }

  private func isThere(_ file: String) -> Bool {
    FileManager.default.fileExists(atPath: trained.folder.url.appending(path: file).path)
  }

  @Test func trainLeavesARun() throws {
    #expect(trained.main.code == 0 && trained.control.code == 0, "\(trained.main.said) \(trained.control.said)")
    #expect(trained.main.said.contains("finished: runs/tiny"))
    for file in ["policy.safetensors", "resolved.yaml", "manifest.json", "rollouts.bin", "summary.html"] {
      #expect(isThere("runs/tiny/\(file)"), "\(file)")
    }
    #expect(!isThere("runs/tiny-control/rollouts.bin"))
    // 4 held-out tracks: their questions greedily and once sampled, at the start and at the end.
    let answers = try lines("runs/tiny/evaluation.jsonl")
    #expect(answers.count % 4 == 0 && answers.count { $0.contains("\"phase\":\"start\"") } == answers.count / 2)
    #expect(try lines("runs/tiny/log.jsonl").count { $0.contains("\"kind\":\"step\"") } == 2)
  }

  @Test func trainAgainChangesNothing() throws {
    let before = try trained.folder.text("runs/tiny/log.jsonl")
    let again = try takt("train", "tiny.yaml")
    #expect(again.code == 0, "\(again.said)")
    #expect(try trained.folder.text("runs/tiny/log.jsonl") == before)
    let other = try takt("train", "tiny.yaml", "--set", "training.steps=3")
    #expect(other.code == 1 && other.said.contains("training.steps"), "a run of other options is not gone on with")
  }

  @Test func dryRunsTouchNothing() throws {
    let dry = try takt("train", "tiny.yaml", "--dry-run", "--output", "runs/dry")
    #expect(dry.code == 0 && !isThere("runs/dry"), "\(dry.said)")
  }

  @Test func demoComparesBothArms() throws {
    let demo = try takt("demo", "tiny.yaml")
    // Two steps may or may not lift the sampled scores, which is what its exit code says.
    #expect(demo.code == 0 || demo.code == 1, "\(demo.said)")
    let table = demo.output.split(separator: "\n")
    #expect(table.contains { $0.hasPrefix("metric      answers  before") && $0.contains("gain over control") })
    #expect(table.count { $0.hasPrefix("TSG Hit@3s") } == 2)
    #expect(demo.output.contains("4 held-out tracks"))
  }

  @Test func scoresAreThoseOfTheRun() throws {
    let scores = try takt("runs", "scores", "runs/tiny", "--control", "runs/tiny-control")
    #expect(scores.code == 0 && scores.output.contains("TSG Hit@3s  greedy"), "\(scores.said)")
    // An evaluation of the policy that the run left gives the numbers of its end.
    let evaluated = try takt("answers", "evaluate", "tiny.yaml", "--policy", "runs/tiny/policy.safetensors", "--json")
    #expect(evaluated.code == 0, "\(evaluated.said)")
    let compared = try takt("runs", "compare", "runs/tiny", "runs/tiny-control", "--json")
    #expect(compared.code == 0 && compared.output.contains("end/tsg/hit@3s/greedy"), "\(compared.said)")
  }

  @Test func reportsNameBothArms() throws {
    let markdown = try takt("report", "runs/tiny", "runs/tiny-control", "--format", "markdown")
    #expect(markdown.code == 0 && markdown.output.hasPrefix("# tiny, tiny-control\n"), "\(markdown.said)")
    #expect(markdown.output.contains("How the arms differ") && markdown.output.contains("reinforcement"))
    let page = try takt("report", "runs/tiny", "runs/tiny-control", "--output", "page.html", "--sound", "none")
    #expect(page.code == 0, "\(page.said)")
    let html = try trained.folder.text("page.html")
    #expect(html.hasPrefix("<!DOCTYPE html>") && html.contains("How the arms differ") && html.contains("<svg"))
  }

  @Test func rolloutsAndOtherRewards() throws {
    let rollouts = try takt("runs", "rollouts", "runs/tiny", "--step", "0")
    #expect(rollouts.code == 0 && rollouts.output.hasPrefix("step 0, 8 completions"), "\(rollouts.said)")
    try trained.folder.write(
      "rewards:\n  - {reward: onset-error, scale: 15}\n  - {reward: unreadable, weight: -1}\n", to: "r.yaml")
    let again = try takt("rewards", "rescore", "runs/tiny", "--rewards", "r.yaml")
    #expect(again.code == 0 && again.output.hasPrefix("runs/tiny: 16 completions in 8 groups, steps 0–1\n"), "\(again.said)")
  }

  @Test func policiesAreShownConvertedAndAsked() throws {
    let shown = try takt("policy", "show", "runs/tiny/policy.safetensors")
    #expect(shown.code == 0 && shown.output.contains("maximum-seconds      64"), "\(shown.said)")
    let converted = try takt("policy", "convert", "runs/tiny/policy.safetensors", "--output", "same.safetensors")
    #expect(converted.code == 0 && isThere("same.safetensors"), "\(converted.said)")
    #expect(converted.output.contains("of 746625 numbers"))
    let asked = try takt(
      "policy", "ask", "composed-7-0", "When does the bass first start to play?", "--policy", "runs/tiny/policy.safetensors")
    #expect(asked.code == 0 && asked.output.contains("\nanswer: 0:"), "\(asked.said)")
    let unknown = try takt("policy", "ask", "composed-7-0", "Why?", "--policy", "runs/tiny/policy.safetensors")
    #expect(unknown.code == 1 && unknown.said.hasPrefix("Error: 'Why' in 'Why?' is not in the policy's vocabulary"))
  }

  @Test func aTrackHasAPage() throws {
    let page = try takt("tracks", "page", "composed-7-0", "--output", "track.html")
    #expect(page.code == 0 && page.output.contains("When does the bass first start to play?"), "\(page.said)")
    #expect(try trained.folder.text("track.html").contains("<svg"))
  }

  @Test func aGridHasItsTables() throws {
    try trained.folder.write(
      """
      name: grid
      experiment: tiny.yaml
      grid:
        rewards:
          - name: narrow
            rewards: [{reward: onset-error, scale: 3}, {reward: soft-f1, sigma: 2}, {reward: unreadable, weight: -1}]
          - name: wide
            rewards: [{reward: onset-error, scale: 15}, {reward: soft-f1, sigma: 15}, {reward: unreadable, weight: -1}]
      seeds: 2
      metrics: [tsg/hit@3s/greedy]
      baseline: narrow

      """, to: "grid.yaml")
    let planned = try takt("ablate", "grid.yaml", "--dry-run")
    #expect(planned.code == 0 && !isThere("runs/grid"), "\(planned.said)")
    let grid = try takt("ablate", "grid.yaml", "--quiet")
    #expect(grid.code == 0 && grid.output.contains("narrow") && grid.output.contains("baseline"), "\(grid.said)")
    let arms = try lines("runs/grid/arms.csv")
    #expect(
      arms.count == 3 && arms[1].hasPrefix("narrow,tsg/hit@3s/greedy,2,") && arms[2].hasPrefix("wide,tsg/hit@3s/greedy,2,"))
    #expect(try lines("runs/grid/runs.csv").count == 5)
    let report = try takt("report", "runs/grid", "--format", "csv")
    #expect(report.code == 0 && report.output.contains("narrow") && report.output.contains("wide"), "\(report.said)")
  }
}
