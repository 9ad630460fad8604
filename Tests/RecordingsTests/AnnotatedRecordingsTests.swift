import Foundation
import Music
import Recordings
import Testing
import Timelines

@Suite struct AnnotatedRecordingsTests {
  private let folder: SoundFolder

  init() throws {
    folder = try SoundFolder()
    try folder.sound("a.wav", seconds: 8)
    try folder.sound("b.flac", seconds: 6)
    try folder.sound("c.mp3", seconds: 5)
    try folder.sound("d.ogg", seconds: 4)
  }

  private func read(_ names: String..., skipsBad: Bool = false) throws -> RecordedTracks {
    try RecordedTracks(
      .parts(train: names.map(folder.file), validation: [], test: []), content: .annotations, skipsBad: skipsBad)
  }

  private func refusal(_ names: String...) -> String {
    do {
      _ = try RecordedTracks(.parts(train: names.map(folder.file), validation: [], test: []), content: .annotations)
      return ""
    } catch { return "\(error)".replacing(folder.path, with: "F") }
  }

  @Test func timelinesAnnotationsAndTablesLieBesideTheirSound() throws {
    try folder.text(
      "lines.jsonl",
      #"{"track_id":"one","duration":8,"audio":"a.wav","family":"f","lanes":[{"label":"piano","intervals":[[2,8]]}]}"# + "\n")
    try folder.text("b.lab", "0 3 drums\n3 6 Piano\n")
    try folder.text(
      "d.jams",
      #"{"file_metadata":{"duration":4},"annotations":[{"namespace":"segment_open","data":[{"time":1,"duration":2,"value":"x"}]}]}"#
    )
    try folder.text("times.csv", "file,time,label,who\nc.mp3,0:01,vocal,me\nc.mp3,3.5,end,\"you, too\"\n")
    let tracks = try read("").train
    #expect(tracks.map(\.timeline.trackID) == ["b", "d", "one", "c"])
    #expect(tracks[0].timeline.lanes.map(\.label) == ["drums", "piano"])
    #expect(tracks[0].sound == RecordingExcerpt(path: folder.file("b.flac"), start: 0, end: 6))
    #expect(tracks[2].piece == "f" && tracks[2].questions == nil)
    #expect(tracks[3].timeline.lanes == [.init(label: "vocal", intervals: [Interval(1, 3.5)])])
    #expect(abs(tracks[3].timeline.duration - 5) < 0.1)
    #expect(tracks[3].origin == folder.file("times.csv:2"))
  }

  @Test func aTableWithoutHeadOrEndsIsReadToTheEndOfTheSound() throws {
    try folder.text("times.csv", "a;1;;bass\na;5;;drums\n")
    let timeline = try read("times.csv").train[0].timeline
    #expect(timeline.lanes.map(\.label) == ["bass", "drums"])
    #expect(timeline.lanes.flatMap(\.intervals) == [Interval(1, 5), Interval(5, 8)])
  }

  @Test func longRecordingsAreCutIntoWindowsWhoseLastEndsWithThem() throws {
    try folder.text("a.lab", "0 3 drums\n3 8 piano\n")
    let track = try read("a.lab").train[0]
    let parts = track.excerpts(length: 3, hop: 2)
    #expect(parts.map(\.timeline.trackID) == ["a@0-3", "a@2-5", "a@4-7", "a@5-8"])
    #expect(parts.map(\.sound.start) == [0, 2, 4, 5] && parts.map(\.sound.end) == [3, 5, 7, 8])
    #expect(Set(parts.map(\.piece)) == ["a"])
    #expect(track.excerpts(length: 8, hop: 2).map(\.timeline.trackID) == ["a"])
  }

  @Test func whatIsWrongIsRefusedWithFileAndLine() throws {
    try folder.text("x.csv", "track,start,end,label\na,0,4,piano\nnone,1,2,piano\n")
    #expect(
      refusal("x.csv")
        == "F/x.csv:3: track 'none': its audio F/none is not there; give the path from the folder of this file, or set tracks.audio-folder"
    )
    try folder.text("x.csv", "track,start,end,label\na,0,4,piano\na,4,9.5,drums\n")
    #expect(refusal("x.csv") == "F/x.csv:3: track 'a': has a time at 9.5 s, its audio F/a.wav lasts 8.0 s")
    try folder.text("x.csv", "track,start,end,label\na,soon,4,piano\n")
    #expect(refusal("x.csv") == "F/x.csv:2: has the start 'soon': write seconds in 0…86400.0, or M:SS")
    try folder.text("x.csv", "song,start,end,what\na,0,4,piano\n")
    #expect(
      refusal("x.csv")
        == "F/x.csv:1: has the columns song, start, end, what, and none that is track, nor label; a table of times has track, start, end "
        + "and label, of which end may be missing")
    try folder.text("a.lab", "0 3 drums\n3 12 piano\n")
    #expect(refusal("a.lab") == "F/a.lab: track 'a': its audio F/a.wav lasts 8.0 s, the annotation says 12.0 s")
    let line = #"{"track_id":"one","duration":8,"audio":"a.wav","lanes":[{"label":"piano","intervals":[[2,8]]}]}"# + "\n"
    try folder.text("l.jsonl", line + line)
    #expect(refusal("l.jsonl") == "F/l.jsonl:2: track 'one' is already in F/l.jsonl:1: ids must differ")
    try folder.text("l.jsonl", line.replacing(#""duration":8"#, with: #""duration":11"#))
    #expect(refusal("l.jsonl") == "F/l.jsonl:1: track 'one': its audio F/a.wav lasts 8.0 s, the annotation says 11.0 s")
    try folder.text("noise.wav", "no sound")
    try folder.text("noise.lab", "0 3 drums\n")
    #expect(
      refusal("noise.lab").hasPrefix("F/noise.lab: track 'noise': its audio F/noise.wav: is no audio that can be read here"))
    #expect(
      refusal("a.wav")
        == "F/a.wav: ends in '.wav'; annotations are .json, .jsonl, .lab, .txt, .jams, .csv and .tsv files, with sound beside them"
    )
  }

  @Test func badOnesAreLeftOutAndNamedWhereThatIsAskedFor() throws {
    try folder.text("x.csv", "track,start,end,label\nnone,1,2,piano\na,0,4,piano\nb,0,9,piano\n")
    let tracks = try read("x.csv", skipsBad: true)
    #expect(tracks.train.map(\.timeline.trackID) == ["a"])
    #expect(tracks.omitted.count == 2 && tracks.omitted[1].contains("x.csv:4: track 'b': has a time at 9.0 s"))
    try folder.text("x.csv", "track,start,end,label\nnone,1,2,piano\n")
    #expect {
      try read("x.csv", skipsBad: true)
    } throws: {
      "\($0)".contains("holds no track to learn from; 1 was left out, the first for: ")
    }
  }

  @Test func aSplitKeepsPiecesTogetherAndLeavesNoPartEmpty() throws {
    var lines = ""
    for index in 0..<6 {
      try folder.sound("t\(index).wav", seconds: 8, frequency: 200 + 10 * Double(index))
      lines += #"{"track_id":"t\#(index)","duration":8,"family":"f\#(index / 2)","#
      lines += #""lanes":[{"label":"piano","intervals":[[2,8]]}]}"# + "\n"
    }
    try folder.text("l.jsonl", lines)
    let tracks = try RecordedTracks(
      .all([folder.file("l.jsonl")], shares: [0.8, 0.1, 0.1]), content: .annotations)
    #expect([tracks.train, tracks.validation, tracks.test].map(\.count) == [2, 2, 2])
    #expect(Set(tracks.test.map(\.piece)).count == 1)
  }

  @Test func whatIsLearntFromIsNotHeldOut() throws {
    try folder.text("a.lab", "0 3 drums\n3 8 piano\n")
    let line = #"{"track_id":"a@2-8","duration":8,"audio":"a.wav","lanes":[{"label":"piano","intervals":[[2,8]]}]}"# + "\n"
    try folder.text("l.jsonl", line)
    #expect {
      try RecordedTracks(
        .parts(train: [folder.file("a.lab")], validation: [], test: [folder.file("l.jsonl")]), content: .annotations)
    } throws: {
      "\($0)".replacing(folder.path, with: "F")
        == "F/l.jsonl:1: track 'a@2-8' is of the piece 'a', which F/a.lab is learnt from: what is held out in tracks.test must not be; "
        + "give all files as tracks.all for a split that keeps pieces together"
    }
  }
}
