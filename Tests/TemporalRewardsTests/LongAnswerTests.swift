import Options
import Questions
import Rewards
import Testing
import Timelines

@testable import TemporalRewards

/// Answers of ten thousand intervals, which a model that repeats itself writes, cost milliseconds.
struct LongAnswerTests {
  private static func reward(_ name: String) throws -> any TemporalReward {
    var options = OptionReader(OptionValue(.map([])))
    let type = try #require(RewardCatalog.builtIn[name])
    let reward = type.init(options: &options) as? any TemporalReward
    return try #require(reward)
  }

  private func score(_ name: String, _ answer: [Interval], _ reference: [Interval]) throws -> Double? {
    let question = Question(
      id: "q", trackID: "t", task: "mtr", text: "", kind: .intervals, references: [.intervals(reference)], duration: 20_000)
    let reading = Reading(outcome: .answered, answer: .intervals(answer), isStrict: true)
    return try Self.reward(name).score(reading, in: Response(text: "", tokenCount: 0, isTruncated: false), to: question)
  }

  /// 2·tp/(n_p + n_r): only one of the copies is right.
  @Test(arguments: ["matched-f1", "event-f"]) func copiesAreTooMany(name: String) throws {
    let copies = Array(repeating: Interval(5, 9), count: 10_000)
    let scored = try #require(try score(name, copies, [Interval(5, 9), Interval(20, 30)]))
    #expect(abs(scored - 2 / 10_002) < 1e-12)
  }

  /// The first thousand are looked at; the others count as too many.
  @Test(arguments: ["matched-f1", "event-f"]) func whatIsMatchedIsBounded(name: String) throws {
    let reference = (0..<1_000).map { Interval(20 * Double($0), 20 * Double($0) + 4) }
    #expect(try score(name, reference, reference) == 1)
    let wrong = (0..<9_000).map { Interval(20 * Double($0 % 1_000) + 10, 20 * Double($0 % 1_000) + 14) }
    let scored = try #require(try score(name, reference + wrong, reference))
    #expect(abs(scored - 2 * 1_000 / 11_000) < 1e-12)
    #expect(try score(name, wrong + reference, reference) == 0)
  }
}
