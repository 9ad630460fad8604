import MusTBench
import Questions
import Testing
import Timelines

struct BenchmarkTableTests {
  private func scores(
    _ task: String, _ category: String, _ kind: AnswerKind, _ reference: Answer, choices: Int = 0, _ texts: [String]
  ) -> [QuestionScore] {
    let question = Question(
      id: "q", trackID: "t", task: task, category: category, text: "", kind: kind,
      choices: Array(repeating: "", count: choices), references: [reference], duration: 100)
    return texts.map { QuestionScore(of: AnswerReader(AnswerForm(question)).read($0), to: question) }
  }

  private var all: [QuestionScore] {
    scores("mtr", "highest", .intervals, .intervals([Interval(0, 10)]), ["0:00-0:10", "0:00-0:20", "none", "?"])
      + scores("tsg", "offset", .instant, .instant(50), ["0:50", "0:52"])
      + scores("tsg", "onset", .instant, .instant(10), ["0:10", "0:14", "0:5", "0:11"])
      + scores("ltr", "rise", .choice, .choice(1), choices: 4, ["B", "C"])
      + scores("ltr", "fall", .choice, .choice(1), choices: 4, ["B", "F"])
      + scores("own", "", .instant, .instant(10), ["0:10"])
  }

  @Test func columnsAreInThePapersOrderWithTheirMeans() {
    let table = BenchmarkTable(all)
    #expect(
      table.columns.map(\.name) == [
        "tsg/onset/hit@1s", "tsg/onset/hit@3s", "tsg/offset/hit@1s", "tsg/offset/hit@3s", "ltr/accuracy", "mtr/iou", "mtr/f1",
        "own/hit@1s", "own/hit@3s",
      ])
    let means = table.columns.map(\.mean)
    for (mean, expected) in zip(means, [0.5, 0.5, 0.5, 1, 0.5, 1.5 / 4, (1 + 2.0 / 3) / 4, 1, 1]) {
      #expect(abs(mean - expected) < 1e-15)
    }
    #expect(table["ltr/accuracy"]?.count == 4)
  }

  @Test func overallIsTheMeanOfThePapersColumns() throws {
    let overall = try #require(BenchmarkTable(all).overall)
    #expect(abs(overall - (0.5 + 1 + 0.5 + 1.5 / 4 + (1 + 2.0 / 3) / 4) / 5) < 1e-15)
    #expect(BenchmarkTable([]).overall == nil)
  }

  @Test func unreadableAnswersAreCounted() {
    let shares = BenchmarkTable(all).unreadable
    #expect(shares.map(\.task) == ["tsg", "ltr", "mtr", "own"])
    #expect(shares.map(\.share) == [1.0 / 6, 0.25, 0.25, 0])
    #expect(shares.map(\.count) == [6, 4, 4, 1])
  }
}
