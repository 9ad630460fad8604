import AudioLanguageModel
import RealModule
import Tensors
import Testing
import Timelines

@Suite struct EncoderTargetsTests {
  static let heads = EncoderHeads(instruments: ["piano", "bass"])
  static let timeline = Timeline(
    trackID: "t", duration: 20,
    lanes: [
      .init(label: "piano", intervals: [Interval(0, 4), Interval(6.1, 19.8)]),
      .init(label: "vocal", intervals: [Interval(3, 9)]),
    ],
    sections: [
      .init(interval: Interval(0, 10), label: "", intensity: 0.25), .init(interval: Interval(10, 15), label: "", intensity: 1),
      .init(interval: Interval(15, 20), label: "", intensity: 1),
    ])
  let targets = EncoderTargets(Self.timeline, heads: Self.heads, frames: 100)

  private func value(_ time: Double, _ column: Int) -> Double { Double(targets.values[Int((time * 5).rounded()), column]) }

  @Test func columnsComeInTheirOrder() {
    let heads = Self.heads
    #expect(heads.count == 9 && heads.activity == 3..<5 && heads.entries == 5..<7 && heads.exits == 7..<9)
    #expect((0..<9).filter(heads.isProbability) == [0, 3, 4, 5, 6, 7, 8])
  }

  @Test func aTransitionIsABumpOfTheGivenWidth() {
    #expect(value(4, 0) == 1)
    #expect(abs(value(4.4, 0) - Double.exp(-0.5)) < 1e-6)
    #expect(abs(value(6.2, 0) - Double.exp(-0.5 * (0.1 / 0.4) * (0.1 / 0.4))) < 1e-6)
    #expect(value(10, 0) == 1)
    // The ends of the track, unknown labels and sections of equal intensity are no transitions.
    #expect(value(0, 0) == 0 && value(19.8, 0) == 0 && value(3, 0) < 0.05 && value(9, 0) < 0.05 && value(15, 0) == 0)
  }

  @Test func boundariesBelongToTheirInstrument() {
    #expect(value(4, 7) == 1 && value(6, 5) > 0.9)
    #expect(value(0, 5) == 0 && value(19.8, 7) == 0)
    #expect((0..<100).allSatisfy { targets.values[$0, 6] == 0 && targets.values[$0, 8] == 0 })
  }

  @Test func activityHoldsFromTheStartToTheEndExcluded() {
    let playing = (0..<100).filter { targets.values[$0, 3] == 1 }
    #expect(playing == Array(0..<20) + Array(31..<99))
    #expect((0..<100).allSatisfy { targets.values[$0, 4] == 0 })
  }

  @Test func intensityIsALevelAndASignedChange() {
    #expect(value(9.8, 2) == 0.25 && value(10, 2) == 1 && value(19.8, 2) == 1)
    #expect(abs(value(10, 1) - 0.75) < 1e-6)
    #expect(abs(value(10.8, 1) - 0.75 * Double.exp(-0.5)) < 1e-6)
    #expect(targets.hasChanges && targets.hasLevel)
    var unknown = Self.timeline
    unknown.sections = []
    #expect(!EncoderTargets(unknown, heads: Self.heads, frames: 100).hasLevel)
  }

  @Test func aFallOfIntensityIsNegative() {
    var falling = Self.timeline
    falling.sections[1].intensity = 0
    let values = EncoderTargets(falling, heads: Self.heads, frames: 100).values
    #expect(values[50, 1] == -0.25 && values[75, 1] == 1)
  }

  @Test func timesFarOutsideTheTrackAreCutOff() {
    var far = Self.timeline
    far.lanes[0].intervals = [Interval(-1e300, 2), Interval(5, 1e300)]
    far.duration = 1e301
    let values = EncoderTargets(far, heads: Self.heads, frames: 100).values
    #expect((0..<100).filter { values[$0, 3] == 1 } == Array(0..<10) + Array(25..<100))
  }
}
