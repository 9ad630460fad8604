import Comparisons
import Evaluations
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
    _ file: ExperimentFile, _ name: String, notice: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> [RunEvent] {
    let directory = RunDirectory(path: "\(folder)/\(name)")
    #expect(try await ExperimentRun(file: file, directory: directory, notice: notice).run() == .finished)
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
    let events = try await run(try file(all + ", skip-bad: true", Self.stages[0]), "run") { remarks.add($0) }
    let warnings = events.filter { $0.kind == .warning }.map(\.text)
    for said in [remarks.all, warnings] {
      #expect(said.contains { $0.hasPrefix("left out 1 of the tracks and questions:\n  \(folder)/times.csv:8: track 'song3'") })
      #expect(said.contains { $0.hasPrefix("tracks.validation holds one recording alone ('song") }, "\(said)")
    }
    let kept = try String(contentsOfFile: "\(folder)/run/left-out.txt", encoding: .utf8)
    #expect(kept.hasPrefix("\(folder)/times.csv:8: track 'song3': its audio") && kept.filter { $0 == "\n" }.count == 1)
  }

  @Test func aRunDoesNotGoOnWithOtherAnnotations() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let directory = RunDirectory(path: "\(folder)/run")
    let calls = Remarks()
    let stopped = ExperimentRun(
      file: try file(sources["recordings"] ?? "", Self.stages[0]), directory: directory,
      shouldStop: {
        calls.add("")
        return calls.all.count > 1
      })
    #expect(try await stopped.run() == .stopped(next: 1))
    let table = URL(fileURLWithPath: "\(folder)/times.csv")
    let before = try Data(contentsOf: table)
    try (before + Data("song0,0,2,drums\n".utf8)).write(to: table)
    let changed = try file(sources["recordings"] ?? "", Self.stages[0])
    do {
      _ = try await ExperimentRun(file: changed, directory: directory).run()
      Issue.record("it went on")
    } catch {
      #expect(
        "\(error)"
          == "\(folder)/run: \(folder)/times.csv changed since the run began: put back what was there, or give --output another folder to "
          + "train anew")
    }
    try before.write(to: table)
    _ = try await run(try file(sources["recordings"] ?? "", Self.stages[0]), "run")
  }

  @Test func aRunThatFailedBeforeItBeganLeavesItsFolderToTheNext() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let directory = RunDirectory(path: "\(folder)/run")
    let wrong = try file(
      sources["questions"] ?? "", Self.stages[0], questions: "tasks: [tsg], per-track: [1], categories: [onse], answers-to: 5")
    do {
      _ = try await ExperimentRun(file: wrong, directory: directory).run()
      Issue.record("nothing can be asked")
    } catch {
      #expect(
        "\(error)"
          == "no training track can be asked anything: they hold nothing that it asks about, or questions.categories [onse] and answers "
          + "from 0.0 to 5.0 s leave none. Without bounds the tracks offer tsg: offset, onset")
    }
    _ = try await run(try file(sources["questions"] ?? "", Self.stages[0]), "run")
    do {
      _ = try await ExperimentRun(file: wrong, directory: directory).run()
      Issue.record("a run that began was replaced")
    } catch { #expect("\(error)".contains("holds a run of another configuration")) }
  }

  @Test(arguments: ["shares: [1, 0, 0]", "shares: [0.8, 0, 0.2], skip-bad: true"])
  func aRunWithoutHeldOutTracksIsFinishedAndReported(shares: String) async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // With shares of 0.8 and 0.2 the one piece that is left is learnt from.
    if shares.contains("skip") {
      for index in 1..<10 { try FileManager.default.removeItem(atPath: "\(folder)/song\(index).wav") }
    }
    let remarks = Remarks()
    let file = try file("source: questions, all: [\(folder)/questions.jsonl], \(shares)", Self.stages[0])
    _ = try await run(file, "run") { remarks.add($0) }
    let isAsked = shares.contains("skip")
    #expect(
      remarks.all.contains("tracks.test holds no track: nothing is scored on it; name more recordings, or other shares")
        == isAsked)
    let report = try Report(runs: ["\(folder)/run"], sound: .none, hasPictures: false, plugins: file.plugins).text(.markdown)
    #expect(
      report.contains("Without held-out tracks (an encoder, or tracks.test is 0 or empty), so in the curves only: run."),
      "\(report)")
  }

  @Test func tasksThatNoTrackCanBeAskedAreSaid() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let remarks = Remarks()
    let both = try file(sources["recordings"] ?? "", Self.stages[0], questions: "tasks: [tsg, mtr], per-track: [1, 1]")
    _ = try await run(both, "run") { remarks.add($0) }
    #expect(
      remarks.all.filter { !$0.hasPrefix("tracks.") } == [
        "no training track can be asked mtr: they hold nothing that it asks about (mtr needs sections with intensity); "
          + "the others are asked alone"
      ])
  }

  @Test func theOracleReadsTheReferencesOfAFile() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = try file(sources["questions"] ?? "", Self.stages[0])
    let text = try BaselineScores(file: file).result(of: .oracle).text(.terminal)
    let row =
      text.split(separator: "\n").first { $0.hasPrefix("TSG onset Hit@1s") }?.split(whereSeparator: \.isWhitespace) ?? []
    // Two held-out tracks have an onset each: all right, none unreadable.
    #expect(row.dropFirst(3).first == "100.0" && row.suffix(2) == ["0.0", "2"], "\(text)")
    #expect {
      try BaselineScores(file: file).result(of: .novelty)
    } throws: {
      "\($0)".contains("(When?) is not in words, or not about an instrument, that --policy novelty has rules for")
    }
  }

  @Test func filesThatTracksNameAreThereBeforeARunStarts() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect {
      try file("source: recordings, train: [\(folder)/times.csv], test: [\(folder)/gone.csv]", Self.stages[0]).checkStart()
    } throws: { "\($0)".contains("tracks.test: \(folder)/gone.csv: there is no such file or folder") }
  }

  @Test(arguments: [
    ("source: recordings", "tracks.train: is missing: name files or folders of annotations"),
    ("source: questions, all: [a], train: [b]", "tracks.all: excludes train: give one or the other"),
    ("source: questions, all: [a], shares: [0.5, 0.1]", "tracks.shares: must be three shares that add up to 1"),
    (
      "source: questions, all: [a], shares: [0.8, 0.1, nan]",
      "tracks.shares: must be a list of numbers in 0…1, not one with 'nan'"
    ),
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
