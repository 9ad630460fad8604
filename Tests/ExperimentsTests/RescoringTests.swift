import Experiments
import Foundation
import Options
import Policies
import Questions
import Rewards
import Rollouts
import TemporalRewards
import Testing

@testable import ExperimentFiles
@testable import ExperimentPrograms
@testable import Judging
@testable import Rescoring
@testable import RunFolders
@testable import Runs

/// A run's folder without training: the demo's configuration and a rollout store of known answers.
private struct StoredRun {
  let folder: URL
  var path: String { folder.appendingPathComponent("run").path }

  /// Step → the seconds answered to one question whose reference is 30 s of 60.
  init(
    _ steps: [[String]], reward: (Int, String) -> Double?, storesQuestions: Bool = true,
    isLearnt: (Int) -> Bool? = { _ in true }
  ) async throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("run"), withIntermediateDirectories: true)
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let demo = try ExperimentFile(
      path: root.appendingPathComponent("experiments/demo.yaml").path, overrides: ["training.steps=4", "tracks.train=6"])
    try Data(demo.resolved.yaml().utf8).write(to: URL(fileURLWithPath: path + "/resolved.yaml"))
    let question =
      #"{"answers":["0:30"],"category":"onset","duration":60,"id":"t/tsg/onset/piano","kind":"instant","#
      + #""question":"When?","task":"tsg","track_id":"t"}"#
    let store = try RolloutStore(path: path + "/rollouts.bin")
    for (step, answers) in steps.enumerated() {
      try await store.append(
        answers.enumerated().map { index, text in
          RolloutRecord(
            step: step, questionID: "t/tsg/onset/piano", prompt: "When?", sampleIndex: index,
            completion: Completion(tokens: [1], logProbabilities: [-1], text: text, isTruncated: false),
            reward: reward(step, text),
            components: [.init(label: "stored", score: reward(step, text))], outcome: "answered",
            question: index == 0 && storesQuestions ? question : "", isLearnt: isLearnt(step))
        })
    }
    try Data((question + "\n").utf8).write(to: URL(fileURLWithPath: questions))
  }

  var questions: String { folder.appendingPathComponent("questions.jsonl").path }

  /// The path of a file of rewards.
  func rewards(_ name: String, _ text: String) throws -> String {
    let path = folder.appendingPathComponent("\(name).yaml").path
    try Data("rewards:\n\(text)\nallow-unsafe: true\n".utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }
}

struct RescoringTests {
  private static let answers = [["0:30", "0:31", "0:36", "0:50"], ["0:29", "0:29", "0:29", "0:29"]]

  @Test(arguments: [nil, 0...2, 0...1] as [ClosedRange<Int>?]) func aStoreThatEndsEarlyIsTold(steps: ClosedRange<Int>?)
    async throws
  {
    let run = try await StoredRun(Self.answers) { _, _ in 0.5 }
    defer { run.remove() }
    let rewards = try run.rewards("same", "  - {reward: onset-error, scale: 10}")
    let report = try Rescoring(run: run.path, rewards: [rewards], steps: steps).report()
    #expect(report.caution?.hasPrefix("rollouts.bin holds 2 of the run's 4 steps") == (steps == 0...1 ? nil : true))
    #expect(report.text.contains("holds 2 of") == (steps != 0...1))
  }

