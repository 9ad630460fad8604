import Ablations
import CommandTexts
import Comparisons
import Evaluations
import Experiments
import Foundation
import Judging
import MusTBench
import Options
import Questions
import Randomness
import RunLogs
import RunReports
import SeedStatistics
import Testing
import Timelines
import Training

/// When a source comes back after its longest pause: a task that Takt does not ship, with a measure of its own.
private struct Returns: BenchmarkTask {
  static let name = "ret"
  static let title = "Return of a Source"
  static let asks = "when a source comes back"
  static let form = QuestionForm(task: name, kind: .instant)
  static let lateness = BenchmarkMeasure(
    "lateness", title: "Lateness", formula: "seconds from the true time, 10 at most, over 10", isHigherBetter: false)
  static let measures = [BenchmarkMeasure.hitWithin3Seconds, lateness]
  static let headline: BenchmarkMeasure? = lateness

  func scores(of reading: Reading, to question: Question) -> [BenchmarkMeasure: Double] {
    guard case .instant(let time)? = reading.answer, case .instant(let reference)? = question.references.first else {
      return [.hitWithin3Seconds: 0, Self.lateness: 1]
    }
    return [.hitWithin3Seconds: abs(time - reference) <= 3 ? 1 : 0, Self.lateness: min(1, abs(time - reference) / 10)]
  }

  func questions(for timeline: Timeline, stream: inout RandomStream) -> [Question] {
    timeline.lanes.compactMap { lane in
      guard lane.intervals.count > 1 else { return nil }
      return Question(
        id: "\(timeline.trackID)/\(Self.name)/\(lane.label)", trackID: timeline.trackID, task: Self.name, category: "",
        text: "When does the \(lane.label) come back?", kind: .instant,
        references: [.instant(lane.intervals[1].start.rounded())],
        duration: timeline.duration)
    }
  }
}

/// A task whose answers nothing scores.
private struct Unscored: BenchmarkTask {
  static let name = "unscored"
  static let title = "Unscored"
  static let form = QuestionForm(task: name, kind: .text)
  static let measures: [BenchmarkMeasure] = []

  func questions(for timeline: Timeline, stream: inout RandomStream) -> [Question] { [] }
}

/// A task whose headline is a measure that it does not have.
private struct Astray: BenchmarkTask {
  static let name = "astray"
  static let title = "Astray"
  static let form = QuestionForm(task: name, kind: .text)
  static let headline: BenchmarkMeasure? = .iou

  func questions(for timeline: Timeline, stream: inout RandomStream) -> [Question] { [] }
}

struct SixthTaskTests {
  private let plugins: Plugins

  init() throws {
    plugins = try Plugins.builtIn.adding(tasks: [Returns()])
  }

  private static let hit = #""scores":{"hit@1s":1,"hit@3s":1}"#
  private static let miss = #""scores":{"hit@1s":0,"hit@3s":0}"#

