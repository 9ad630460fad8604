import Experiments
import Foundation
import Music
import Options
import Questions
import RunLogs
import Synchronization
import Testing
import Timelines
import Training

@testable import ExperimentFiles
@testable import ExperimentKinds
@testable import OptionFiles
@testable import PolicyStages
@testable import RunFolders
@testable import Runs

/// Runs on somebody's own recordings and questions, from the YAML to the scores.
@Suite struct OwnDataTests {
  private let folder: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-own-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var table = "track,start,end,label\n"
    var questions = ""
    for index in 0..<10 {
      let samples = (0..<Int(12 * AudioSignal.sampleRate)).map {
        Float(0.3 * sin(Double($0) * 0.02 * Double(index + 1)))
      }
      try AudioFile.write(AudioSignal(samples: samples), to: "\(folder)/song\(index).wav")
      table += "song\(index),0,12,bass\nsong\(index),\(3 + index % 4),9,piano\n"
      for (kind, time) in [("onset", 3 + index % 4), ("offset", 9)] {
        questions += #"{"id":"\#(index)/\#(kind)","track_id":"song\#(index)","task":"TSG","qa_type":"\#(kind)","#
        questions += #""question":"When?","answers":[\#(time)],"audio":{"path":"song\#(index).wav"}}"# + "\n"
      }
      questions += #"{"id":"\#(index)/beat","track_id":"song\#(index)","task":"beat","kind":"instant","category":"onset","#
      questions += #""question":"When?","answers":[2],"audio":{"path":"song\#(index).wav","start":0,"end":12}}"# + "\n"
    }
    try Data(table.utf8).write(to: URL(fileURLWithPath: "\(folder)/times.csv"))
    try Data(questions.utf8).write(to: URL(fileURLWithPath: "\(folder)/questions.jsonl"))
  }

  private func file(_ tracks: String, _ more: String, questions: String = "tasks: [tsg], per-track: [1]") throws
    -> ExperimentFile
  {
    let text = """
      name: own
      seed: 3
      policy: {kind: tabular, longest: 120}
      tracks: {\(tracks)}
      questions: {\(questions)}
      training: {steps: 2, tracks: 3, checkpoint-every: 1, maximum-tokens: 2, learning-rate: {peak: 0.5, warmup: 0}}
      evaluation: {every: 1, samples: 1, training-tracks: 2}
      \(more)
      """
    return try ExperimentFile(
      YAMLFile(text: text, path: "own.yaml"), plugins: try Plugins.builtIn.adding(policies: [TabularPolicyKind.self]))
  }

  private var sources: [String: String] {
    [
      "recordings": "source: recordings, all: [\(folder)/times.csv], shares: [0.6, 0.2, 0.2], excerpt: 10, hop: 5",
      "questions": "source: questions, all: [\(folder)/questions.jsonl], shares: [0.6, 0.2, 0.2]",
    ]
  }

  private static let stages = [
    "stage: questions",
    "rewards: [{reward: onset-error, scale: 10}, {reward: unreadable, weight: -1}]\nalgorithm: {algorithm: grpo}",
  ]

  private func run(
    _ file: ExperimentFile, _ name: String, remark: (@Sendable (String) -> Void)? = nil
  ) async throws -> [RunEvent] {
    let directory = RunDirectory(path: "\(folder)/\(name)")
    #expect(try await ExperimentRun(file: file, directory: directory, remark: remark).run() == .finished)
    return try JSONLinesSink.events(path: directory.logFile)
  }

  @Test(arguments: ["recordings", "questions"], stages) func aPolicyLearnsFromOwnDataAndIsScoredOnIt(
    source: String, stage: String
  ) async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = try file(sources[source] ?? "", stage)
    let events = try await run(file, "run")
    let metrics = Set(events.flatMap(\.scalars.keys))
    #expect(metrics.isSuperset(of: ["evaluation/tsg/hit@3s/greedy", "training/tsg/hit@3s/greedy"]))
    if file.reinforcement != nil {
      #expect(metrics.contains { $0 == "reward/task/tsg/onset/mean" || $0 == "reward/task/tsg/offset/mean" })
    }
    let answers = try EvaluationFile.read("\(folder)/run/evaluation.jsonl")
    #expect(!answers.isEmpty && answers.allSatisfy { $0.question.task == "tsg" })
    if source == "questions" { #expect(answers.allSatisfy { $0.question.audio?.end == 12 && $0.question.duration == 12 }) }
    // Nothing that is learnt from is held out.
    let splits = try file.tracks.splits()
    let pieces = try [splits.train, splits.test].map { source in
      Set(try (0..<source.count).map { try source.timeline($0).trackID.split(separator: "@")[0] })
    }
    #expect(pieces[0].isDisjoint(with: pieces[1]) && !pieces[1].isEmpty)
    if source == "recordings" { #expect(splits.train.count == 2 * pieces[0].count) }
  }

  @Test func kindsOfQuestionsAndBoundsOfAnswersAreChosen() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for source in ["questions", "recordings"] {
      let file = try file(
        sources[source] ?? "", Self.stages[0], questions: "tasks: [tsg], per-track: [4], categories: [onset], answers-to: 5")
      _ = try await run(file, source)
      let answers = try EvaluationFile.read("\(folder)/\(source)/evaluation.jsonl")
      let times = answers.map { if case .instant(let time)? = $0.question.references.first { time } else { 99.0 } }
      #expect(!times.isEmpty && times.allSatisfy { $0 <= 5 } && answers.allSatisfy { $0.question.category == "onset" })
    }
    let composed = try file(
      "train: 4, validation: 1, test: 3", Self.stages[0], questions: "tasks: [tsg], categories: [offset], answers-from: 20")
    _ = try await run(composed, "composed")
    let answers = try EvaluationFile.read("\(folder)/composed/evaluation.jsonl")
    #expect(!answers.isEmpty && answers.allSatisfy { $0.question.category == "offset" })
  }

  @Test func tasksOfAFileAloneAreAskedAndScored() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = try file(
      sources["questions"] ?? "", Self.stages[1], questions: "tasks: [tsg], own-tasks: [beat], per-track: [1, 1]")
    let metrics = Set(try await run(file, "run").flatMap(\.scalars.keys))
    #expect(metrics.isSuperset(of: ["evaluation/beat/hit@3s/greedy", "reward/task/beat/onset/mean"]))
  }

  @Test func stagesThatNeedTimelinesSayWhatToName() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = try file(sources["questions"] ?? "", "stage: questions")
    #expect {
      try file.tracks.splits().checkTimelines(for: "captions")
    } throws: {
      "\($0)"
        == "stage captions learns from what is heard when, and a file of questions does not say it: name annotated recordings, "
        + "tracks: {source: recordings, …}, or take stage questions or reinforcement"
    }
  }

  @Test func whatIsLeftOutIsSaid() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.removeItem(atPath: "\(folder)/song3.wav")
    let all = "source: recordings, all: [\(folder)/times.csv], excerpt: 10"
    #expect {
      try file(all, Self.stages[0]).tracks.splits()
    } throws: {
      "\($0)".hasPrefix("\(folder)/times.csv:8: track 'song3': its audio \(folder)/song3 is not there")
    }
    let remarks = Remarks()
    _ = try await run(try file(all + ", skip-bad: true", Self.stages[0]), "run") { remarks.add($0) }
    #expect(
      remarks.all.contains { $0.hasPrefix("left out 1 of the tracks and questions:\n  \(folder)/times.csv:8: track 'song3'") })
  }

  @Test(arguments: [
    ("source: recordings", "tracks.train: is missing: name files or folders of annotations"),
    ("source: questions, all: [a], train: [b]", "tracks.all: excludes train: give one or the other"),
    ("source: questions, all: [a], shares: [0.5, 0.1]", "tracks.shares: must be three shares that add up to 1"),
    ("source: recordings, train: folder", "tracks.train: must be a list of words, not the text 'folder': write [folder]"),
  ]) func optionsThatDoNotGoTogetherAreRefused(_ tracks: String, _ message: String) {
    #expect {
      try file(tracks, Self.stages[0])
    } throws: { "\($0)".contains(message) }
    try? FileManager.default.removeItem(atPath: folder)
  }
}

private final class Remarks: Sendable {
  private let texts = Mutex<[String]>([])
  var all: [String] { texts.withLock { $0 } }
  func add(_ text: String) { texts.withLock { $0.append(text) } }
}
