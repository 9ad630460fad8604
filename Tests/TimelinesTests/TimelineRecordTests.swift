import Foundation
import Testing
import Timelines

/// Timelines as files hold them: what is read, and in which words the rest is refused.
struct TimelineRecordTests {
  private func record(_ text: String) throws -> TimelineRecord {
    try JSONDecoder().decode(TimelineRecord.self, from: Data(text.utf8))
  }

  private func refusal(_ data: Data) -> String {
    do {
      _ = try JSONDecoder().decode(TimelineRecord.self, from: data)
      return ""
    } catch DecodingError.dataCorrupted(let context) {
      return context.debugDescription
    } catch {
      return "\(error)"
    }
  }

  private func refusal(_ text: String) -> String { refusal(Data(text.utf8)) }

  /// Files that ended the program, hung it or were taken without a word.
  @Test(arguments: [
    ("duplane", "track 'composed-0-0': two lanes are labelled 'piano': put their intervals into one"),
    ("duration-0", "the duration 0.0 s: a track is longer than 0 s and lasts at most 86400.0 s, a day"),
    ("duration-1e300", "the duration 1e+300 s: a track is longer than 0 s and lasts at most 86400.0 s, a day"),
    ("duration-1e9", "the duration 1000000000.0 s: a track is longer than 0 s and lasts at most 86400.0 s, a day"),
    ("duration-neg", "the duration -5.0 s: a track is longer than 0 s and lasts at most 86400.0 s, a day"),
    ("inspect-duration-neg", "the duration -5.0 s: a track is longer than 0 s and lasts at most 86400.0 s, a day"),
    ("end-1e300", "'piano' has the time 1e+300 s: times are given in seconds, up to 86400.0"),
    ("gap", "track 'composed-0-0': no section covers 7.035808–18.174048000000003 s: sections follow each other without gaps"),
    ("intensity-1e300", "track 'composed-0-0': the section 0.0–7.035808 s has the intensity 1e+300; allowed is 0…1"),
    ("intensity-7", "track 'composed-0-0': the section 0.0–7.035808 s has the intensity 7.0; allowed is 0…1"),
    ("intensity-neg", "track 'composed-0-0': the section 0.0–7.035808 s has the intensity -1.0; allowed is 0…1"),
    ("label-empty", "track 'composed-0-0': a lane has no label"),
    ("late", "the duration 4000000000.0 s: a track is longer than 0 s and lasts at most 86400.0 s, a day"),
    ("neg-start", "track 'composed-0-0': 'piano' starts at -5.0 s, before the track does"),
    ("reversed", "'piano' has the reversed interval 9.0–1.0 s: the end lies before the start"),
  ])
  func reportedFilesAreRefusedInWords(name: String, message: String) throws {
    #expect(refusal(try data(name)) == message)
  }

  @Test func anEndlessLabelIsShownInPart() throws {
    let label = String(repeating: "x", count: 100_000)
    let text = refusal(#"{"track_id":"a","duration":60,"lanes":[{"label":"\#(label)","intervals":[[0,5]]}]}"#)
    #expect(text.contains("; at most 200 are allowed") && text.utf8.count < 400, "\(text)")
  }

  @Test func theFormReachesTheEndsOfTheTrack() throws {
    func sections(_ start: Double, _ end: Double) throws -> [Interval] {
      let text =
        #"{"track_id":"a","duration":60,"sections":[{"start":\#(start),"end":20,"intensity":0},{"start":20,"end":\#(end),"intensity":1}]}"#
      return try record(text).timeline.sections.map(\.interval)
    }
    #expect(try sections(0.383, 58.5) == [Interval(0, 20), Interval(20, 60)])
    #expect(try sections(0, 60) == [Interval(0, 20), Interval(20, 60)])
    #expect(throws: DecodingError.self) { try sections(0, 29) }
    #expect(
      try record(#"{"track_id":"a","duration":60,"sections":[{"start":3,"end":50,"intensity":0}]}"#).timeline.sections[0]
        .interval
        == Interval(0, 60))
    #expect(
      refusal(#"{"track_id":"a","duration":90,"sections":[{"start":31,"end":90,"intensity":0}]}"#).contains(
        "no section covers 0.0–31.0 s"))
  }

