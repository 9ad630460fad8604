import Files
import Foundation
import Options
import Questions
import SeedStatistics
import TemporalMetrics
import Testing
import Timelines

@testable import Evaluations
@testable import MusTBench

struct BenchmarkEvaluationTests {
  private static let questions = [
    #"{"answers":["0:10"],"category":"onset","duration":60,"id":"q1","kind":"instant","question":"When does the piano first start to play?","task":"tsg","track_id":"a"}"#,
    #"{"answers":["0:20-0:30"],"category":"highest","duration":60,"id":"q2","kind":"intervals","question":"When?","task":"mtr","track_id":"a"}"#,
    #"{"answers":["The piano enters."],"duration":60,"id":"q3","kind":"text","question":"Describe the musical change at 0:10.","task":"tad","track_id":"b"}"#,
  ]
  private static let completions = [
    #"{"id":"q3","completion":"The piano enters."}"#, #"{"id":"q1","completion":"at 0:13"}"#,
    #"{"id":"q2","text":"0:20-0:40"}"#,
  ]

  private func evaluate(
    _ questions: [String] = questions, _ completions: [String] = completions, clap: [String]? = nil, skipsBad: Bool = false
  ) throws -> (BenchmarkEvaluation, Scratch) {
    let scratch = try Scratch()
    let clap = try clap.map { try scratch.file("clap.jsonl", lines: $0) }
    return (
      try BenchmarkEvaluation(
        questions: try scratch.file("q.jsonl", lines: questions), completions: try scratch.file("c.jsonl", lines: completions),
        clap: clap, name: "m", skipsBad: skipsBad), scratch
    )
  }