  /// A finished run whose questions are the sixth task's.
  private func run(_ runs: FinishedRuns, _ arm: String, seed: Int, hits: Int) throws -> String {
    let path = try runs.run(arm, seed: seed, steps: 20 + hits, hits: hits)
    let file = URL(fileURLWithPath: path + "/evaluation.jsonl")
    let text = try String(contentsOf: file, encoding: .utf8).replacing("\"task\":\"tsg\"", with: "\"task\":\"ret\"")
      .replacing(Self.hit, with: #""scores":{"hit@3s":1,"lateness":0}"#)
      .replacing(Self.miss, with: #""scores":{"hit@3s":0,"lateness":1}"#)
    try Data(text.utf8).write(to: file)
    return path
  }

  @Test func comparesByItsOwnMeasureOfWhichLessIsBetter() throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let better = try run(runs, "better", seed: 1, hits: 10)
    let comparison = try Comparison(runs: [better], control: [], plugins: plugins)
    #expect(comparison.table.rows.map(\.title) == ["RET Lateness", "RET Lateness", "RET Hit@3s", "RET Hit@3s"])
    #expect(comparison.hasImproved)
    #expect(comparison.markdown.contains("| RET Lateness | sampled | 0.700"))
    let worse = try Comparison(runs: [try run(runs, "worse", seed: 1, hits: 0)], control: [], plugins: plugins)
    #expect(!worse.hasImproved)
    // Whose task nobody knows is compared all the same, by the names that its file has.
    let unknown = try Comparison(runs: [better], control: [])
    #expect(unknown.table.rows.map(\.title) == ["RET Hit@3s", "RET Hit@3s", "RET lateness", "RET lateness"])
  }

  @Test func reportsItsHeadlineWithTitleAndFormula() throws {
    let runs = try FinishedRuns()
    defer { runs.remove() }
    let paths = try (1...2).flatMap { seed in
      [try run(runs, "one", seed: seed, hits: 5), try run(runs, "two", seed: seed, hits: 8)]
    }
    let content = try Report(
      runs: paths, baseline: "one", sound: .none, hasPictures: false, plugins: plugins
    ).content
    #expect(content.forests.map(\.title).contains("RET Lateness, sampled"))
    #expect(content.terms.map(\.name).starts(with: ["RET", "Lateness", "Hit@3s"]))
    #expect(content.terms.first?.value == "Return of a Source: when a source comes back")
    let page = SummaryPage(content).html
    #expect(page.contains("RET Lateness") && page.contains("seconds from the true time"))
  }

  @Test func theTerminalShowsIt() throws {
    let file = try YAMLFile(text: "name: e\nstage: questions\nstart: {encoder: x}\nquestions: {tasks: [ret]}\n", path: "e.yaml")
    let experiment = try ExperimentFile(file, plugins: plugins)
    #expect(experiment.shownMetric == "evaluation/ret/lateness/greedy")
    #expect(throws: ExperimentError.self) { try ExperimentFile(file) }
  }

  @Test func theBuiltInTasksShowWhatTheyDid() throws {
    #expect(try FinishedRuns.demo([]).shownMetric == "evaluation/tsg/hit@3s/greedy")
  }

  @Test func itsAnswersAreReadAndScored() throws {
    let scratch = try Scratch()
    let answers = scratch.folder + "/answers.jsonl"
    try Data(#"{"id":"a","text":"0:57","task":"RET"}"#.utf8).write(to: URL(fileURLWithPath: answers))
    var lines: [String] = []
    try AnswerReading(path: answers, plugins: plugins).run { lines.append($0) }
    #expect(lines.count == 1 && lines[0].contains("\"seconds\":57"))
    #expect { try AnswerReading(path: answers).run { _ in } } throws: {
      "\($0)".contains("the task 'RET' is not known; write one of TSG")
    }
    let questions = scratch.folder + "/questions.jsonl"
    try Data(#"{"id":"q","task":"ret","question":"?","answers":["0:30"],"duration":60}"#.utf8)
      .write(to: URL(fileURLWithPath: questions))
    let completions = scratch.folder + "/completions.jsonl"
    try Data(#"{"id":"q","completion":"0:34"}"#.utf8).write(to: URL(fileURLWithPath: completions))
    let result = try BenchmarkEvaluation(questions: questions, completions: completions, name: "m", plugins: plugins).result
    #expect(result["ret/lateness"]?.score.estimate == 0.4 && result["ret/hit@3s"]?.score.estimate == 0)
    #expect(result["ret/lateness"]?.blind == 0 && result.text(.terminal, plugins: plugins).contains("RET Lateness"))
  }

  @Test func isListedAndItsMetricsMayBeNamed() throws {
    #expect(try Catalogues(plugins: plugins).kind("tasks").text().contains("ret  Return of a Source"))
    let names = MetricNames(tasks: ["ret"], measures: plugins.tasks.measures)
    #expect(names.complaint(about: "evaluation/ret/lateness/greedy") == nil)
  }

  @Test func aTaskWithoutAHeadlineIsRefused() {
    #expect { try plugins.adding(tasks: [Unscored()]) } throws: {
      "\($0)".contains("'unscored'") && "\($0)".hasSuffix("has no headline: list at least one measure in `measures`")
    }
    #expect { try plugins.adding(tasks: [Astray()]) } throws: {
      "\($0)".hasSuffix("has the headline 'iou', which is none of its measures: meteor, clap")
    }
  }

  @Test func aTakenNameOfAnyKindIsRefused() {
    func refused(_ kind: String, _ add: () throws(CatalogError) -> Plugins) {
      #expect { _ = try add() } throws: { "\($0)".hasPrefix("two \(kind) are named '") }
    }
    let builtIn = Plugins.builtIn
    refused("rewards") { () throws(CatalogError) in try builtIn.adding(rewards: [builtIn.rewards.all[0]]) }
    refused("algorithms") { () throws(CatalogError) in try builtIn.adding(algorithms: [builtIn.algorithms.all[0]]) }
    refused("sinks") { () throws(CatalogError) in try builtIn.adding(sinks: [builtIn.sinks.all[0]]) }
    refused("curricula") { () throws(CatalogError) in try builtIn.adding(curricula: [builtIn.curricula.all[0]]) }
    refused("alarms") { () throws(CatalogError) in try builtIn.adding(alarms: [builtIn.alarms.all[0]]) }
    refused("tasks") { () throws(CatalogError) in try plugins.adding(tasks: [Returns()]) }
  }

  @Test func anUnknownNameOfAnyKindIsRefusedWithWhatIsKnown() throws {
    let head = "name: e\nstart: {encoder: x, policy: y}\n"
    let rewards = "rewards: [onset-error, unreadable]\n"
    for (text, words) in [
      ("rewards: [{reward: onset-eror}]\nalgorithm: {algorithm: grpo}\n", "no reward is named 'onset-eror'; did you mean"),
      ("\(rewards)algorithm: {algorithm: grpoo}\n", "no algorithm is named 'grpoo'; did you mean 'grpo'?"),
      ("\(rewards)algorithm: {algorithm: grpo}\nlog: [jsnl]\n", "no log is named 'jsnl'; did you mean 'jsonl'?"),
      ("\(rewards)algorithm: {algorithm: grpo}\ncurriculum: [task-mx]\n", "no curriculum is named 'task-mx'; did you mean"),
      ("\(rewards)algorithm: {algorithm: grpo}\nalarms: {off: [tied-group]}\n", "did you mean 'tied-groups'?"),
      ("\(rewards)algorithm: {algorithm: grpo}\nquestions: {tasks: [tsgg]}\n", "did you mean 'tsg'?"),
    ] {
      let error = #expect(throws: ExperimentError.self) { try ExperimentFile(YAMLFile(text: head + text, path: "e.yaml")) }
      #expect(error.map { "\($0)".contains(words) } == true, "\(words): \(error.map { "\($0)" } ?? "")")
    }
    for kind in Catalogues().kinds {
      #expect { try kind.text("no-such-name") } throws: { "\($0)".contains("is named 'no-such-name'; known: ") }
    }
    #expect { try Catalogues().kind("reward") } throws: { "\($0)".contains("did you mean 'rewards'?") }
  }

  @Test func everyKindPrintsItsOptions() throws {
    let text = try Catalogues(plugins: plugins).options()
    for words in [
      "reward onset-error: ", "algorithm grpo: ", "log tensorboard: ", "curriculum task-mix: ", "alarms.tied-groups: ",
    ] {
      #expect(text.contains(words), "\(words)")
    }
  }
}
