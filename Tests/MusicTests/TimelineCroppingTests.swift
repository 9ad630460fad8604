import Music
import Testing
import Timelines

@Suite struct TimelineCroppingTests {
  private let timeline = Timeline(
    trackID: "song", duration: 100,
    lanes: [
      .init(label: "piano", intervals: [Interval(0, 15), Interval(30, 50)]),
      .init(label: "drums", intervals: [Interval(80, 100)]),
      .init(label: "flute", intervals: [Interval(5, 95)]),
    ],
    sections: [
      .init(interval: Interval(0, 40), label: "a", intensity: 0.25),
      .init(interval: Interval(40, 100), label: "b", intensity: 1),
    ])

  @Test func timesCountFromTheWindow() {
    let part = timeline.cropped(to: Interval(10, 60))
    #expect(part.trackID == "song@10-60")
    #expect(part.duration == 50)
    #expect(
      part.lanes == [
        .init(label: "piano", intervals: [Interval(0, 5), Interval(20, 40)]),
        .init(label: "flute", intervals: [Interval(0, 50)]),
      ])
    #expect(
      part.sections == [
        .init(interval: Interval(0, 30), label: "a", intensity: 0.25),
        .init(interval: Interval(30, 50), label: "b", intensity: 1),
      ])
  }

  @Test func windowIsClippedToTheTrack() {
    let part = timeline.cropped(to: Interval(70.5, 130))
    #expect(part.trackID == "song@70.5-100")
    #expect(part.duration == 29.5)
    #expect(part.lanes.map(\.label) == ["drums", "flute"])
    #expect(part.sections.map(\.label) == ["b"])
  }

  @Test func croppingTwiceIsCroppingOnce() {
    let once = timeline.cropped(to: Interval(20, 60))
    let twice = timeline.cropped(to: Interval(10, 90)).cropped(to: Interval(10, 50))
    #expect(once.lanes == twice.lanes && once.sections == twice.sections && once.duration == twice.duration)
  }
}
