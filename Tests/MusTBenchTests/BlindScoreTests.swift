import MusTBench
import Options
import Questions
import Randomness
import Testing
import Timelines

struct BlindScoreTests {
  private func question(
    _ task: String, _ category: String, _ kind: AnswerKind, _ reference: Answer, items: [String] = []
  ) -> Question {
    Question(
      id: "", trackID: "", task: task, category: category, text: "", kind: kind,
      choices: kind == .choice ? ["", "", "", ""] : [],
      items: items, references: [reference], duration: 60)
  }

  @Test func findsTheTimeThatHitsMost() {
    let onsets = [5.0, 9, 11, 12, 15, 40].map { question("tsg", "onset", .instant, .instant($0)) }
    let found = BlindScore.best(for: onsets)
    #expect(found.map(\.measure) == [.hitWithin1Second, .hitWithin3Seconds])
    #expect(found.map(\.answer) == [.instant(10), .instant(12)])
    #expect(found.map(\.score) == [2.0 / 6, 4.0 / 6])
  }

  @Test func categoriesOfTimesAreApartAndThoseOfChoicesAreNot() {
    let found = BlindScore.best(for: [
      question("tsg", "onset", .instant, .instant(5)), question("tsg", "offset", .instant, .instant(50)),
      question("ltr", "rise", .choice, .choice(1)), question("ltr", "fall", .choice, .choice(1)),
      question("ltr", "fall", .choice, .choice(3)),
    ])
    #expect(found.map(\.category) == ["", "offset", "offset", "onset", "onset"])
    #expect(found[0].answer == .choice(1) && found[0].score == 2.0 / 3 && found[0].count == 3)
    #expect(found.dropFirst().allSatisfy { $0.score == 1 && $0.count == 1 })
  }

  @Test func findsTheBestIntervalOfAll() throws {
    var random = RandomStream(seed: 31)
    let questions = (0..<12).map { _ in
      let start = random.integer(in: 0...25)
      return question(
        "mtr", "highest", .intervals, .intervals([Interval(Double(start), Double(start + random.integer(in: 1...15)))]))
    }
    for blind in BlindScore.best(for: questions) {
      var best = 0.0
      for start in 0..<41 {
        for end in (start + 1)..<42 {
          let reading = Reading(outcome: .answered, answer: .intervals([Interval(Double(start), Double(end))]), isStrict: true)
          let total = questions.reduce(0) { $0 + (QuestionScore(of: reading, to: $1).values[blind.measure] ?? 0) }
          best = max(best, total / Double(questions.count))
        }
      }
      #expect(abs(blind.score - best) < 1e-12, "\(blind.measure)")
    }
  }

  /// The constant's stated score is what scoring it gives, on questions of every task.
  @Test func theScoreIsThatOfTheConstant() throws {
    let stream = RandomStream(seed: 8)
    let questions = (0..<60).flatMap { index in
      var random = stream.derived(index)
      return TaskCatalog.builtIn.all.flatMap { $0.questions(for: SampleTimelines.random(index), stream: &random) }
    }
    let found = BlindScore.best(for: questions)
    #expect(Set(found.map(\.task)) == Set(TaskCatalog.builtIn.names))
    for blind in found {
      let asked = questions.filter { $0.task == blind.task && (blind.category.isEmpty || $0.category == blind.category) }
      let reading = Reading(outcome: .answered, answer: blind.answer, isStrict: true)
      let scores = asked.compactMap { QuestionScore(of: reading, to: $0).values[blind.measure] }
      #expect(scores.count == blind.count)
      #expect(abs(scores.reduce(0, +) / Double(scores.count) - blind.score) < 1e-12, "\(blind)")
    }
    let letters = found.filter { $0.measure == .accuracy }
    #expect(letters.allSatisfy { $0.score < 0.33 }, "\(letters)")
  }

  @Test func textsAndOrdersHaveConstantsToo() throws {
    let texts = ["The drums enter.", "The drums leave.", "The drums enter."].map { question("tad", "", .text, .text($0)) }
    let text = try #require(BlindScore.best(for: texts).first)
    #expect(text.answer == .text("The drums enter.") && text.score > 2.0 / 3)
    let orders = [[0, 1], [1, 0], [1, 0]].map { question("own", "", .order, .order($0), items: ["a", "b"]) }
    #expect(BlindScore.best(for: orders).map(\.answer) == [.order([1, 0])])
    #expect(BlindScore.best(for: []).isEmpty)
  }
}
