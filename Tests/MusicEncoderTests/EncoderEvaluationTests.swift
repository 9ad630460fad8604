import AudioLanguageModel
import Tensors
import Testing
import Timelines

@Suite struct EncoderEvaluationTests {
  static let heads = EncoderHeads(instruments: ["piano", "bass"])

  @Test func headsThatSayTheTruthScoreOne() {
    let timelines = (1...4).map { toneTrack(seed: $0).timeline }
    let audio = timelines.map { timeline in
      EncodedAudio(
        trackID: "", duration: 20, frames: Tensor(shape: [100, 1]),
        heads: EncoderTargets(timeline, heads: Self.heads, frames: 100).values)
    }
    let evaluation = EncoderEvaluation(audio, timelines, heads: Self.heads)
    // Transitions closer together than the bumps are wide may merge.
    #expect(evaluation.transitionF1 > 0.9 && evaluation.transitionF1 <= 1)
    #expect(evaluation.boundaryF1 == 1 && evaluation.activityF1 == 1)
    #expect(abs(evaluation.intensityLevelConcordance - 1) < 1e-6 && abs(evaluation.intensityChangeConcordance - 1) < 1e-6)
  }

  @Test func whatIsOverNothingIsAbsent() {
    var timeline = toneTrack(seed: 1).timeline
    timeline.sections = []
    func metrics(_ timeline: Timeline) -> Set<String> {
      let audio = EncodedAudio(
        trackID: "", duration: 20, frames: Tensor(shape: [100, 1]),
        heads: EncoderTargets(timeline, heads: Self.heads, frames: 100).values)
      return Set(EncoderEvaluation([audio], [timeline], heads: Self.heads).metrics.keys)
    }
    #expect(metrics(timeline) == ["transition_f1", "boundary_f1", "activity_f1"])
    timeline.lanes = []
    #expect(metrics(timeline) == [])
    #expect(metrics(toneTrack(seed: 1).timeline).count == 5)
  }

  @Test func silenceScoresNothing() {
    let timelines = [toneTrack(seed: 1).timeline]
    let silent = EncodedAudio(
      trackID: "", duration: 20, frames: Tensor(shape: [100, 1]), heads: Tensor(shape: [100, 9]))
    let evaluation = EncoderEvaluation([silent], timelines, heads: Self.heads)
    #expect(evaluation.transitionF1 == 0 && evaluation.boundaryF1 == 0 && evaluation.activityF1 == 0)
    #expect(evaluation.intensityLevelConcordance == 0)
  }

  @Test func peaksAreMaximaAboveTheThreshold() {
    let column: [Float] = [0.9, 0.5, 0.1, 0.39, 0.1, 0.5, 0.5, 0.2, 0.6, 0.7, 0.1, 0.2, 0.3, 0.4]
    let heads = Tensor(shape: [column.count, 1], values: column)
    #expect(EncoderEvaluation.peaks(heads, 0) == [0, 1.0, 1.8, 2.6])
  }

  @Test func eachEventMatchesOnce() {
    var counts = MatchCounts()
    counts.add(found: [1, 1.2, 5, 9], truth: [0.6, 1.4, 9.6], tolerance: 0.5)
    #expect(counts.matched == 2 && counts.found == 4 && counts.truth == 3)
    #expect(counts.f1 == 4.0 / 7)
    #expect(MatchCounts().f1 == 1)
  }
}
