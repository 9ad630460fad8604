import Ablations
import Experiments
import Foundation
import RunReports
import SeedStatistics
import Tensors
import Testing

@testable import Comparisons
@testable import RunFolders
@testable import Runs

struct ReportTests {
  @Test func aFinishedRunWhoseLogLacksItsEndIsTold() throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let paths = [
      try runs.run("arm", seed: 1, steps: 20, hits: 5, isCut: true), try runs.run("arm", seed: 2, steps: 20, hits: 5),
    ]
    let cautions = try Report(paths, sound: .none, hasPictures: false).content.cautions.filter { $0.contains("log of") }
    #expect(cautions.count == 1)
    #expect(cautions.first?.hasPrefix("The log of arm-seed-1 ends after step 2 of 2 and lacks its end") == true)
  }

  @Test func armsOfSeveralSeedsAreComparedSeedBySeed() throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let paths = try (1...3).flatMap { seed in
      [
        try runs.run("short", seed: seed, steps: 20, hits: 4 + seed),
        try runs.run("long", seed: seed, steps: 40, hits: 5 + seed, warning: seed == 2 ? "answers repeat" : ""),
      ]
    }
    let content = try Report(paths, baseline: "short", sound: .none, hasPictures: false).content
    #expect(content.title == "short, long")
    let forest = try #require(content.forests.first { $0.title == "TSG Hit@3s, sampled" })
    #expect(forest.rows.map(\.name) == ["before training", "short", "long"])
    #expect(forest.rows.map(\.isBaseline) == [false, true, false])
    #expect(forest.rows[2].seeds == [0.6, 0.7, 0.8])
    #expect(abs(forest.rows[2].estimate.value - 0.7) < 1e-12)
    let finding = content.headline + content.findings.joined()
    #expect(
      finding.contains("long is better than short in ") && finding.contains("; p 0.25, 0.5 after Holm's correction for 2)"))
    // The arms come before what they began with.
    #expect(content.headline.contains("long is better than short"))
    #expect(finding.contains("short is better than before training"))
    #expect(finding.contains("(short − before training: +0.3"))
    let table = try #require(content.tables.first { $0.title == "TSG Hit@3s, sampled" })
    let long = try #require(table.rows.first { $0[0] == .text("long") })
    guard case .gain(let gain) = long[3], case .estimate(let mean) = long[2] else {
      Issue.record("no difference")
      return
    }
    // The difference is that of the means which are shown; its interval covers tracks, of which one more in ten is hit.
    #expect(abs(gain.value - 0.1) < 1e-12 && gain.low > 0 && gain.low < 0.06 && gain.high > 0.15)
    #expect(abs(mean.value - 0.7) < 1e-12 && mean.high <= 1)
    #expect(table.note.contains("over seeds and tracks") && content.forestNote.contains("over seeds and tracks"))
    // Three pairs of one sign: 2 of 8 patterns, doubled by Holm for two comparisons.
    #expect(long[6] == .probability(0.25) && long[7] == .probability(0.5))
    #expect(content.cautions.contains { $0.contains("3 seeds") })
    #expect(content.cautions.contains { $0.contains("smallest p that can come out is 0.5") })
    #expect(content.warnings == ["long-seed-2, step 2: answers repeat"])
    #expect(content.attributions.map(\.title) == ["short", "long"])
    let behaviour = try #require(content.tables.first { $0.title.contains("Behaviour") })
    // A miss is 20 s late, and before training fewer than half are hit.
    #expect(behaviour.rows[1][6] == .number(20, places: 1) && behaviour.rows[3][6] == .number(0, places: 1))
    #expect(content.examples.map(\.reason) == ["best", "worst", "most disputed"])
    let differences = try #require(content.tables.first { $0.title == "How the arms differ" })
    #expect(differences.columns == ["option", "short", "long"])
    #expect(differences.rows == [[.text("training.steps"), .text("20"), .text("40")]] && differences.note.isEmpty)
    let html = SummaryPage(content).html
    #expect(html.contains("answers repeat") && html.contains("What this cannot show"))
  }

  /// `evaluation.bootstrap` is the resamples of a run's intervals.
  @Test func intervalsHaveTheResamplesThatTheRunAsksFor() throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let path = try runs.run("arm", seed: 1, steps: 20, hits: 7)
    try runs.answerPiecesOfManyLengths(path)
    func intervals(_ resamples: Int) throws -> [ConfidenceInterval?] {
      let resolved = URL(fileURLWithPath: path + "/resolved.yaml")
      let text = try String(contentsOf: resolved, encoding: .utf8).replacing(/bootstrap: \d+/, with: "bootstrap: \(resamples)")
      try Data(text.utf8).write(to: resolved)
      return try Comparison(runs: [path], control: []).table.rows.flatMap(\.means)
    }
    // Shares of 40 tracks are multiples of 1/40, so that two numbers of resamples may agree; several do not.
    let all = try [100, 110, 120, 150, 2000].map(intervals)
    #expect(Set(all).count > 1 && Set(all.map { $0.map(\.?.estimate) }).count == 1)
    #expect(try intervals(100) == all[0])
  }

  @Test func aRunKilledBeforeItsPageGetsItWhenItGoesOn() async throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let path = try runs.run("arm", seed: 1, steps: 20, hits: 7)
    let directory = RunDirectory(path: path)
    try await runs.goOn(path, steps: 20)
    let page = try String(contentsOfFile: directory.summaryFile, encoding: .utf8)
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("70.0 %"))
    // One that is there stays: it may hold a control.
    try Data("mine".utf8).write(to: URL(fileURLWithPath: directory.summaryFile))
    try await runs.goOn(path, steps: 20)
    #expect(try String(contentsOfFile: directory.summaryFile, encoding: .utf8) == "mine")
  }

  @Test func aRunThatAnotherVersionBeganDoesNotGoOn() async throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let path = try runs.run("arm", seed: 1, steps: 20, hits: 7, isFinished: false)
    var manifest = Manifest(seed: 1, blas: "", inputs: [])
    manifest.taktVersion = "9.0.0"
    try manifest.write(to: RunDirectory(path: path).manifestFile)
    await #expect {
      try await runs.goOn(path, steps: 20)
    } throws: { "\($0)".contains("was begun by Takt 9.0.0; this is \(Manifest.version)") }
  }

  @Test func theReportIsTheSameEachTime() throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let paths = try (1...2).map { try runs.run("arm", seed: $0, steps: 20, hits: 4 + $0) }
    for format in Report.Format.allCases {
      let (first, second) = (
        try Report(paths, sound: .none, hasPictures: false).text(format),
        try Report(paths.reversed(), sound: .none, hasPictures: false).text(format)
      )
      #expect(first == second && !first.isEmpty)
    }
  }

  @Test func oneSeedClaimsNothingOfOthers() throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let content = try Report([try runs.run("only", seed: 1, steps: 20, hits: 8)], sound: .none, hasPictures: false).content
    #expect(content.findings.isEmpty)
    #expect(content.cautions.contains { $0.hasPrefix("One seed") && $0.contains("no interval over seeds") })
    #expect(content.comparisonNote.contains("95 % bootstrap intervals over tracks, 1 seed"))
    #expect(content.forestNote.contains("over held-out tracks, 1 seed"))
    #expect(content.comparisons.contains { $0.metric == "TSG Hit@3s" && abs($0.gain.value - 0.5) < 1e-12 })
    #expect(
      content.headline.contains("In this run only-seed-1's TSG Hit@3s, sampled, rose: 30.0 % → 80.0 %.")
        || content.headline.contains("In this run only's TSG Hit@3s, sampled, rose: 30.0 % → 80.0 %."))
  }

  /// The supervised run is the control whatever its place, and both arms have their names in headline, columns and charts.
  @Test(arguments: [true, false]) func theSupervisedRunIsTheControl(isFirst: Bool) throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let (grpo, sft) = (
      try runs.run("grpo", seed: 1, steps: 20, hits: 9), try runs.run("sft", seed: 1, steps: 20, hits: 4, isSupervised: true)
    )
    let content = try Report(isFirst ? [sft, grpo] : [grpo, sft], sound: .none, hasPictures: false).content
    #expect(content.arms == SummaryArms(subject: "grpo", other: "sft", role: "control"))
    #expect(
      content.headline.hasPrefix(
        "In these runs grpo ends above sft in TSG Hit@3s, sampled: 30.0 % → 90.0 %, sft 40.0 % (difference +0.500 "))
    let row = try #require(content.comparisons.first { $0.metric == "TSG Hit@3s" && $0.decoding == "sampled" })
    #expect(row.after.value == 0.9 && row.control?.value == 0.4 && abs((row.gainOverControl?.value ?? 0) - 0.5) < 1e-12)
    let forest = try #require(content.forests.first { $0.title == "TSG Hit@3s, sampled" })
    #expect(forest.rows.first { $0.isBaseline }?.name == "sft")
    #expect(
      Dictionary(uniqueKeysWithValues: forest.rows.map { ($0.name, $0.style) })
        == ["before training": .before, "sft": .control, "grpo": .after])
    #expect(content.curves.flatMap(\.series).allSatisfy { $0.style == ($0.name == "sft" ? .control : .after) })
    #expect(!content.cautions.contains { $0.contains("none is known to be the control") })
    #expect(SummaryPage(content).html.contains("<th class=\"number control\">sft<small>control</small></th>"))
  }

  @Test func twoRunsOfOneKindHaveNoControlUntilOneIsNamed() throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let paths = [try runs.run("one", seed: 1, steps: 20, hits: 9), try runs.run("two", seed: 1, steps: 40, hits: 4)]
    let content = try Report(paths, sound: .none, hasPictures: false).content
    #expect(content.arms == SummaryArms(subject: "two", other: "one", role: "baseline"))
    #expect(content.cautions.contains { $0.contains("none is known to be the control") && $0.contains("--baseline NAME") })
    #expect(!SummaryPage(content).html.contains("<small>control</small>"))
    let named = try Report(paths, baseline: paths[1], sound: .none, hasPictures: false).content
    #expect(named.arms.other == "two" && !named.cautions.contains { $0.contains("--baseline") })
  }

  /// One arm, six seeds, two tasks: one table of six rows, so six p are corrected for, and the caution says so.
  @Test func theCautionCountsTheTableThatIsShown() throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let paths = try (1...6).map { try runs.run("arm", seed: $0, steps: 20, hits: 4 + $0 % 3, tasks: 2) }
    let content = try Report(paths, sound: .none, hasPictures: false).content
    let table = try #require(content.tables.first { $0.title == "arm against before training" })
    #expect(table.rows.count == 6 && table.note.contains("over the 6 p of this table"))
    #expect(table.rows.allSatisfy { $0[6] == .probability(2.0 / 64) && $0[7] == .probability(6 * 2.0 / 64) })
    let caution = try #require(content.cautions.first { $0.contains("paired seeds") })
    #expect(
      caution.contains(
        "With 6 paired seeds the smallest p that can come out is 0.1875 after Holm's correction for 6 comparisons"))
    #expect(caution.contains("8 seeds could show one"))
  }

  @Test func estimatesAndDifferencesAreOfOneStatistic() throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    // Interquartile means would be 0.5 and 0.6, means 0.58 and 0.56: a difference of the other sign.
    let hits = [[5, 5, 5, 5, 9], [6, 6, 6, 6, 4]]
    let paths = try (1...5).flatMap { seed in
      [
        try runs.run("one", seed: seed, steps: 20, hits: hits[0][seed - 1]),
        try runs.run("two", seed: seed, steps: 40, hits: hits[1][seed - 1]),
      ]
    }
    let content = try Report(paths, baseline: "one", sound: .none, hasPictures: false).content
    for forest in content.forests {
      let table = try #require(content.tables.first { $0.title == forest.title })
      let base = try #require(forest.rows.first { $0.isBaseline })
      for row in forest.rows where !row.isBaseline {
        guard case .gain(let gain)? = table.rows.first(where: { $0[0] == .text(row.name) })?[3] else {
          Issue.record("no difference")
          continue
        }
        #expect(abs(gain.value - (row.estimate.value - base.estimate.value)) < 1e-12)
      }
    }
    #expect(content.headline.contains("one and two are level") || content.headline.contains("two and one are level"))
  }

  @Test func wordsAreExplainedAsFarAsTheyAreUsed() throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let one = try Report([try runs.run("a", seed: 1, steps: 20, hits: 5)], hasPictures: false).content.terms.map(\.name)
    #expect(one == ["TSG", "Hit@3s", "Hit@1s", "greedy", "sampled", "▲ ▼"])
    let paths = try (1...2).map { try runs.run("b", seed: $0, steps: 20, hits: 5, tasks: 2) }
    let more = try Report(paths, hasPictures: false).content.terms.map(\.name)
    #expect(Set(more).isSuperset(of: ["TSG", "MTR", "IoU", "F1", "Holm", "P(improvement)"]))
  }

  @Test func unfinishedRunsAreInTheCurvesOnly() throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let paths = [
      try runs.run("arm", seed: 1, steps: 20, hits: 5), try runs.run("arm", seed: 2, steps: 20, hits: 5, isFinished: false),
    ]
    let content = try Report(paths, sound: .none, hasPictures: false).content
    #expect(content.cautions.contains { $0.contains("Not finished") && $0.contains("arm-seed-2") })
    #expect(try #require(content.curves.first).series[0].points.contains { $0.low != nil })
  }

  @Test func whatCannotBeReportedIsSaid() throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let path = try runs.run("arm", seed: 1, steps: 20, hits: 5)
    #expect { try Report([runs.folder.path]) } throws: { "\($0)".contains("is not a run's folder") }
    #expect { try Report([]) } throws: { "\($0)".contains("folder of a run") }
    #expect { try Report([path, path]) } throws: { "\($0)".contains("the same run counts once") }
    #expect { try Comparison(runs: [path, path], control: []) } throws: { "\($0)".contains("the same run counts once") }
    let resolved = URL(fileURLWithPath: path + "/resolved.yaml")
    let text = try String(contentsOf: resolved, encoding: .utf8)
    try Data(text.replacing("seed: 1\n", with: "seed: 1e300\n").utf8).write(to: resolved)
    #expect { try Report([path]) } throws: {
      "\($0)".contains("has the seed '") && "\($0)".contains("a seed is a whole number")
    }
    try Data(text.utf8).write(to: resolved)
    #expect {
      try Report([path], baseline: "nobody", hasPictures: false)
    } throws: { "\($0)".contains("no arm is named 'nobody'") && "\($0)".contains("before training") }
  }

  @Test func scoresAreDrawnAgainstTheLengthOfTheTrack() throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let path = try runs.run("arm", seed: 1, steps: 20, hits: 5)
    #expect(try Report([path], hasPictures: false).content.lengths.isEmpty)
    try runs.answerPiecesOfManyLengths(path)
    let lengths = try Report([path], hasPictures: false).content.lengths
    #expect(lengths.map(\.abscissa) == ["seconds of track"])
    let points = try #require(lengths.first?.series.first?.points)
    // Four bins of ten pieces: 40…58 s, 60…78 s, 80…98 s, 100…118 s.
    #expect(points.map(\.step) == [49, 69, 89, 109])
    #expect(points.map(\.value) == [1, 1, 0.5, 0.5])
    #expect(points[0].low == 1 && points[2].low.map { $0 < 0.5 } == true)
  }

  @Test func armsWithOtherQuestionsAreComparedWithACaution() throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let paths = [try runs.run("arm", seed: 1, steps: 20, hits: 5), try runs.run("other", seed: 1, steps: 40, hits: 6)]
    try runs.answerPiecesOfManyLengths(paths[1])
    let cautions = try Report(paths, hasPictures: false).content.cautions
    #expect(cautions.contains { $0.contains("different held-out questions (10, 40)") })
  }
}