  /// The message of the error, paths without their folder.
  private func fault(_ questions: [String] = questions, _ completions: [String] = completions, clap: [String]? = nil) -> String
  {
    message { _ = try evaluate(questions, completions, clap: clap) }.replacing(#/\S*/(?=(q|c|clap)\.jsonl)/#, with: "")
  }

  @Test func columnsAreThePapers() throws {
    let result = try evaluate().0.result
    #expect(result["tsg/onset/hit@3s"]?.score.estimate == 1)
    #expect(result["tsg/onset/hit@1s"]?.score.estimate == 0)
    #expect(result["mtr/iou"]?.score.estimate == 0.5)
    #expect(result["tad/clap"] == nil)
    #expect(result.text(.terminal).contains("mean of 4 of the paper's eight columns"))
    #expect(result.text(.markdown).contains("| TSG onset Hit@3s | 100.0 [100.0, 100.0] | 100.0 |"))
  }

  @Test func questionsAndCompletionsAsDataSetsHoldThem() throws {
    let questions = [
      #"{"id":1,"task":"tsg","category":"onset","answers":[10],"duration":"60"}"#,
      #"{"id":2,"task":"mtr","category":"highest","answers":[[20,30]],"duration":60}"#,
    ]
    let completions = [#"{"id":1,"completion":[{"role":"assistant","content":"0:10"}]}"#, #"{"id":"2","completion":null}"#]
    let result = try evaluate(questions, completions).0.result
    #expect(result["tsg/onset/hit@3s"]?.score.estimate == 1)
    #expect(result["mtr/iou"]?.score.estimate == 0 && result["mtr/iou"]?.unreadable == 1)
  }

  @Test func aMissingCategoryIsSaid() throws {
    let question = Self.questions[0].replacing(#""category":"onset","#, with: "")
    let text = try evaluate([question] + Self.questions[1...]).0.result.text(.terminal)
    #expect(text.contains("give each of its questions \"category\": \"onset\" or \"offset\""))
    #expect(try !evaluate().0.result.text(.terminal).contains("\"category\""))
  }

  @Test func clapIsRead() throws {
    let result = try evaluate(clap: [#"{"id":"q3","clap":0.25}"#]).0.result
    #expect(result["tad/clap"]?.score.estimate == 0.25)
    #expect(
      fault(clap: [#"{"id":"q1","clap":0.25}"#]) == "clap.jsonl:1: 'q1' is the id of no question in q.jsonl that wants a text")
    #expect(fault(clap: [#"{"id":"q3","clap":34.6}"#]).hasPrefix("clap.jsonl:1: the CLAP score 34.6 of 'q3' lies outside −1…1"))
    #expect(fault(clap: []) == "q.jsonl:3: the question 'q3' has no line in clap.jsonl")
  }

  @Test func idsMustMatch() {
    let c = Self.completions
    #expect(fault(Self.questions, Array(c.dropLast())) == "q.jsonl:2: the question 'q2' has no line in c.jsonl")
    #expect(fault(Self.questions, c + [c[0]]) == "c.jsonl:4: 'q3' is answered a second time; line 1 has it already")
    #expect(
      fault(Self.questions, c + ["", #"{"id":"q9","completion":""}"#])
        == "c.jsonl:5: 'q9' is the id of no question in q.jsonl")
    #expect(fault(Self.questions, c + [#"{"id":"q9"}"#]) == "c.jsonl:4: the key 'text' is missing")
    #expect(
      fault(Self.questions + [Self.questions[0]])
        == "q.jsonl:4: the id 'q1' is already that of line 1: ids must differ")
    #expect(
      fault([Self.questions[0].replacing("0:10", with: "1:10")])
        == "q.jsonl:1: question 'q1' has the reference 1:10, past the end of the track at 1:00")
    #expect(fault([Self.questions[1].replacing("0:20-0:30", with: "0:30-0:20")]).contains("reversed"))
  }

  @Test func whatIsBadIsSkippedWhereAskedFor() throws {
    let questions = Self.questions + [Self.questions[0], "{"]
    let completions = Array(Self.completions.dropLast()) + [#"{"id":"q9","completion":""}"#]
    let (evaluation, _) = try evaluate(questions, completions, skipsBad: true)
    #expect(evaluation.result.questionCount == 2)
    #expect(evaluation.intake.skipped.count == 4)
    #expect(evaluation.intake.report.hasPrefix("skipped 4:\n"))
  }

  /// The same figures have a place only with all columns and as many questions as MusTBench has.
  @Test(arguments: [(1264, 8, true), (1263, 8, false), (1264, 7, false)])
  func aPlaceWantsTheSameQuestionsAndEveryColumn(questions: Int, columns: Int, hasPlace: Bool) throws {
    let scratch = try Scratch()
    var result = try evaluate().0.result
    let score = ConfidenceInterval(estimate: 0.43, lower: 0.4, upper: 0.5, level: 0.95)
    result.questionCount = questions
    result.columns = BenchmarkTable.paperColumns.prefix(columns).map {
      .init(name: $0, isHeadline: true, score: score, count: 100, unreadable: 0, blind: nil, chance: nil)
    }
    result.overall = score
    let board = try Leaderboard(results: [try scratch.file("m.json", try result.json)])
    #expect(board.ranked.firstIndex(of: "m") == (hasPlace ? 1 : nil))
    #expect(board.names.firstIndex(of: "m") == (hasPlace ? 1 : 14))
  }

  @Test func aResultIsReadBackAndRanked() throws {
    let (evaluation, scratch) = try evaluate()
    let path = try scratch.file("m.json", try evaluation.result.json)
    #expect(try BenchmarkResult(path: path) == evaluation.result)
    let board = try Leaderboard(results: [path])
    // Three questions and four columns: below the others, whatever the mean, with the reason.
    #expect(board.names.first == "MusT 7B" && board.names.last == "m")
    #expect(board.names.count == 15 && !board.ranked.contains("m") && board.ranked.count == 14)
    #expect(try Leaderboard(results: [], showsAblation: true).names.count == 20)
    let text = board.text(.terminal)
    #expect(text.contains(" –  ▸ m "))
    #expect(
      text.contains("–: m has no place, since its mean is another figure than the others' (3 questions, not MusTBench's 1264; ")
    )
    #expect(text.contains("without TSG offset Hit@3s, LTR accuracy, TAD CLAP, GTO accuracy)"))
    #expect(try board.json.contains("\"rank\" : null"))
    #expect(text.contains("(4)"))
    #expect(text.contains("Without CLAP, MusT 7B has 45.5 over its other seven"))
    let wrong = try scratch.file("w.json", "{}")
    #expect(message { _ = try Leaderboard(results: [wrong]) }.hasPrefix("\(wrong): is no result"))
  }
}

struct QuestionFileTests {
  private var questions: [Question] {
    var tracks = AnnotatedTracks()
    tracks.add(composed: 0..<8, seed: 11)
    return tracks.questions(tasks: TaskCatalog.builtIn.names, seed: 11)
  }

  private func read(_ path: String) throws -> [Question] {
    var intake = Intake(skipsBad: false)
    return try QuestionFile(path: path, intake: &intake).questions
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let scratch = try Scratch()
    let path = scratch.folder + "/q.jsonl"
    try QuestionFile.write(questions, to: path, columns: .takt)
    #expect(try read(path) == questions)
  }

  @Test func theBenchmarksColumnsScoreTheSame() throws {
    let scratch = try Scratch()
    let path = scratch.folder + "/q.jsonl"
    try QuestionFile.write(questions, to: path, columns: .mustbench)
    let first = try #require(try scratch.text(path).split(separator: "\n").first)
    let row = try #require(try JSONSerialization.jsonObject(with: Data(first.utf8)) as? [String: Any])
    #expect(
      Set(row.keys) == ["id", "track_id", "task", "category", "qa_type", "question", "answer", "answers", "split"])
    let back = try read(path)
    #expect(back.count == questions.count)
    for (one, other) in zip(questions, back) {
      #expect(one.id == other.id && one.task == other.task && one.kind == other.kind && one.text == other.text)
      #expect(one.task != "tsg" || one.category == other.category)
      let text = AnswerWriter(AnswerForm(one)).write(one.references[0])
      let scores = [one, other].map { QuestionScore(of: AnswerReader(AnswerForm($0)).read(text), to: $0).values }
      #expect(scores[0] == scores[1])
    }
  }

  @Test func partsShareNoTrack() throws {
    let scratch = try Scratch()
    let split = try QuestionFile.split(["a=0.5", "b=0.5"])
    let lines = try QuestionFile.write(questions, split: split, to: scratch.folder + "/parts", columns: .takt)
    #expect(lines.count == 2)
    let parts = try ["a", "b"].map { try read(scratch.folder + "/parts/\($0).jsonl") }
    #expect(parts[0].count + parts[1].count == questions.count)
    #expect(Set(parts[0].map(\.trackID)).isDisjoint(with: parts[1].map(\.trackID)))
    #expect(message { _ = try QuestionFile.split(["a=0.5"]) }.contains("add up to 0.5"))
    #expect(message { _ = try QuestionFile.split(["a"]) }.contains("name=share"))
  }

  @Test func filtersKeepWhatMeetsEveryCondition() {
    var filter = QuestionFilter()
    filter.tasks = ["tsg"]
    filter.categories = ["offset"]
    let offsets = filter.selection(of: questions)
    #expect(offsets == questions.filter { $0.task == "tsg" && $0.category == "offset" })
    filter = QuestionFilter()
    filter.durations = 50...100
    #expect(filter.selection(of: questions) == questions.filter { $0.duration >= 50 })
    filter = QuestionFilter()
    filter.perTask = 3
    #expect(filter.selection(of: questions).count == 15)
    filter = QuestionFilter()
    filter.tracks = [questions[0].trackID]
    #expect(filter.selection(of: questions).allSatisfy { $0.trackID == questions[0].trackID })
  }

  @Test func inspectionShowsCountsAnswersAndBlindScores() {
    let text = QuestionInspection(questions).text(examples: 1)
    #expect(text.hasPrefix("\(questions.count) questions about 8 tracks of 8 pieces"))
    #expect(text.contains("tsg onset  "))
    #expect(text.contains("  A  █"))
    #expect(text.contains("LTR accuracy"))
    #expect(text.contains("When is(are) the highest arousal duration(s) in this audio?  → "))
  }

  /// Blind answers to as many items as are allowed are written.
  @Test func manyItemsAreInspected() throws {
    let items = (1...100).map { "i\($0)" }
    let question = Question(
      id: "q", trackID: "t", task: "own", text: "?", kind: .order, items: items,
      references: [.order(Array(items.indices.reversed()))],
      duration: 60)
    #expect(QuestionInspection([question]).text().contains("100,99,98"))
    #expect(try QuestionInspection([question]).json.contains("100,99,98"))
  }

  /// Where `TAKT_PYTHON` names a Python that has pyarrow: a Parquet table with MusTBench's columns, converted and scored.
  @Test func aParquetTableIsConvertedAndScored() throws {
    guard let python = ProcessInfo.processInfo.environment["TAKT_PYTHON"] else { return }
    let scratch = try Scratch()
    let rows = scratch.folder + "/rows.jsonl"
    try QuestionFile.write(questions, to: rows, columns: .mustbench)
    let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    for arguments in [
      [here.appendingPathComponent("write_parquet.py").path, rows, scratch.folder + "/t.parquet"],
      [
        root.appendingPathComponent("experiments/parquet-to-jsonl.py").path, scratch.folder + "/t.parquet",
        scratch.folder + "/q.jsonl",
      ],
    ] {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: python)
      process.arguments = arguments
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    let converted = scratch.folder + "/q.jsonl"
    #expect(try read(converted) == read(rows))
    let answers = try read(converted).map { question in
      #"{"id":"\#(question.id)","completion":"\#(AnswerWriter(AnswerForm(question)).write(question.references[0]))"}"#
    }
    let result = try BenchmarkEvaluation(
      questions: converted, completions: try scratch.file("a.jsonl", lines: answers), name: "references"
    ).result
    for name in ["tsg/onset/hit@3s", "tsg/offset/hit@3s", "ltr/accuracy", "gto/accuracy"] {
      #expect(result[name]?.score.estimate == 1)
    }
    #expect((result["mtr/iou"]?.score.estimate ?? 0) > 0.5)
  }

  /// NaN where a number is missing, whole numbers as ids, sound as bytes: what is written is read.
  @Test func aTablesMissingNumbersBecomeNull() throws {
    guard let python = ProcessInfo.processInfo.environment["TAKT_PYTHON"] else { return }
    let scratch = try Scratch()
    let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    for arguments in [
      [here.appendingPathComponent("write_loose_parquet.py").path, scratch.folder + "/t.parquet"],
      [
        root.appendingPathComponent("experiments/parquet-to-jsonl.py").path, scratch.folder + "/t.parquet",
        scratch.folder + "/q.jsonl",
      ],
    ] {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: python)
      process.arguments = arguments
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    let questions = try read(scratch.folder + "/q.jsonl")
    #expect(questions.map(\.id) == ["1", "2"] && questions.map(\.duration) == [222.5, .infinity])
    #expect(questions.map(\.references) == [[.instant(57)], [.instant(60.25)]])
    #expect(try !scratch.text(scratch.folder + "/q.jsonl").contains("NaN"))
  }
}
