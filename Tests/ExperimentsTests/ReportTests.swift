import Experiments
import Foundation
import RunReports
import SeedStatistics
import Tensors
import Testing
import Training

/// Folders of finished runs of the demo without training: known scores of ten questions.
private struct FinishedRuns {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// A run whose sampled answers hit `hits` of ten questions after training and three before.
  func run(_ arm: String, seed: Int, steps: Int, hits: Int, isFinished: Bool = true, isCut: Bool = false, warning: String = "")
    throws -> String
  {
    let path = folder.appendingPathComponent("\(arm)-seed-\(seed)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let demo = try Self.demo(["seed=\(seed)", "training.steps=\(steps)", "tracks.test=3"])
    try write(demo.resolved.yaml(), to: path + "/resolved.yaml")
    var log = #"{"kind":"started","step":0,"total_steps":2,"text":"demo"}"# + "\n"
    for step in 0..<2 {
      log +=
        #"{"kind":"step","reward/mean":\#(0.1 * Double(step + seed)),"reward/fit/variance_share":0.75,"step":\#(step),"#
        + #""total_steps":2}"# + "\n"
    }
    if isFinished && !isCut { log += #"{"kind":"finished","step":2,"total_steps":2}"# + "\n" }
    if !warning.isEmpty { log += #"{"kind":"warning","step":2,"text":"\#(warning)","total_steps":2}"# + "\n" }
    try write(log, to: path + "/log.jsonl")
    guard isFinished else { return path }
    var lines = ""
    for (phase, count) in [("start", 3), ("end", hits)] {
      for decoding in ["greedy", "sampled"] {
        for index in 0..<10 {
          let isHit = index < count
          lines +=
            #"{"decoding":"\#(decoding)","phase":"\#(phase)","question":{"answers":["0:30"],"category":"onset","duration":60,"#
            + #""id":"t\#(index)/tsg/onset/piano","kind":"instant","question":"When?","task":"tsg","track_id":"t\#(index)"},"#
            + #""scores":{"hit@1s":\#(isHit ? 1 : 0),"hit@3s":\#(isHit ? 1 : 0)},"text":"\#(isHit ? "0:30" : "0:50")"}"# + "\n"
        }
      }
    }
    try write(lines, to: path + "/evaluation.jsonl")
    return path
  }

  private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  /// Gives a run other greedy answers: pieces of 40, 42, …, 118 s; those shorter than 80 s are hit, of the others every second one.
  func answerPiecesOfManyLengths(_ path: String) throws {
    var lines = ""
    for index in 0..<40 {
      let isHit = index < 20 || index % 2 == 0
      lines +=
        #"{"decoding":"greedy","phase":"end","question":{"answers":["0:30"],"category":"onset","duration":\#(40 + 2 * index),"#
        + #""id":"t\#(index)/tsg","kind":"instant","question":"When?","task":"tsg","track_id":"t\#(index)"},"#
        + #""scores":{"hit@3s":\#(isHit ? 1 : 0)},"text":"0:30"}"# + "\n"
    }
    try write(lines, to: path + "/evaluation.jsonl")
  }

  /// Goes on with a run that has its scores, as `takt train` does.
  func goOn(_ path: String, steps: Int) async throws {
    let inputs = ["encoder", "policy"].map { "\(path)/\($0).in" }
    for file in inputs { try write("", to: file) }
    try Data(Safetensors([]).encoded()).write(to: URL(fileURLWithPath: "\(path)/policy.safetensors"))
    let demo = try Self.demo([
      "seed=1", "training.steps=\(steps)", "tracks.test=3", "start.encoder=\(inputs[0])", "start.policy=\(inputs[1])",
    ])
    try write(demo.resolved.yaml(), to: path + "/resolved.yaml")
    #expect(try await ExperimentRun(file: demo, directory: RunDirectory(path: path)).run() == .finished)
  }

  private static func demo(_ overrides: [String]) throws -> ExperimentFile {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try ExperimentFile(path: root.appendingPathComponent("experiments/demo.yaml").path, overrides: overrides)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }
}

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
    #expect(finding.contains("long is better than short in every one of the bootstrap draws"))
    #expect(finding.contains("short is better than before training"))
    let table = try #require(content.tables.first { $0.title == "TSG Hit@3s, sampled" })
    let long = try #require(table.rows.first { $0[0] == .text("long") })
    guard case .gain(let gain) = long[3] else {
      Issue.record("no difference")
      return
    }
    #expect(abs(gain.value - 0.1) < 1e-12 && abs(gain.low - 0.1) < 1e-12 && abs(gain.high - 0.1) < 1e-12)
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
    #expect(content.cautions.contains { $0.hasPrefix("One seed") })
    #expect(content.comparisons.contains { $0.metric == "TSG Hit@3s" && abs($0.gain.value - 0.5) < 1e-12 })
    #expect(content.headline.contains("30.0 % → 80.0 %"))
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
