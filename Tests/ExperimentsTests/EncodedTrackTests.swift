import AudioLanguageModel
import Tensors
import Testing
import Timelines

@testable import Experiments

@Suite struct EncodedTrackTests {
  /// Five frames a second: a step of the level between two frames lies at the later one's time.
  @Test func sectionsAreTheStretchesOfOneLevelThatAreHeard() {
    let levels: [Float] = [0, 0, 0.5, 0.5, 0.5, 1]
    var heads = Tensor(shape: [6, 4], repeating: 0.3)
    for (row, level) in levels.enumerated() { heads[row, 2] = level }
    let lanes = [Timeline.Lane(label: "piano", intervals: [Interval(0.2, 0.9)])]
    let timeline = Timeline(
      trackID: "t", duration: 1.15, lanes: lanes, sections: [.init(interval: Interval(0, 1.15), label: "a", intensity: 0.7)])
    let track = EncodedTrack(
      timeline: timeline,
      audio: EncodedAudio(trackID: "t", duration: 1.15, frames: Tensor(shape: [6, 3]), heads: heads))
    let heard = track.believing(2)
    #expect(heard.timeline.sections.map(\.interval) == [Interval(0, 0.4), Interval(0.4, 1), Interval(1, 1.15)])
    #expect(heard.timeline.sections.map(\.intensity) == [0, 0.5, 1])
    #expect(heard.timeline.lanes == lanes && heard.audio == track.audio && track.timeline.sections.count == 1)
  }
}
