import Foundation
import MusTBench
import Questions
import Recordings
import Testing
import Timelines

/// A recording is on one side of a split, whatever its tracks and its files are called.
@Suite struct SharedRecordingsTests {
  private let folder: SoundFolder

  init() throws {
    folder = try SoundFolder()
    for index in 0..<6 { try folder.sound("s\(index).wav", seconds: 8, frequency: 200 + 30 * Double(index)) }
    try FileManager.default.copyItem(atPath: folder.file("s0.wav"), toPath: folder.file("copy.wav"))
    try FileManager.default.createSymbolicLink(atPath: folder.file("link.wav"), withDestinationPath: folder.file("s0.wav"))
  }

  private func question(_ id: String, _ track: String, _ audio: String) -> String {
    #"{"id":"\#(id)","track_id":"\#(track)","task":"tsg","question":"When?","answers":[3],"audio":\#(audio)}"# + "\n"
  }

  private func timeline(_ id: String, _ audio: String) -> String {
    #"{"track_id":"\#(id)","duration":8,"audio":"\#(audio)","lanes":[{"label":"piano","intervals":[[2,8]]}]}"# + "\n"
  }

  private func read(
    _ files: RecordedTracks.Files, _ content: RecordedTracks.Content, skipsBad: Bool = false
  ) throws -> RecordedTracks {
    try RecordedTracks(files, content: content, forms: TaskCatalog.builtIn.forms, skipsBad: skipsBad)
  }

  private func refusal(train: String, test: String, _ content: RecordedTracks.Content) throws -> String {
    let (train, test) = (try folder.text("train.jsonl", train), try folder.text("test.jsonl", test))
    do {
      _ = try read(.parts(train: [train], validation: [], test: [test]), content)
      return ""
    } catch { return "\(error)".replacing(folder.path, with: "F") }
  }

  @Test func stretchesOfOneRecordingUnderTheirOwnIdsStayOnOneSide() throws {
    var (lines, timelines) = ("", "")
    for index in 0..<6 {
      for part in 0..<4 {
        let (start, name) = (
          Double(part), index == 0 && part == 2 ? "copy.wav" : index == 0 && part == 3 ? "link.wav" : "s\(index).wav"
        )
        lines += question(
          "q\(index)/\(part)", "t\(index)-\(part)", #"{"path":"\#(name)","start":\#(start),"end":\#(start + 4)}"#)
        timelines += timeline("t\(index)-\(part)", name)
      }
    }
    for (name, text, content) in [
      ("q.jsonl", lines, RecordedTracks.Content.questions), ("t.jsonl", timelines, .annotations),
    ] {
      let tracks = try read(.all([try folder.text(name, text)], shares: [0.5, 0.25, 0.25]), content)
      let parts = [tracks.train, tracks.validation, tracks.test].map {
        Set($0.map { $0.timeline.trackID.split(separator: "-")[0] })
      }
      #expect(parts.allSatisfy { !$0.isEmpty } && parts.map(\.count).reduce(0, +) == 6, "\(parts)")
    }
  }

  @Test func aRecordingThatIsLearntFromIsNotHeldOutByAnotherName() throws {
    let end =
      ", which F/train.jsonl:1 (track 'a') is learnt from: what is held out in tracks.test must not be; give all files as "
      + "tracks.all for a split that keeps recordings together"
    #expect(
      try refusal(
        train: question("1", "a", #""s0.wav""#), test: question("2", "b", #""s1.wav""#) + question("3", "c", #""s0.wav""#),
        .questions)
        == "F/test.jsonl:2: track 'c' hears F/s0.wav" + end)
    #expect(
      try refusal(train: timeline("a", "s0.wav"), test: timeline("b", "copy.wav"), .annotations)
        == "F/test.jsonl:1: track 'b' hears F/copy.wav, the same sound as F/s0.wav" + end)
    #expect(try refusal(train: timeline("a", "s0.wav"), test: timeline("b", "s1.wav"), .annotations) == "")
  }

  @Test func recordingsOfOneSizeAndOneBeginningAreNotOne() throws {
    // Beyond the samples by which copies are found first: 8 s at 16 kHz and 16 bit are 256 kB.
    var bytes = try Data(contentsOf: URL(fileURLWithPath: folder.file("s0.wav")))
    bytes[80_000] ^= 1
    try bytes.write(to: URL(fileURLWithPath: folder.file("near.wav")))
    #expect(try refusal(train: timeline("a", "s0.wav"), test: timeline("b", "near.wav"), .annotations) == "")
  }