  @Test func theSameRewardsAgreeInEverything() async throws {
    let run = try await StoredRun(Self.answers) { _, text in
      text == "0:30" ? 1 : exp(-abs(Double(text.suffix(2)) ?? 0) / 3)
    }
    defer { run.remove() }
    let first = try run.rewards("first", "  - {reward: onset-error, scale: 5}")
    let second = try run.rewards("second", "  - {reward: onset-error, scale: 5, weight: 3}")
    let report = try Rescoring(run: run.path, rewards: [first, second]).report()
    #expect(report.completions == 8 && report.groups == 2)
    #expect(report.specs.map(\.name) == [Rescoring.trained, "first", "second"])
    #expect(report.specs[1].tiedGroups == 0.5 && report.specs[1].effectiveGroups == 1 && report.specs[1].unscored == 0)
    let pair = try #require(report.pairs.last)
    #expect(pair.first == "first" && pair.second == "second")
    #expect(pair.rankCorrelation == 1 && pair.rankCorrelationInGroups == 1 && pair.groupsCompared == 1)
    // Advantages divide by the group's deviation + 0.0001, so a factor of 3 changes them in the fifth digit.
    #expect(abs(try #require(pair.advantageCosine) - 1) < 1e-9)
    #expect(pair.signFlips == 0)
    let mean = try #require(report.specs[1].meanReward)
    #expect(abs(try #require(report.specs[2].meanReward) - 3 * mean) < 1e-12)
  }

  @Test func oppositeRewardsFlipEverySign() async throws {
    // What the run was paid falls with closeness: the reverse order of onset-error's.
    let run = try await StoredRun([["0:30", "0:33", "0:36", "0:39"]]) { _, text in Double(text.suffix(2)) }
    defer { run.remove() }
    let close = try run.rewards("close", "  - {reward: onset-error, scale: 20}")
    let report = try Rescoring(run: run.path, rewards: [close]).report()
    let pair = try #require(report.pairs.first)
    #expect(pair.rankCorrelation == -1 && pair.rankCorrelationInGroups == -1)
    #expect(try #require(pair.advantageCosine) < -0.99)
    #expect(try #require(pair.signFlips) >= 0.75)
    let disputed = try #require(pair.disputed.first)
    #expect(disputed.text == "0:30" || disputed.text == "0:39")
    #expect(disputed.reference == "0:30" && disputed.components[0].map(\.label) == ["stored"])
    #expect(try report.json.contains("\"advantageCosine\""))
    #expect(report.text.contains("most disputed by as trained | close"))
  }

  @Test func adaptiveRewardsFollowTheRunFromItsFirstStep() async throws {
    let run = try await StoredRun(
      [["0:31", "0:32", "0:40", "0:50"], ["0:33", "0:35", "0:45", "0:55"], ["0:30", "0:31", "0:32", "0:38"]]
    ) { _, _ in 0 }
    defer { run.remove() }
    let file = try run.rewards("adaptive", "  - {reward: adaptive-onset-error, rate: 0.5, widest: 20}")
    let late = try Rescoring(run: run.path, rewards: [file], steps: 2...2).report()
    #expect(late.completions == 4 && late.firstStep == 2)
    var spec = try RewardFile(path: file).spec
    let question = try JSONDecoder().decode(Question.self, from: Data(contentsOf: URL(fileURLWithPath: run.questions)))
    let reader = AnswerReader(AnswerForm(question))
    for (step, texts) in [["0:31", "0:32", "0:40", "0:50"], ["0:33", "0:35", "0:45", "0:55"]].enumerated() {
      spec.begin(step: step, of: 4)
      for text in texts { spec.observe(reader.read(text), to: question) }
    }
    let rewards = ["0:30", "0:31", "0:32", "0:38"].compactMap { text in
      spec.judge(reader.read(text), in: Response(text: text, tokenCount: 1, isTruncated: false), to: question).total
    }
    let mean = rewards.reduce(0, +) / 4
    #expect(rewards.count == 4 && mean > 0 && mean < 1)
    #expect(abs(try #require(late.specs[1].meanReward) - mean) < 1e-12)
  }

  @Test func baselinesAreFittedToTheRunsOwnQuestions() async throws {
    let run = try await StoredRun(Self.answers) { _, _ in 0 }
    defer { run.remove() }
    let file = try run.rewards("beyond", "  - {reward: onset-error, scale: 5, baseline: {}}")
    let report = try Rescoring(run: run.path, rewards: [file]).report()
    // The middle of the track, 0:30, is a blind answer: nothing much is left of what it earns.
    #expect(try #require(report.specs[1].meanReward) < 0.1)
  }

