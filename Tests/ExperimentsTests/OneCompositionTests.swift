import Experiments
import Foundation
import MusTBench
import Options
import Policies
import Questions
import Randomness
import RewardAudit
import Rewards
import TaktTesting
import Testing
import Training

@testable import ExperimentFiles
@testable import ExperimentPrograms
@testable import Judging
@testable import Rescoring
@testable import RunFolders
@testable import Runs

/// The loop, `takt answers score`, `serve`, `rescore`, `audit` and the Python reward pay a completion the same for the same file.
struct OneCompositionTests {
  private static let rewards = """
    rewards:
      - {reward: onset-error, scale: 7, baseline: {below: 0.3}}
      - {reward: scheduled-onset-error, first: 31, last: 3, weight: 0.3, label: schedule}
      - {reward: interval-f1, baseline: {}, label: overlap}
      - {reward: ordering, baseline: {}, label: order}
      - {reward: choice, baseline: {}, label: choice}
      - {reward: completion-length, free: 40, limit: 90, weight: -0.7, label: length}
      - {reward: out-of-track, weight: -0.5}
      - {reward: unreadable, weight: -1}

    """

  /// Questions whose usual answers no short decimal holds; those from `first` on.
  private static func questions(_ first: Int, count: Int) -> String {
    (first..<first + count).map { index in
      let (start, end) = (7 + index * 5 % 61, 9 + index * 5 % 61 + index % 13)
      let duration = "\(80 + index * 11 % 37).\(1 + index % 9)"
      let common = #""id":"q\#(index)","track_id":"t\#(index)","question":"?","duration":\#(duration)"#
      func clock(_ seconds: Int) -> String { "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)" }
      return switch index % 4 {
      case 0: "{\(common),\"task\":\"tsg\",\"category\":\"onset\",\"answers\":[\"\(clock(start))\"]}\n"
      case 1: "{\(common),\"task\":\"mtr\",\"answers\":[\"\(clock(start))-\(clock(end))\"]}\n"
      case 2:
        "{\(common),\"task\":\"gto\",\"kind\":\"order\",\"items\":[\"X\",\"Y\",\"Z\"],"
          + "\"answers\":[\"\(["X,Y,Z", "Z,X,Y", "Y,Z,X"][index % 3])\"]}\n"
      default:
        "{\(common),\"task\":\"ltr\",\"choices\":[\"up\",\"down\",\"same\"],\"answers\":[\"\(["A", "B", "C"][index % 3])\"]}\n"
      }
    }.joined()
  }

  private static let texts = [
    "0:13", "0:10-0:21", "X,Z,Y", "B", "at 0:31", "0:05-0:09, 0:20-0:44", "Z,X,Y", "A", "no idea", "none", "Y,Z,X", "C",
    "1:59", "0:01-1:30", "X,Y,Z", "A or B",
    // Long, and cut off by the limit on tokens.
    "I listened to all of it, twice, and the piano comes in at 0:33", String(repeating: "0:10-0:20, ", count: 30) + "1:00-1:05",
  ]
  private static let demo = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../experiments/demo.yaml").path
  private static let (step, steps) = (3, 10)
  private static let mostTokens = 120

  private struct Paid {
    var totals: [UInt64?]

    init(_ totals: [Double?]) { self.totals = totals.map { $0?.bitPattern } }
  }

  private struct ServedAnswer: Decodable {
    var rewards: [Double?]
  }

  private struct ScoredLine: Decodable {
    var reward: Double?
  }

