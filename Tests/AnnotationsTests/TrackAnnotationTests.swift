import Annotations
import Foundation
import Testing
import Timelines

@Suite struct TrackAnnotationTests {
  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "(no error)"
    } catch {
      return "\(error)"
    }
  }

  private func lab(_ text: String) throws -> TrackAnnotation { try TrackAnnotation(lab: text, path: "x.lab") }

  @Test func linesWithStartEndAndLabel() throws {
    let text =
      "0.383\t12.5\tIntro\r\n12.5 40 A\r\n\r\n# by hand\n40, 60.25, guitar solo  \n60.25 70.0\n70 80 A\n80 81 silence\n"
    let annotation = try lab(text)
    #expect(annotation.segments.map(\.label) == ["Intro", "A", "guitar solo", "", "A", "silence"])
    #expect(annotation.segments[2].interval == Interval(40, 60.25))
    #expect(annotation.named.count == 4 && annotation.end == 81 && annotation.duration == nil)
    let timeline = annotation.timeline(id: "x", sources: ["piano"])
    #expect(timeline.duration == 81 && timeline.sections.isEmpty)
    #expect(timeline.lanes.map(\.label) == ["Intro", "A", "guitar solo"])
    #expect(timeline.lanes[0].intervals == [Interval(0.383, 12.5)])
    #expect(timeline.lanes[1].intervals == [Interval(12.5, 40), Interval(70, 80)])
  }

  @Test func linesWithoutEnds() throws {
    let annotation = try lab("0.0\tSilence\n0.46 intro\n22.2 verse one\n181.9\tEnd\n")
    #expect(annotation.segments.map(\.interval) == [Interval(0, 0.46), Interval(0.46, 22.2), Interval(22.2, 181.9)])
    #expect(annotation.named.map(\.label) == ["intro", "verse one"] && annotation.end == 181.9)
  }

  @Test func sourcesAreKnownWhateverTheirCase() throws {
    let timeline = try lab("3 9 Piano\n1 4 VOCAL\n5 12 piano\n8 8 drums").timeline(
      id: "x", sources: ["piano", "vocal", "drums"], duration: 10)
    #expect(timeline.lanes.map(\.label) == ["vocal", "piano"])
    #expect(timeline.lanes[1].intervals == [Interval(3, 10)])
  }

  @Test func faultsNameTheLine() {
    func fault(_ text: String) -> String { message { _ = try lab(text) } }
    #expect(fault("0 1 A\nx 2 B").hasPrefix("x.lab:2: begins with 'x'; a line holds start, end and label"))
    #expect(fault("0 1 A\n\n3 2 B") == "x.lab:3: has the reversed segment 3.0–2.0 s: the end lies before the start")
    #expect(fault("0 1 A\n-1 2 B").hasPrefix("x.lab:2: begins with '-1'"))
    #expect(fault("0 nan A").hasPrefix("x.lab:1: ends at nan s; times lie in 0…86400.0 s"))
    #expect(fault("0 1e300 A").hasPrefix("x.lab:1: ends at 1e300 s"))
    #expect(fault("0 1 A\n1 B") == "x.lab:2: has no end, unlike line 1: all lines have one, or none has")
    #expect(fault("5 A\n1 B") == "x.lab:2: begins at 1.0 s, before line 1: lines without ends are in order")
    #expect(fault("5").hasPrefix("x.lab:1: holds 5.0 alone"))
    #expect(fault("5 A").hasPrefix("x.lab:1: is the only line"))
    #expect(fault("\n# nothing\n") == "x.lab: holds no segment")
    #expect(message { _ = try TrackAnnotation(file: "/no/such.lab") }.hasPrefix("/no/such.lab: cannot be read"))
  }

  /// A comma in a number would make two of it.
  @Test func decimalCommasAreRefused() throws {
    func fault(_ text: String) -> String { message { _ = try lab(text) } }
    #expect(
      fault("0,5\tverse\n10,25\tchorus\n20,75\tend")
        == "x.lab:1: has a comma in the number 0,5, and white space between the columns: write 0.5")
    #expect(fault("0 1 A\n1 10,5 B").hasPrefix("x.lab:2: has a comma in the number 10,5, and white space"))
    #expect(try lab("0,10,verse\n10,20,a, b").segments.map(\.interval) == [Interval(0, 10), Interval(10, 20)])
    #expect(try lab("0, 10, 1,5\n10 20 2,5").segments.map(\.label) == ["1,5", "2,5"])
    #expect(try lab("0.5\tA, Verse\n9\tB,C\n20 end").segments.map(\.label) == ["A, Verse", "B,C"])
  }

  @Test func labelsHaveALimit() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).lab")
    defer { try? FileManager.default.removeItem(at: path) }
    for count in [InputLimit.label, InputLimit.label + 1] {
      try Data("0 1 \(String(repeating: "x", count: count))".utf8).write(to: path)
      let text = message { _ = try TrackAnnotation(file: path.path) }
      #expect(count == InputLimit.label ? text == "(no error)" : text.contains("has a label of 201 bytes, 'xxx"), "\(text)")
    }
  }

  @Test func controlCharactersAndHugeFilesAreRefused() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).lab")
    defer { try? FileManager.default.removeItem(at: path) }
    try Data("0 1 A\n1 2 a\u{1B}[31mred".utf8).write(to: path)
    let text = message { _ = try TrackAnnotation(file: path.path) }
    #expect(text == "\(path.path): has the label 'a\u{FFFD}[31mred' with a control character; leave it out")
    // A terabyte that takes no room on the disk: its size is known before it is read.
    let file = try FileHandle(forWritingTo: path)
    try file.truncate(atOffset: 1 << 40)
    try file.close()
    #expect(message { _ = try TrackAnnotation(file: path.path) }.contains("has 1099511627776 bytes; at most 16777216"))
  }

  private static let jams = #"""
    {"file_metadata": {"title": "t", "duration": 30.5}, "sandbox": {}, "annotations": [
      {"namespace": "beat", "data": [{"time": 1, "duration": 0, "value": 1, "confidence": null}]},
      {"namespace": "segment_salami_upper", "data": [{"time": 0, "duration": 9, "value": "Z", "confidence": 1}]},
      {"namespace": "segment_open", "data": [
        {"time": 0.5, "duration": 9.5, "value": "verse", "confidence": 1.0},
        {"time": 10, "duration": 20, "value": "chorus", "confidence": null}]},
      {"namespace": "tag_open", "data": [
        {"time": 4, "duration": 6, "value": "Piano", "confidence": 1}, {"time": 0, "duration": 30, "value": "happy", "confidence": 1}]}]}
    """#

  private func jams(_ text: String) throws -> TrackAnnotation { try TrackAnnotation(jams: Data(text.utf8), path: "x.jams") }

  @Test func segmentsAndInstrumentsOfJAMS() throws {
    let annotation = try jams(Self.jams)
    #expect(annotation.duration == 30.5 && annotation.segments.map(\.label) == ["verse", "chorus"])
    let timeline = annotation.timeline(id: "x", sources: ["piano"])
    #expect(timeline.duration == 30.5 && timeline.lanes.map(\.label) == ["verse", "piano", "chorus"])
    #expect(timeline.lanes[1].intervals == [Interval(4, 10)])
    let upper = Self.jams.replacing("segment_open", with: "chord")
      .replacing(#""duration": 9.5, "value": "verse""#, with: #""duration": 9.5, "value": {}"#)
    #expect(try jams(upper).segments.map(\.label) == ["Z"])
    // An annotation that holds nothing hides none that does.
    let first = #""annotations": [{"namespace": "segment_open", "data": []}, "#
    #expect(try jams(Self.jams.replacing(#""annotations": ["#, with: first)).segments.map(\.label) == ["verse", "chorus"])
  }

  @Test func faultsOfJAMSNameTheKey() {
    func fault(_ text: String) -> String { message { _ = try jams(text) } }
    #expect(fault("{") == "x.jams: is no JAMS file: it is no JSON object")
    #expect(fault("{}") == "x.jams: is no JAMS file: the key 'annotations' is missing")
    #expect(fault(#"{"annotations": [{"namespace": "beat", "data": []}]}"#).contains("nor tags; it has beat"))
    #expect(
      fault(Self.jams.replacing(#""time": 10, "#, with: ""))
        == "x.jams: is no JAMS file: the key 'annotations[2].data[1].time' is missing")
    #expect(
      fault(Self.jams.replacing(#""time": 10"#, with: #""time": -10"#)).contains("segment_open, observation 1: -10.0–10.0 s"))
    #expect(fault(Self.jams.replacing("30.5", with: "-3")).contains("file_metadata.duration is -3.0 s"))
  }
}
