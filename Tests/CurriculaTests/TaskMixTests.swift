import Curricula
import Options
import Randomness
import Testing
import Training

struct TaskMixTests {
  private static let bank = [
    "tsg": (0..<40).map { CurriculumReading.question($0, task: "tsg") },
    "mtr": (0..<40).map { CurriculumReading.question($0, task: "mtr") },
  ]

  @Test func aFixedMixIsKeptInEveryStep() throws {
    var (curricula, issues) = CurriculumReading.curricula([
      [("curriculum", .text("task-mix")), ("mix", CurriculumReading.numbers([("tsg", 3), ("mtr", 1)]))]
    ])
    #expect(issues.isEmpty)
    let draw = QuestionDraw(bank: Self.bank, usualShares: ["tsg": 1, "mtr": 1])
    for step in 0..<5 {
      curricula[0].begin(step: step, of: 5)
      let drawn = draw.draw(32, guidance: QuestionGuidance(curricula), stream: RandomStream(seed: 3).derived(step))
      #expect(drawn["tsg"]?.count == 24 && drawn["mtr"]?.count == 8)
      for indices in drawn.values { #expect(Set(indices).count == indices.count && indices == indices.sorted()) }
    }
    let plain = draw.draw(32, guidance: QuestionGuidance(), stream: RandomStream(seed: 3))
    #expect(plain["tsg"]?.count == 16 && plain["mtr"]?.count == 16)
  }

  @Test func aMixMovesFromOneToAnother() throws {
    var (curricula, _) = CurriculumReading.curricula([
      [
        ("curriculum", .text("task-mix")), ("mix", CurriculumReading.numbers([("tsg", 1)])),
        ("to", CurriculumReading.numbers([("mtr", 2)])), ("until", .number(0.5)),
      ]
    ])
    var shares: [Double] = []
    for step in [0, 1, 2, 4, 7] {
      curricula[0].begin(step: step, of: 8)
      shares.append(try #require(curricula[0].metrics["mix/mtr"]))
      let other = try #require(curricula[0].metrics["mix/tsg"])
      #expect(abs(other - (1 - shares[shares.count - 1])) < 1e-12)
    }
    #expect(shares == [0, 0.25, 0.5, 1, 1])
  }

  @Test func badMixesAreNamed() {
    func issues(_ mix: [(String, Double)]) -> [String] {
      CurriculumReading.curricula([[("curriculum", .text("task-mix")), ("mix", CurriculumReading.numbers(mix))]]).issues
    }
    #expect(issues([("tsg", -1)]).first?.contains("must be a number of 0 or more, not -1") == true)
    #expect(issues([("tsg", 0)]).first?.contains("must give some task a part above 0") == true)
    #expect(issues([]).first?.contains("mix: must give") == true)
    let (curricula, unknown) = CurriculumReading.curricula([[("curriculum", .text("self-play"))]])
    #expect(curricula.isEmpty)
    #expect(
      unknown == [
        "curriculum[0].curriculum: no curriculum is named 'self-play'; known: reward-option, rollout-spread, task-mix"
      ])
  }

  @Test func aTaskThatTheRunDoesNotAskIsSaid() throws {
    let (curricula, _) = CurriculumReading.curricula([
      [("curriculum", .text("task-mix")), ("mix", CurriculumReading.numbers([("tsg", 1), ("gto", 1)]))]
    ])
    #expect(
      curricula[0].complaints(about: CurriculumReading.rewards(), tasks: ["tsg", "mtr"])
        == ["the mix names 'gto', which is not among questions.tasks (tsg, mtr): add it there or leave it out"])
  }
}
