import Curricula
import Foundation
import Options
import Questions
import Rewards
import TemporalRewards
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
      try curriculum.adjust(&rewards)
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

  private static func lengths(free: Double = 256) -> RewardSpec {
    var options = OptionReader(
      CurriculumReading.map([
        (
          "rewards",
          .list([
            CurriculumReading.map([
              ("reward", .text("completion-length")), ("free", .number(free)), ("weight", .number(-1)),
            ])
          ])
        )
      ]))
    return RewardSpec(options: &options, catalog: .builtIn)
  }

  private func lengthCurriculum(_ option: String, from: Double, to: Double) throws -> any Curriculum {
    let (curricula, _) = CurriculumReading.curricula([
      [
        ("curriculum", .text("reward-option")), ("label", .text("completion-length")), ("option", .text(option)),
        ("from", .number(from)), ("to", .number(to)),
      ]
    ])
    return try #require(curricula.first)
  }

  /// At a third of a geometric ramp from 512 to 300 lies 428.4: the option is a whole number.
  @Test func wholeNumberOptionsAreRounded() throws {
    var curriculum = try lengthCurriculum("limit", from: 512, to: 300)
    var rewards = Self.lengths()
    #expect(curriculum.complaints(about: rewards, tasks: []) == [])
    for (step, limit) in [(0, 512.0), (1, 428), (2, 359), (3, 300)] {
      curriculum.begin(step: step, of: 3)
      try curriculum.adjust(&rewards)
      #expect(curriculum.metrics["completion-length/limit"] == limit)
      // (290 − 256)/(limit − 256) is what a completion of 290 tokens is charged.
      let reading = AnswerReader(AnswerForm(CurriculumReading.question(0))).read("0:03")
      let response = Response(text: "0:03", tokenCount: 290, isTruncated: false)
      let charged = rewards.judge(reading, in: response, to: CurriculumReading.question(0)).components[0]
      #expect(charged == 34 / (limit - 256))
    }
  }

  /// An hour is the widest scale: a value beyond it is no fraction of a whole number that may be rounded back inside.
  @Test(arguments: [("onset-error", "scale", 3600.4), ("onset-error", "scale", 3600.5), ("onset-error", "scale", 4000)])
  func valuesOutsideTheRangeAreNotRoundedIntoIt(_ label: String, _ option: String, _ value: Double) throws {
    let (curricula, _) = CurriculumReading.curricula([
      [
        ("curriculum", .text("reward-option")), ("label", .text(label)), ("option", .text(option)), ("from", .number(value)),
        ("to", .number(3)),
      ]
    ])
    let complaints = try #require(curricula.first).complaints(about: CurriculumReading.rewards(), tasks: ["tsg"])
    #expect(complaints.first?.contains("\(label).\(option): must be a number in 0.001…3600 s, not") == true, "\(complaints)")
  }

  /// Both ends are legal for 'limit' alone, but not above 'free'.
  @Test func valuesInTheMiddleAreTriedBeforeTheRun() throws {
    let curriculum = try lengthCurriculum("limit", from: 512, to: 200)
    #expect(
      curriculum.complaints(about: Self.lengths(free: 256), tasks: []).first?.contains("greater than 'free', 256") == true)
  }

  @Test func whatComesUpLaterIsThrown() throws {
    var curriculum = try lengthCurriculum("limit", from: 100, to: 100)
    curriculum.begin(step: 0, of: 3)
    var rewards = Self.lengths(free: 256)
    #expect { try curriculum.adjust(&rewards) } throws: { "\($0)".contains("greater than 'free', 256") }
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
