import Options
import Questions
import Rewards
import Testing

@Suite("Shaping terms") struct ShapingTests {
  static let response = Response(text: "", tokenCount: 1, isTruncated: false)

  @Test("unreadable charges what holds no answer, and a refusal where there is something to find")
  func unreadable() throws {
    let none = Reading(outcome: .empty, answer: nil, isStrict: true)
    let strict = try reward("unreadable")
    #expect(strict.unreadableScore(question(.instant(1))) == 1)
    #expect(strict.score(.instant(1), question(.instant(1))) == 0)
    #expect(strict.score(none, in: Self.response, to: question(intervals((1, 2)))) == 1)
    #expect(strict.score(none, in: Self.response, to: question(intervals())) == 0)
    let lenient = try reward("unreadable", ["charge-refusals": .flag(false)])
    #expect(lenient.score(none, in: Self.response, to: question(intervals((1, 2)))) == 0)
  }

  @Test("out-of-track counts the ends of the track as inside, and abstains where there are no times")
  func outOfTrack() throws {
    let penalty = try reward("out-of-track")
    let truth = question(.instant(60))
    #expect([0, 180, 180.01, -0.01, .nan].map { penalty.score(.instant($0), truth) } == [0, 0, 1, 1, 1])
    #expect(penalty.score(intervals((0, 180)), question(intervals((1, 2)))) == 0)
    #expect(penalty.score(intervals((1, 2), (170, 181)), question(intervals((1, 2)))) == 1)
    #expect(penalty.unreadableScore(truth) == 0)
    #expect(penalty.score(.choice(0), question(.choice(0))) == nil)
    #expect(try reward("out-of-track", ["tolerance": .number(1)]).score(.instant(181), truth) == 0)
  }

  @Test("completion-length has no score where nobody counted tokens, unless the completion was cut off")
  func uncounted() throws {
    let length = try reward("completion-length", ["free": .number(2), "limit": .number(4)])
    func score(_ count: Int?, isTruncated: Bool = false) -> Double? {
      length.score(
        Reading(outcome: .answered, answer: .instant(1), isStrict: true),
        in: Response(text: "0:01", tokenCount: count, isTruncated: isTruncated), to: question(.instant(1)))
    }
    #expect([nil, 0, 2, 3, 4, 9].map { score($0) } == [nil, 0, 0, 0.5, 1, 1])
    #expect(score(nil, isTruncated: true) == 1)
  }
}
