import TemporalMetrics
import Testing

struct BeatMetricsTests {
  private let beats = EventTimes(sorting: (0..<40).map { 1 + 0.5 * Double($0) })

  @Test func identicalBeatsScoreOne() {
    #expect(BeatMetrics.fMeasure(reference: beats, estimated: beats) == 1)
    #expect(BeatMetrics.cemgil(reference: beats, estimated: beats).score == 1)
    #expect(BeatMetrics.goto(reference: beats, estimated: beats) == 1)
    #expect(BeatMetrics.pScore(reference: beats, estimated: beats) == 1)
    let continuity = BeatMetrics.continuity(reference: beats, estimated: beats)
    #expect(continuity.correctLevelContinuous == 1 && continuity.anyLevelTotal == 1)
    #expect(abs(BeatMetrics.informationGain(reference: beats, estimated: beats) - 1) < 1e-12)
  }

  @Test func noBeatsScoreZero() {
    #expect(BeatMetrics.fMeasure(reference: .none, estimated: .none) == 0)
    #expect(BeatMetrics.cemgil(reference: beats, estimated: .none).best == 0)
    #expect(BeatMetrics.goto(reference: .none, estimated: beats) == 0)
    let single = EventTimes(sorting: [3])
    #expect(BeatMetrics.pScore(reference: beats, estimated: single) == 0)
    #expect(BeatMetrics.continuity(reference: single, estimated: beats).anyLevelTotal == 0)
    #expect(BeatMetrics.informationGain(reference: beats, estimated: single) == 0)
    // One instant, repeated, has no interval to measure an error by.
    let instant = EventTimes(sorting: [100, 100, 100])
    #expect(BeatMetrics.informationGain(reference: beats, estimated: instant) == 0)
    #expect(BeatMetrics.informationGain(reference: instant, estimated: beats) == 0)
  }

  @Test func tappingAnotherLevelCountsOnlyAtAnyLevel() {
    let offBeats = EventTimes(sorting: beats.times.dropLast().map { $0 + 0.25 })
    let continuity = BeatMetrics.continuity(reference: beats, estimated: offBeats)
    #expect(continuity.correctLevelTotal == 0)
    #expect(continuity.anyLevelTotal == 1)
    let cemgil = BeatMetrics.cemgil(reference: beats, estimated: offBeats)
    #expect(cemgil.score < 1e-6 && cemgil.best == 1)
  }

  @Test func oneMissedBeatBreaksContinuity() {
    let estimated = EventTimes(sorting: beats.times.enumerated().filter { $0.offset != 10 }.map(\.element))
    let continuity = BeatMetrics.continuity(reference: beats, estimated: estimated)
    // The beat after the gap has an estimated interval of two beats, so it fails too: 10 before, 28 after.
    #expect(continuity.correctLevelContinuous == 28.0 / 40)
    #expect(continuity.correctLevelTotal == 38.0 / 40)
  }
}
