import AudioLanguageModel
import Experiments
import Randomness
import Tensors
import Testing
import Timelines

@testable import EmbeddedPolicies

@Suite struct EncodedTrackTests {
  /// Five frames a second: a step of the level between two frames lies at the later one's time.
  @Test func sectionsAreTheStretchesOfOneLevelThatAreHeard() throws {
    let levels: [Float] = [0, 0, 0.5, 0.5, 0.5, 1]
    var heads = Tensor(shape: [6, 4], repeating: 0.3)
    for (row, level) in levels.enumerated() { heads[row, 2] = level }
    let lanes = [Timeline.Lane(label: "piano", intervals: [Interval(0.2, 0.9)])]
    let timeline = Timeline(
      trackID: "t", duration: 1.15, lanes: lanes, sections: [.init(interval: Interval(0, 1.15), label: "a", intensity: 0.7)])
    let track = EncodedTrack(
      timeline: timeline,
      audio: EncodedAudio(trackID: "t", duration: 1.15, frames: Tensor(shape: [6, 3]), heads: heads))
    let heard = try track.believing(2)
    #expect(heard.timeline.sections.map(\.interval) == [Interval(0, 0.4), Interval(0.4, 1), Interval(1, 1.15)])
    #expect(heard.timeline.sections.map(\.intensity) == [0, 0.5, 1])
    #expect(try heard.audio == track.audio)
    #expect(heard.timeline.lanes == lanes && track.timeline.sections.count == 1)
  }

  /// Every frame says which it is, so that what a stretch holds can be read from it.
  @Test func aStretchIsHeardAsInTheWholeAndItsTimesCountFromItsStart() throws {
    let rows = 5 * 40
    let numbers = Tensor(shape: [rows, 1], values: (0..<rows).map(Float.init))
    let timeline = Timeline(
      trackID: "t", duration: 40.2, lanes: [.init(label: "piano", intervals: [Interval(12.4, 29.7)])],
      sections: [
        .init(interval: Interval(0, 20), label: "a", intensity: 0),
        .init(interval: Interval(20, 40.2), label: "b", intensity: 1),
      ])
    let track = EncodedTrack(
      timeline: timeline, audio: EncodedAudio(trackID: "t", duration: 40.2, frames: numbers, heads: numbers))
    var stream = RandomStream(seed: 3)
    let drawn = try (0..<400).map { _ in try track.stretch(atLeast: 10, using: &stream) }
    let stretches = drawn.filter { $0.timeline.trackID != "t" }
    // Binomial: 200 expected, standard deviation 10.
    #expect((160...240).contains(stretches.count))
    for stretch in stretches {
      let length = Int(stretch.timeline.duration)
      let audio = try stretch.audio
      let start = Int(audio.frames[0]) / 5
      #expect(length >= 10 && start + length <= 40 && audio.duration == stretch.timeline.duration)
      #expect(audio.frames.values == (start * 5..<(start + length) * 5).map(Float.init))
      #expect(audio.heads == audio.frames && audio.trackID == stretch.timeline.trackID)
      let piano = IntervalSet([Interval(12.4, 29.7)]).clipped(to: Interval(Double(start), Double(start + length))).intervals
      let heard = stretch.timeline.lanes.flatMap(\.intervals)
      #expect(heard.count == piano.count)
      for (one, other) in zip(heard, piano) { #expect(abs(one.start - (other.start - Double(start))) < 1e-9) }
    }
    #expect(Set(stretches.map(\.timeline.duration)).count > 25)
    #expect(try track.stretch(atLeast: 0, using: &stream).audio == track.audio)
    let whole = try (0..<20).map { _ in try track.stretch(atLeast: 40, using: &stream).timeline }
    #expect(whole.allSatisfy { $0 == timeline })
  }
}
