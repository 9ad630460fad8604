import MusTBench
import Questions
import Randomness
import Testing
import Timelines

struct TransitionAwareDescriptionTests {
  @Test func describesEachMomentInOneSentence() {
    var stream = RandomStream(seed: 1)
    let found = TransitionAwareDescription().questions(for: SampleTimelines.song, stream: &stream)
    #expect(
      found.map(\.references) == [
        [.text("The drums enter and the intensity rises.")], [.text("The bass leaves.")], [.text("The strings enter.")],
        [.text("The strings leave and the intensity falls.")],
      ])
    #expect(found.map(\.text).first == "Describe the musical change at 0:10.")
    #expect(found.map(\.id).last == "song/tad/0:42/strings-leave")
  }

  @Test func aMomentEndsASecondAfterItsFirstTransition() {
    let lanes = [("a", 10.0), ("b", 10.9), ("c", 11.5), ("d", 11.6)].map { label, start in
      Timeline.Lane(label: label, intervals: [Interval(start, 30)])
    }
    var stream = RandomStream(seed: 1)
    let track = Timeline(trackID: "t", duration: 30, lanes: lanes, sections: [])
    let found = TransitionAwareDescription().questions(for: track, stream: &stream)
    #expect(found.map(\.references) == [[.text("The a enters and the b enters.")], [.text("The c enters and the d enters.")]])
  }
}