  /// Nothing is wrong with a form, or with lanes, that nobody knows.
  @Test(arguments: ["nolanes", "nosections"]) func partsMayBeMissing(name: String) throws {
    let timeline = try JSONDecoder().decode(TimelineRecord.self, from: try data(name)).timeline
    #expect(timeline.lanes.isEmpty == (name == "nolanes") && timeline.sections.isEmpty == (name == "nosections"))
    #expect(timeline.duration == 50.873328)
  }

  private func data(_ name: String) throws -> Data {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return try Data(contentsOf: folder.appending(path: "Cases/timeline-\(name).json"))
  }

  @Test func theGuidesFormAndTheProjectsOwnGiveTheSameTimeline() throws {
    let guide = try record(
      #"{"track_id": "song", "duration": 222.4, "audio": "song.flac", "#
        + #""lanes": [{"label": "piano", "intervals": [[80, 222.4], [0, 57.2]]}], "#
        + #""sections": [{"start": 0, "end": 57.2, "label": "verse", "intensity": 0.25}, "#
        + #"{"start": 57.2, "end": 222.4, "label": "chorus", "intensity": 0.75}]}"#)
    let own = Timeline(
      trackID: "song", duration: 222.4,
      lanes: [.init(label: "piano", intervals: [Interval(0, 57.2), Interval(80, 222.4)])],
      sections: [
        .init(interval: Interval(0, 57.2), label: "verse", intensity: 0.25),
        .init(interval: Interval(57.2, 222.4), label: "chorus", intensity: 0.75),
      ])
    #expect(guide.timeline == own && guide.audio == "song.flac")
    let data = try JSONEncoder().encode(own)
    #expect(try JSONDecoder().decode(TimelineRecord.self, from: data).timeline == own)
    #expect(try JSONDecoder().decode(Timeline.self, from: data) == own)
    #expect(try record(#"{"audio":"a.wav","timeline":\#(String(decoding: data, as: UTF8.self))}"#).timeline == own)
  }

  @Test func lengthsAndIdsAsTablesHoldThem() throws {
    let form = #""sections":[{"start":0,"end":30,"intensity":0.2},{"start":30,"end":90,"intensity":1}]}"#
    for (length, seconds) in [("90", 90), ("\"90\"", 90), ("\"1:30\"", 90), ("\"0:01:30.0\"", 90.0)] {
      let read = try record(#"{"track_id":12,"duration":\#(length),\#(form)"#).timeline
      #expect(read.trackID == "12" && read.duration == seconds)
    }
    for text in ["NaN", "1e3", "-3", "1:75", "1:5", "", ":", "1:2:3:4", "inf"] {
      #expect(refusal(#"{"track_id":12,"duration":"\#(text)",\#(form)"#).hasPrefix("the duration '\(text)' is no length"))
    }
    #expect(
      refusal(#"{"track_id":"a\tb","duration":90,\#(form)"#).hasPrefix(#"the id 'a\t"b' holds"#.replacing("\"", with: "")))
    #expect(refusal(#"{"track_id":"","duration":90,\#(form)"#) == "the id '' is empty; give each a name of its own")
    #expect(refusal(#"{"track_id":true,"duration":90,\#(form)"#).contains("typeMismatch"))
  }

  @Test func smallOverhangsAreMovedToTheEnds() throws {
    let read = try record(
      #"{"track_id":"a","duration":60,"lanes":[{"label":"bass","intervals":[[-0.02,3],[50,60.04]]}],"#
        + #""sections":[{"start":0.03,"end":60.02,"intensity":0.2}]}"#
    ).timeline
    #expect(read.lanes[0].intervals == [Interval(0, 3), Interval(50, 60)])
    #expect(read.sections[0].interval == Interval(0.03, 60))
  }

  @Test func somethingMustBeAnnotated() {
    #expect(
      refusal(#"{"track_id":"a","duration":60,"lanes":[]}"#)
        == "track 'a' has neither 'lanes' nor 'sections': give at least one of them")
  }

  /// A thousand faults are not a thousand sentences.
  @Test func manyFaultsAreCounted() {
    let lane = #"{"label":"bass","intervals":[\#((0..<1000).map { "[\($0),\($0 + 5)]" }.joined(separator: ","))]}"#
    let text = refusal(#"{"track_id":"a","duration":2000,"lanes":[\#(lane)]}"#)
    #expect(text.hasSuffix("; and 991 more faults") && text.utf8.count < 800, "\(text)")
  }
}