  @Test func twoStretchesUnderOneIdAreToldWhatASplitDoes() throws {
    let both =
      question("1", "a", #"{"path":"s0.wav","start":0,"end":4}"#) + question("2", "a", #"{"path":"s0.wav","start":4,"end":8}"#)
    #expect(
      try refusal(train: both, test: question("3", "c", #""s1.wav""#), .questions)
        == "F/train.jsonl:2: question '2' hears F/s0.wav 4.0–8.0 s, but F/train.jsonl:1 hears F/s0.wav 0.0–4.0 s by the same track_id 'a': "
        + "give each stretch a track_id of its own (a split keeps those of one recording together)")
  }

  @Test func aRowThatCannotBeReadSpoilsItsTrackAlone() throws {
    let table = try folder.text(
      "x.csv",
      "track,start,end,label\ns0,0,4,piano\ns1,0,4,piano\ns0,soon,8,drums\ns0,5,never,drums\ns2,1,4,piano\ns3,4,2,bass\n")
    let tracks = try read(.parts(train: [table], validation: [], test: []), .annotations, skipsBad: true)
    #expect(tracks.train.map(\.timeline.trackID) == ["s1", "s2"])
    #expect(
      tracks.omitted == [
        "\(table):4: has the start 'soon': write seconds in 0…86400.0, or M:SS; all rows of 's0' are left out",
        "\(table):7: ends at 2.0 s, before its start at 4.0 s; all rows of 's3' are left out",
      ])
    let headless = try folder.text("y.csv", "song,start,end,what\na,0,4,piano\n")
    let rest = try read(.parts(train: [headless, table], validation: [], test: []), .annotations, skipsBad: true)
    #expect(rest.omitted.count == 3 && rest.omitted[0].hasSuffix("of which end may be missing; the whole file is left out"))
  }

  @Test func columnsOfATableAreCountedSaidOrRefused() throws {
    func read(_ text: String) throws -> RecordedTracks {
      try self.read(.parts(train: [try folder.text("x.csv", text)], validation: [], test: []), .annotations)
    }
    let tracks = try read("track,start,duration,label,who\ns0,1,2.5,piano,me\n")
    #expect(tracks.train[0].timeline.lanes.flatMap(\.intervals) == [Interval(1, 3.5)])
    #expect(tracks.remarks == ["\(folder.file("x.csv")): nothing is read from the columns who"])
    for (text, message) in [
      (
        "track,start,ned,label\ns0,1,2,piano\n", "x.csv:1: has a column 'ned', which is none that is known; did you mean 'end'?"
      ),
      (
        "track,start,end,duration,label\ns0,1,2,3,piano\n",
        "x.csv:2: ends at 2.0 s, but its start and duration say 4.0 s: leave one of the columns out"
      ),
    ] {
      #expect {
        try read(text)
      } throws: { "\($0)" == "\(folder.path)/\(message)" }
    }
  }

  @Test func keysOfAudioThatAreNotKnownAreRefused() throws {
    for (audio, message) in [
      (#"{"path":"s0.wav","strat":3}"#, "the key 'strat' is none of path, start and end; did you mean 'start'?"),
      (#"{"path":"s0.wav","start":0,"duration":3}"#, "the key 'duration' is none of path, start and end; did you mean 'end'?"),
      (#"{"file":"s0.wav"}"#, "'path' is missing, and the key 'file' is none of path, start and end; did you mean 'path'?"),
    ] {
      let text = try refusal(train: question("1", "a", audio), test: "", .questions)
      #expect(text.hasPrefix("F/train.jsonl:1: ") && text.contains(message), "\(text)")
    }
    let row = question("1", "a", #"{"path":"s0.wav","bytes":null,"sampling_rate":16000}"#)
    let tracks = try read(.parts(train: [try folder.text("q.jsonl", row)], validation: [], test: []), .questions)
    #expect(tracks.train[0].timeline.duration == 8)
  }

  @Test(arguments: ["wav", "flac"]) func aRecordingThatWasCutShortIsFoundBeforeTheFirstStep(ending: String) throws {
    try folder.sound("cut.\(ending)", seconds: 8, frequency: 555)
    let whole = try Data(contentsOf: URL(fileURLWithPath: folder.file("cut.\(ending)")))
    try whole.prefix(whole.count * 2 / 3).write(to: URL(fileURLWithPath: folder.file("cut.\(ending)")))
    let table = try folder.text("x.csv", "track,start,end,label\ns0,0,4,piano\ncut.\(ending),0,4,piano\n")
    let files = RecordedTracks.Files.parts(train: [table], validation: [], test: [])
    #expect {
      try read(files, .annotations)
    } throws: { "\($0)".hasPrefix("\(table):3: track 'cut': its audio \(folder.file("cut.\(ending)")): is damaged") }
    let tracks = try read(files, .annotations, skipsBad: true)
    #expect(tracks.train.map(\.timeline.trackID) == ["s0"] && tracks.omitted.count == 1)
  }

  @Test func aPartWithoutRecordingsOrWithOneIsSaid() throws {
    let train = try folder.text("train.jsonl", timeline("a", "s0.wav"))
    let one = try folder.text("one.jsonl", timeline("b", "s1.wav") + timeline("c", "s1.wav"))
    let gone = try folder.text("gone.jsonl", timeline("d", "gone.wav"))
    func remarks(_ test: String) throws -> [String] {
      try read(.parts(train: [train], validation: [], test: [test]), .annotations, skipsBad: true).remarks
    }
    #expect(
      try remarks(one)
        == [
          "tracks.test holds one recording alone ('b'): its scores say nothing of others; name more recordings, or other shares"
        ])
    #expect(
      try remarks(gone) == ["tracks.test holds no track: nothing is scored on it; name more recordings, or other shares"])
  }
}
