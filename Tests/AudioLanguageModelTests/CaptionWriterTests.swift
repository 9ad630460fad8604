import AudioLanguageModel
import MusTBench
import Policies
import Testing
import Timelines

@Suite("CaptionWriter")
struct CaptionWriterTests {
  let timeline = Timeline(
    trackID: "t", duration: 40,
    lanes: [
      .init(label: "piano", intervals: [Interval(0, 25.2), Interval(31.6, 40)]),
      .init(label: "flute", intervals: []),
      .init(label: "drums", intervals: [Interval(7.4, 40)]),
    ],
    sections: [
      .init(interval: Interval(0, 12.3), label: "", intensity: 0.25),
      .init(interval: Interval(12.3, 25.2), label: "", intensity: 1),
      .init(interval: Interval(25.2, 40), label: "", intensity: 0.25),
    ])

  @Test("sections in order, with who plays and who comes and goes")
  func chronological() {
    #expect(
      CaptionWriter.caption(of: timeline, style: .chronological)
        == "[0:00-0:12] piano intensity L2; drums enter 0:07; [0:12-0:25] piano drums intensity L5; intensity rises 0:12; "
        + "[0:25-0:40] piano drums intensity L2; intensity falls 0:25 piano leaves 0:25 piano enters 0:32")
  }

  @Test("lane after lane, then the extremes of intensity")
  func byInstrument() {
    #expect(
      CaptionWriter.caption(of: timeline, style: .byInstrument)
        == "piano 0:00-0:25, 0:32-0:40; drums 0:07-0:40; arousal highest 0:12-0:25; arousal lowest 0:00-0:12, 0:25-0:40")
  }

  @Test("captions and their prompts can be encoded and come back", arguments: CaptionWriter.Style.allCases)
  func captionsAreWritable(style: CaptionWriter.Style) throws {
    let vocabulary = Vocabulary()
    let caption = CaptionWriter.caption(of: timeline, style: style)
    #expect(vocabulary.decode(try vocabulary.encode(caption, orThrow: .badCompletion)) == caption)
    #expect(try vocabulary.encode(style.prompt, orThrow: .badPrompt).count > 2)
  }

  @Test("without sections the whole track is one, without an energy")
  func withoutSections() {
    var bare = timeline
    bare.sections = []
    #expect(
      CaptionWriter.caption(of: bare, style: .chronological)
        == "[0:00-0:40] piano drums; drums enter 0:07 piano leaves 0:25 piano enters 0:32")
    #expect(CaptionWriter.caption(of: bare, style: .byInstrument) == "piano 0:00-0:25, 0:32-0:40; drums 0:07-0:40")
  }

  @Test("an even track has no extremes")
  func evenTrack() {
    var even = timeline
    even.sections = even.sections.map { .init(interval: $0.interval, label: "", intensity: 0.5) }
    #expect(!CaptionWriter.caption(of: even, style: .byInstrument).contains("arousal"))
    #expect(CaptionWriter.caption(of: even, style: .chronological).contains("intensity L3"))
  }
}