  @Test func missingQuestionsAreNamedAndCanBeGiven() async throws {
    let run = try await StoredRun(Self.answers, reward: { _, _ in 0 }, storesQuestions: false)
    defer { run.remove() }
    let file = try run.rewards("close", "  - {reward: onset-error, scale: 5}")
    #expect {
      try Rescoring(run: run.path, rewards: [file]).report()
    } throws: { "\($0)".contains("--questions FILE") && "\($0)".contains("t/tsg/onset/piano") }
    let report = try Rescoring(run: run.path, rewards: [file], questions: run.questions).report()
    #expect(report.completions == 8)
  }

  @Test func whatIsNoRunOrHasNoSuchStepIsSaid() async throws {
    let run = try await StoredRun(Self.answers) { _, _ in 0 }
    defer { run.remove() }
    let file = try run.rewards("close", "  - {reward: onset-error, scale: 5}")
    #expect { try Rescoring(run: run.folder.path, rewards: [file]) } throws: { "\($0)".contains("is not a run's folder") }
    #expect { try Rescoring(run: run.path, rewards: []) } throws: { "\($0)".contains("--rewards") }
    #expect {
      try Rescoring(run: run.path, rewards: [file], steps: 7...9).report()
    } throws: { "\($0)".contains("holds no completion of steps 7–9") }
  }

  /// Agreement is judged on what both score.
  @Test func whatOneLeavesUnscoredIsSaidAndNotCounted() async throws {
    let run = try await StoredRun([["0:30", "0:33", "0:36", "0:39"], ["0:29", "0:28", "0:27", "0:20"]]) { step, text in
      // Half of the groups have no reward.
      step == 0 ? exp(-abs(Double(text.suffix(2)) ?? 0) / 10) : nil
    }
    defer { run.remove() }
    let close = try run.rewards("close", "  - {reward: onset-error, scale: 20}")
    let pair = try #require(try Rescoring(run: run.path, rewards: [close]).report().pairs.first)
    #expect(pair.compared == 4 && pair.unscored == [0.5, 0] && pair.signFlips == 0)
    #expect(try #require(pair.advantageCosine) > 0.99 && pair.rankCorrelation == 1)
    #expect(!pair.words.contains("different directions") && pair.words.contains("as trained leaves 50.0 % unscored"))
    #expect(pair.disputed.allSatisfy { $0.step == 0 })
  }

  @Test func groupsThatWereNotLearntFromAreCounted() async throws {
    let run = try await StoredRun(Self.answers, reward: { _, _ in 0.5 }, isLearnt: { $0 == 0 })
    defer { run.remove() }
    let file = try run.rewards("close", "  - {reward: onset-error, scale: 5}")
    let report = try Rescoring(run: run.path, rewards: [file]).report()
    #expect(report.groups == 2 && report.learntGroups == 1)
    #expect(report.text.contains("all sampled groups are compared; the update learnt from 1 of them"))
    let old = try await StoredRun(Self.answers, reward: { _, _ in 0.5 }, isLearnt: { _ in nil })
    defer { old.remove() }
    #expect(try Rescoring(run: old.path, rewards: [file]).report().learntGroups == nil)
  }

  @Test func theRunsOwnBaselinesAreTaken() async throws {
    let run = try await StoredRun(Self.answers) { _, _ in 0 }
    defer { run.remove() }
    let file = try run.rewards("beyond", "  - {reward: onset-error, scale: 5, baseline: {}}")
    let question = try JSONDecoder().decode(Question.self, from: Data(contentsOf: URL(fileURLWithPath: run.questions)))
    try BaselinesFile.write(BlindPriors(fittedTo: [question], named: "a run"), to: RunDirectory(path: run.path).baselinesFile)
    let rescoring = try Rescoring(run: run.path, rewards: [file])
    #expect(rescoring.warnings.contains { $0.contains("beyond: baseline of onset-error: fitted to 1 question of a run") })
    #expect(try rescoring.report().json.contains("fitted to 1 question of a run"))
  }
}
