import Ablations
import Experiments
import Foundation
import RunReports
import SeedStatistics
import Testing

@testable import Comparisons

struct ComparisonTests {
  /// Seeds are matched by their numbers, whatever the order in which runs and controls are given, and the label says what is drawn.
  @Test func intervalsCoverSeedsWhereThereAreSeveral() throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let grpo = try (1...4).map { try runs.run("grpo", seed: $0, steps: 20, hits: 4 + $0) }
    let sft = try (1...4).map { try runs.run("sft", seed: $0, steps: 20, hits: 2 + $0, isSupervised: true) }
    let comparison = try Comparison(runs: grpo, control: sft.reversed())
    #expect(
      comparison.markdown.contains(
        "10 held-out tracks; 95 % bootstrap intervals over seeds and tracks, 4 seeds; differences paired"))
    #expect(comparison.markdown.contains("after: grpo, control: sft"))
    #expect(comparison.markdown.contains("not corrected for 4 rows"))
    let row = try #require(comparison.table.rows.first { $0.metric == "hit@3s" && $0.decoding == .greedy })
    let (mean, lead) = (try #require(row.means[1]), try #require(row.differences[1]))
    #expect(abs(mean.estimate - 0.65) < 1e-12 && abs(lead.estimate - 0.2) < 1e-12)
    // In each pair of seeds two more questions of ten are hit: between pairs nothing differs but which two, so tracks make the width.
    let one = try Comparison(runs: [grpo[0]], control: [sft[0]])
    #expect(one.markdown.contains("95 % bootstrap intervals over tracks, 1 seed; differences paired by track; after"))
    #expect(try one.json.contains("\"intervals\" : \"tracks\""))
    #expect(try comparison.json.contains("\"intervals\" : \"seeds and tracks\""))
    // Scores of the four seeds are 0.5 … 0.8: a deviation of 0.129, √4 of them and three degrees of freedom alone make ± 0.2.
    #expect(mean.upper - mean.lower > 0.38 && mean.lower >= 0 && mean.upper <= 1)
  }

  @Test func anIntervalWithoutWidthIsSaid() throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let path = try runs.run("all", seed: 1, steps: 20, hits: 10)
    #expect(try Comparison(runs: [path], control: []).markdown.contains("; an interval without width: every draw is alike"))
    let content = try Report([path], sound: .none, hasPictures: false).content
    #expect(content.forestNote.contains("An interval without width: whatever was drawn scores the same"))
    let other = try runs.run("some", seed: 1, steps: 20, hits: 6)
    #expect(try !Comparison(runs: [other], control: []).markdown.contains("without width"))
  }

  /// Runs of folds share a seed: each of them answers tracks of its own, and the label says runs.
  @Test func runsOfFoldsAreRunsAndNoSeeds() throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let folds = try (0..<3).map { try runs.run("real-fold-\($0)", seed: 1, steps: 20 + $0, hits: 4 + $0) }
    let text = try Comparison(runs: folds, control: []).markdown
    #expect(text.contains("intervals over runs and tracks, 3 runs; differences paired by track and run; ▲"))
    let control = try (0..<3).map { try runs.run("sft-\($0)", seed: 1, steps: 20 + $0, hits: 4, isSupervised: true) }
    #expect(try Comparison(runs: folds, control: control).markdown.contains("after: real-fold, control: sft;"))
  }

  /// A control that answered eight of the ten tracks, all of them as the run did: the difference is 0, and the means are not.
  @Test func differencesOverFewerTracksThanMeansSaySo() throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let (one, two) = (try runs.run("one", seed: 1, steps: 20, hits: 6), try runs.run("two", seed: 1, steps: 40, hits: 6))
    let alike = try Comparison(runs: [one], control: [two])
    #expect(alike.table.leastShared == nil && !alike.markdown.contains("answered alike"))
    try runs.leaveOut(["t8", "t9"], of: two)
    let fewer = try Comparison(runs: [one], control: [two])
    let row = try #require(fewer.table.rows.first { $0.metric == "hit@3s" && $0.decoding == .sampled })
    #expect(row.means[1]?.estimate == 0.6 && row.means[2]?.estimate == 0.75 && row.differences[1]?.estimate == 0)
    #expect(fewer.table.leastShared == 8)
    #expect(fewer.markdown.contains("paired by track, over the tracks that both answered alike (8 at least), means over all"))
    #expect(try fewer.json.contains("\"shared\" : 8"))
    #expect(try fewer.terminalText().contains("(difference 0.000 [0.000, 0.000], over the tracks that both answered)"))
  }

  @Test func runsWithAndWithoutRewardsAreNoSeedsOfOneArm() throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let grpo = try runs.run("grpo", seed: 1, steps: 20, hits: 6)
    let sft = try runs.run("sft", seed: 2, steps: 20, hits: 4, isSupervised: true)
    #expect {
      try Comparison(runs: [grpo, sft], control: [])
    } throws: { "\($0)".contains("grpo-seed-1 learnt from rewards and \(sft) without them: they are no seeds of one arm") }
  }

  @Test func aRunWithoutHeldOutTracksHasFinished() throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let path = try runs.run("none", seed: 1, steps: 20, hits: 6, isFinished: false, testTracks: 0)
    #expect {
      try Comparison(runs: [path], control: [])
    } throws: { "\($0)".contains("the run has no held-out tracks") && !"\($0)".contains("has the run finished") }
    let cautions = try Report([path], sound: .none, hasPictures: false).content.cautions
    #expect(cautions.contains { $0.hasPrefix("Without held-out tracks") && $0.contains("none-seed-1") })
    #expect(!cautions.contains { $0.contains("Not finished") })
  }

  /// Folders of two arms of a grid, given by themselves: each ends in the same name.
  @Test func armsOfAGridKeepTheirNames() throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    var paths: [String] = []
    for (arm, steps) in [("near", 20), ("far", 40)] {
      let folder = runs.folder.appendingPathComponent(arm).path
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for seed in 1...2 {
        let isFinished = arm == "near" || seed == 1
        let path = try runs.run(arm, seed: seed, steps: steps, hits: 4 + seed, isFinished: isFinished, warning: "odd")
        paths.append("\(folder)/seed-\(seed)")
        try FileManager.default.moveItem(atPath: path, toPath: paths[paths.count - 1])
      }
    }
    let content = try Report(paths, sound: .none, hasPictures: false).content
    #expect(content.title == "near, far")
    #expect(content.warnings.contains("near/seed-2, step 2: odd") && content.warnings.contains("far/seed-2, step 2: odd"))
    #expect(content.cautions.contains { $0.hasPrefix("Not finished, so in the curves only: far/seed-2.") })
    let text = try Comparison(runs: [paths[0]], control: [paths[2]]).markdown
    #expect(text.contains("after: near, baseline: far;"))
  }

  @Test func oneSeedBesideSeveralIsSaid() throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let grpo = try (1...3).map { try runs.run("grpo", seed: $0, steps: 20, hits: 4 + $0) }
    let sft = try runs.run("sft", seed: 1, steps: 20, hits: 4, isSupervised: true)
    let content = try Report(grpo + [sft], sound: .none, hasPictures: false).content
    #expect(content.cautions.contains { $0.hasPrefix("An arm has one seed and another 3") })
    #expect(content.forestNote.contains("interval over held-out tracks, of arms of several seeds over these too,"))
    #expect(!content.forestNote.contains("1 seed") && content.findings.isEmpty)
  }

  @Test func aControlThatLearntFromRewardsIsNotCalledOne() throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let (one, two) = (try runs.run("one", seed: 1, steps: 20, hits: 9), try runs.run("two", seed: 1, steps: 40, hits: 4))
    let text = try Comparison(runs: [one], control: [two]).terminalText()
    #expect(text.contains("gain over baseline") && text.contains("after: one, baseline: two"))
    #expect(!text.contains("control"))
    let comparison = try Comparison(runs: [one], control: [two])
    #expect(comparison.markdown.contains("| after | baseline | after − before | after − baseline |"))
    #expect(try !comparison.markdown.contains("control") && comparison.json.contains("\"role\" : \"baseline\""))
  }
}