  @Test func everyCommandPaysTheSame() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)")
    let run = RunDirectory(path: folder.appendingPathComponent("run").path)
    try FileManager.default.createDirectory(atPath: run.path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func file(_ name: String, _ text: String) throws -> String {
      let path = folder.appendingPathComponent(name).path
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      return path
    }
    let rewards = try file("r.yaml", Self.rewards)
    let training = try KeyedQuestions(
      path: try file("train.jsonl", Self.questions(100, count: 60)), tasks: .builtIn
    ).all
    let asked = try file("q.jsonl", Self.questions(0, count: Self.texts.count))
    let questions = try KeyedQuestions(path: asked, tasks: .builtIn).all

    // The loop, in a run that keeps its baselines.
    let demo = try ExperimentFile(
      path: Self.demo, overrides: ["training.steps=\(Self.steps)"])
    try Data(demo.resolved.yaml().utf8).write(to: URL(fileURLWithPath: run.resolvedFile))
    var spec = try ExperimentRun(file: demo, directory: run).fitted(try RewardFile(path: rewards).spec, to: training)
    spec.begin(step: Self.step, of: Self.steps)
    let texts = Self.texts
    let (groups, _, _) = try await RolloutCollector(
      parameters: SamplingParameters(maximumTokens: Self.mostTokens), groupSize: 1, rewards: spec
    ).collect(
      questions.indices.map { Exercise(question: questions[$0], prompt: $0) },
      from: ScriptedPolicy<Int> { prompt, _ in texts[prompt] }, stream: RandomStream(seed: 1))
    let members = groups.map { $0.members[0] }
    let trained = Paid(members.map(\.judgement.total))
    #expect(Set(trained.totals).count > 12, "the completions differ")
    #expect(members.last?.completion.isTruncated == true)

    // takt answers score
    let lines = members.enumerated().map { index, member in
      #"{"id":"q\#(index)","completion":"\#(member.completion.text)","token_count":\#(member.completion.tokens.count),"#
        + #""truncated":\#(member.completion.isTruncated),"step":\#(Self.step),"steps":\#(Self.steps)}"# + "\n"
    }
    let completions = try file("c.jsonl", lines.joined())
    let scores = folder.appendingPathComponent("s.jsonl").path
    let scoring = try Scoring(questions: asked, rewards: rewards, baselines: run.path)
    _ = try scoring.score(completions: completions, to: scores)
    #expect(scoring.warnings.contains { $0.contains("the training questions of demo") })
    let scored = try JSONLines.read(ScoredLine.self, from: URL(fileURLWithPath: scores)).map(\.reward)
    #expect(Paid(scored).totals == trained.totals)

    // takt rewards serve
    let request: [String: Any] = [
      "completions": members.map(\.completion.text), "ids": questions.map(\.id), "step": Self.step, "steps": Self.steps,
      "token_counts": members.map(\.completion.tokens.count), "truncated": members.map(\.completion.isTruncated),
    ]
    var service = try RewardService(rewards: rewards, questions: asked, baselines: run.baselinesFile)
    let served = try JSONDecoder().decode(
      ServedAnswer.self, from: service.answer(try JSONSerialization.data(withJSONObject: request)))
    #expect(Paid(served.rewards).totals == trained.totals)

    // takt rewards rescore
    let log = try RolloutLog(path: run.rolloutsFile, labels: spec.labels, resumingAt: 0)
    try await log.keep(groups, step: Self.step)
    let pair = try #require(try Rescoring(run: run.path, rewards: [rewards]).report().pairs.first)
    #expect(pair.compared == trained.totals.count { $0 != nil } && pair.differing == 0)
    #expect(pair.words.contains("pay the same"))

    // takt rewards audit, whose answers have no tokens: all but the two that length costs something.
    var audited = try Composition(rewards: rewards, baselines: run.path).spec
    audited.begin(step: Self.step, of: Self.steps)
    let pricing = AnswerPricing(audited, fittedTo: questions)
    let priced = Paid(zip(members, questions).map { pricing.price($0.completion.text, to: $1)?.total })
    #expect(priced.totals.dropLast(2) == trained.totals.dropLast(2))
    #expect(priced.totals.suffix(2) != trained.totals.suffix(2))

    // Another fit is another reward, and says so.
    let own = try Scoring(questions: asked, rewards: rewards)
    _ = try own.score(completions: completions, to: scores)
    #expect(own.warnings.contains { $0.contains("fitted to 18 questions of \(asked)") && $0.contains("--baselines") })
    #expect(
      Paid(try JSONLines.read(ScoredLine.self, from: URL(fileURLWithPath: scores)).map(\.reward)).totals != trained.totals)
    var without = try RewardService(rewards: rewards)
    #expect(without.newNotices().contains { $0.contains("fitted to no questions") })

    guard let python = PythonOfTests.executable else { return }
    let script = """
      import json, sys, types
      sys.path.insert(0, "\(PythonOfTests.rewardFolder)")
      from takt_reward import TaktReward
      lines = [json.loads(line) for line in open("\(completions)")]
      reward = TaktReward("\(rewards)", takt="\(try PythonOfTests.takt())", questions="\(asked)", baselines="\(run.path)")
      state = types.SimpleNamespace(global_step=\(Self.step), max_steps=\(Self.steps))
      print(json.dumps({"rewards": reward(
        [line["completion"] for line in lines], takt_id=[line["id"] for line in lines], trainer_state=state,
        completion_ids=[range(line["token_count"]) for line in lines], truncated=[line["truncated"] for line in lines])}))
      """
    let answer = try PythonOfTests.run(python, ["-c", script])
    #expect(Paid(try JSONDecoder().decode(ServedAnswer.self, from: Data(answer.utf8)).rewards).totals == trained.totals)
  }

  @Test func aRunThatGoesOnKeepsItsBaselines() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)")
    let run = RunDirectory(path: folder.path)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("q.jsonl").path
    try Data(Self.questions(0, count: 30).utf8).write(to: URL(fileURLWithPath: path))
    let questions = try KeyedQuestions(path: path, tasks: .builtIn).all
    let file = folder.appendingPathComponent("r.yaml").path
    try Data(Self.rewards.utf8).write(to: URL(fileURLWithPath: file))
    let spec = try RewardFile(path: file).spec
    let demo = try ExperimentFile(path: Self.demo)
    let fitted = try ExperimentRun(file: demo, directory: run).fitted(spec, to: questions)
    #expect(try BaselinesFile.read(run.path) == fitted.priors)
    let bytes = FileManager.default.contents(atPath: run.baselinesFile)
    _ = try ExperimentRun(file: demo, directory: run).fitted(spec, to: questions.reversed())
    #expect(FileManager.default.contents(atPath: run.baselinesFile) == bytes)
    // Steps were done: what the folder holds stays, whatever the questions are now.
    _ = try CheckpointFolder(path: run.checkpointsFolder).write(Checkpoint(stepsDone: 2, state: [:]))
    let resumed = try ExperimentRun(file: demo, directory: run).fitted(spec, to: Array(questions.prefix(8)))
    #expect(resumed.priors == fitted.priors)
    for (text, words) in [("{", "is no JSON object"), ("{\"version\":3}", "version 3")] {
      try Data(text.utf8).write(to: URL(fileURLWithPath: run.baselinesFile))
      #expect { try BaselinesFile.read(run.path) } throws: { "\($0)".contains(words) && "\($0)".contains("baselines.json") }
    }
    #expect { try BaselinesFile.read("/no/run") } throws: { "\($0)".contains("wants a run's folder") }
  }
}
