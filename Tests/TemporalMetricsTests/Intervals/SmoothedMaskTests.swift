import MaskOracle
import TemporalMetrics
import Testing
import Timelines

struct SmoothedMaskTests {
  @Test func anExactAnswerScoresOneExceptInTheProductForm() throws {
    let mask = SmoothedMask([Interval(60, 70)], duration: 180)
    #expect(mask.minimumF1(with: mask) == 1)
    #expect(mask.squaredDice(with: mask) == 1)
    #expect(try #require(mask.productF1(with: mask)) < 0.3)
  }

  @Test func mirroredEdgesLoseNothing() {
    let mask = SmoothedMask([Interval(0, 3), Interval(170, 180)], duration: 180)
    #expect(abs(mask.values.reduce(0, +) - 15) < 1e-9)
    let open = SmoothedMask([Interval(0, 3)], duration: 180, edges: .constant)
    #expect(open.values.reduce(0, +) < 3)
    let whole = SmoothedMask([Interval(0, 180)], duration: 180)
    #expect(whole.values.allSatisfy { abs($0 - 1) < 1e-12 })
  }

  @Test func aNearMissScoresMoreThanAFarOne() throws {
    let reference = SmoothedMask([Interval(60, 70)], duration: 180)
    let scores = try [60.0, 63, 70, 90, 140].map { start in
      try #require(SmoothedMask([Interval(start, start + 10)], duration: 180).minimumF1(with: reference))
    }
    #expect(scores == scores.sorted(by: >) && scores[0] == 1 && scores[4] < 0.05)
  }

  @Test func intervalsBeyondTheGridAreLost() {
    let nothing = SmoothedMask([Interval(500, 600), Interval(-9, -3)], duration: 180)
    #expect(nothing.values.allSatisfy { $0 == 0 })
    #expect(nothing.minimumF1(with: nothing) == nil)
    let instant = SmoothedMask([Interval(90, 90)], duration: 180)
    #expect(abs(instant.values.reduce(0, +) - 1) < 1e-12)
  }

  @Test func aTrackShorterThanTheKernelIsMirroredAgainAndAgain() {
    let mask = SmoothedMask([Interval(0, 2)], duration: 5)
    #expect(abs(mask.values.reduce(0, +) - 3) < 1e-9)
  }
}
