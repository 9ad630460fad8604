import Curricula
import Foundation
import Options
import Questions
import Rewards
import Testing
import Training

struct RewardOptionTests {
  private func score(_ rewards: RewardSpec) -> Double? {
    let question = CurriculumReading.question(0)
    let reading = AnswerReader(AnswerForm(question)).read("0:03")
    return rewards.judge(reading, in: Response(text: "0:03", tokenCount: 4, isTruncated: false), to: question).components[0]
  }

  private func curriculum(_ more: [CurriculumReading.Entry]) throws -> any Curriculum {
    let (curricula, issues) = CurriculumReading.curricula([
      [("curriculum", .text("reward-option")), ("label", .text("onset-error")), ("option", .text("scale"))] + more
    ])
    #expect(issues.isEmpty, "\(issues)")
    return try #require(curricula.first)
  }

  /// The answer is 2 s off: exp(−2/scale) at every scale.
  @Test(arguments: [
    ("geometric", [16.0, 16, 8, 4, 4]), ("linear", [16.0, 16, 10, 4, 4]),
    ("cosine", [16.0, 16, 10, 4, 4]),
  ]) func theOptionFollowsItsRamp(shape: String, scales: [Double]) throws {
    var curriculum = try curriculum([
      ("from", .number(16)), ("to", .number(4)), ("shape", .text(shape)), ("start", .number(0.2)), ("until", .number(0.6)),
    ])
    var rewards = CurriculumReading.rewards()
    for (step, scale) in zip([0, 2, 4, 6, 9], scales) {
      curriculum.begin(step: step, of: 10)
      curriculum.adjust(&rewards)
      let judged = try #require(score(rewards))
      #expect(abs(judged - exp(-2 / scale)) < 1e-12, "step \(step)")
      let logged = try #require(curriculum.metrics["onset-error/scale"])
      #expect(abs(logged - scale) < 1e-12)
    }
  }

  @Test func aCosineIsSlowAtItsEnds() throws {
    var curriculum = try curriculum([("from", .number(1)), ("to", .number(0)), ("shape", .text("cosine"))])
    curriculum.begin(step: 1, of: 4)
    let logged = try #require(curriculum.metrics.values.first)
    #expect(abs(logged - (1 + cos(Double.pi / 4)) / 2) < 1e-12)
  }

  @Test func whatCannotBeScheduledIsSaidBeforeTheRun() throws {
    let rewards = CurriculumReading.rewards()
    func complaints(_ label: String, _ option: String, to: Double) throws -> [String] {
      let (curricula, _) = CurriculumReading.curricula([
        [
          ("curriculum", .text("reward-option")), ("label", .text(label)), ("option", .text(option)), ("from", .number(3)),
          ("to", .number(to)),
        ]
      ])
      return try #require(curricula.first).complaints(about: rewards, tasks: ["tsg"])
    }
    #expect(try complaints("onset-error", "scale", to: 1) == [])
    #expect(try complaints("onset", "scale", to: 1) == ["no reward has the label 'onset'; there are: onset-error, unreadable"])
    #expect(
      try complaints("onset-error", "width", to: 1)[0].hasPrefix(
        "the reward 'onset-error' has no option 'width' that is a number"))
    #expect(try complaints("onset-error", "scale", to: 1e6)[0].contains("onset-error.scale: must be a number in"))
  }
}
