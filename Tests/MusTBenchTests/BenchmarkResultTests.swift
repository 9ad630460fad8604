import MusTBench
import Questions
import SeedStatistics
import TemporalMetrics
import Testing
import Timelines

struct BenchmarkResultTests {
  private struct Asked {
    var question: Question
    var text: String
  }

  private func asked(
    _ track: String, _ task: String, _ category: String, _ reference: Answer, choices: Int = 0, _ text: String
  ) -> Asked {
    let question = Question(
      id: "\(track)/\(task)/\(category)", trackID: track, task: task, category: category, text: "", kind: reference.kind,
      choices: Array(repeating: "", count: choices), references: [reference], duration: 100)
    return Asked(question: question, text: text)
  }

  private var all: [Asked] {
    [
      asked("a@0-60", "tsg", "onset", .instant(10), "0:10"), asked("a@30-90", "tsg", "onset", .instant(11), "0:40"),
      asked("b", "tsg", "onset", .instant(50), "0:52"), asked("b", "tsg", "offset", .instant(90), "who knows?"),
      asked("a@0-60", "ltr", "enter", .choice(1), choices: 4, "B"), asked("b", "ltr", "rise", .choice(3), choices: 4, "A"),
      asked("a@0-60", "mtr", "highest", .intervals([Interval(0, 10)]), "0:00-0:10"),
      asked("b", "mtr", "highest", .intervals([Interval(0, 20)]), "0:00-0:10"),
    ]
  }

  private func result(clap: Double? = nil) -> BenchmarkResult {
    var scores = all.map { QuestionScore(of: AnswerReader(AnswerForm($0.question)).read($0.text), to: $0.question) }
    var questions = all.map(\.question)
    if let clap {
      let tad = asked("b", "tad", "", .text("The piano enters."), "The piano enters.")
      var score = QuestionScore(of: AnswerReader(AnswerForm(tad.question)).read(tad.text), to: tad.question)
      score.values[.clap] = clap
      scores.append(score)
      questions.append(tad.question)
    }
    return BenchmarkResult(name: "m", scores: scores, questions: questions)
  }

  @Test func columnsHoldMeanBlindChanceAndUnreadable() throws {
    let result = result()
    #expect(result.pieceCount == 2)
    #expect(result.questionCount == 8)
    let onset = try #require(result["tsg/onset/hit@3s"])
    #expect(abs(onset.score.estimate - 2.0 / 3) < 1e-15)
    // One constant hits the two of three that lie a second apart; so does each of them as an answer to the other, of six draws.
    #expect(abs((onset.blind ?? 0) - 2.0 / 3) < 1e-15)
    #expect(abs((onset.chance ?? 0) - 2.0 / 6) < 1e-15)
    let offset = try #require(result["tsg/offset/hit@3s"])
    #expect(offset.unreadable == 1)
    #expect(offset.blind == 1)
    #expect(offset.chance == nil)
    let ltr = try #require(result["ltr/accuracy"])
    #expect(ltr.score.estimate == 0.5)
    #expect(ltr.chance == 0.25)
    #expect(ltr.blind == 0.5)
    let iou = try #require(result["mtr/iou"])
    #expect(iou.score.estimate == 0.75)
    #expect(iou.chance == 0.5)
    #expect(iou.blind == 0.75)
    #expect(iou.score.lower == 0.5 && iou.score.upper == 1)
  }

  @Test func overallIsTheMeanOfThePapersColumnsThatAreThere() throws {
    let overall = try #require(result().overall)
    let f1 = (1 + 2.0 / 3) / 2
    #expect(abs(overall.estimate - (2.0 / 3 + 0 + 0.5 + 0.75 + f1) / 5) < 1e-12)
    #expect(overall.lower < overall.estimate && overall.estimate < overall.upper)
    #expect(!result().isComplete)
  }

  @Test func clapIsAColumnWhereItIsSupplied() throws {
    let clap = try #require(result(clap: 0.35)["tad/clap"])
    #expect(clap.isHeadline)
    #expect(clap.score.estimate == 0.35)
    #expect(clap.blind == nil)
    #expect(result(clap: 0.35).columns.count(where: \.isHeadline) == 7)
  }

  @Test func theSameScoresGiveTheSameIntervals() {
    #expect(result() == result())
  }
}

struct PublishedResultsTests {
  @Test func theOverallIsTheMeanOfTheEightColumns() throws {
    let must = try #require(PublishedResults.models.first)
    let columns = try #require(must.columns)
    #expect(columns.count == BenchmarkTable.paperColumns.count)
    #expect(abs(columns.reduce(0, +) / 8 - must.overall) < 0.0005)
    #expect(abs((must.overallWithoutClap ?? 0) - 0.455) < 1e-12)
  }

  @Test func rowsAreSorted() {
    for rows in [PublishedResults.models, PublishedResults.ablation] {
      #expect(zip(rows, rows.dropFirst()).allSatisfy { $0.overall >= $1.overall })
    }
    #expect(PublishedResults.models.count == 14)
    #expect(
      BenchmarkTable.paperColumns == [
        "tsg/onset/hit@3s", "tsg/offset/hit@3s", "ltr/accuracy", "tad/meteor", "tad/clap", "gto/accuracy", "mtr/iou", "mtr/f1",
      ])
  }
}
