import Foundation
import MusTBench
import Questions
import Recordings
import Testing
import Timelines

@Suite struct AskedRecordingsTests {
  private let folder: SoundFolder

  init() throws {
    folder = try SoundFolder()
    try FileManager.default.createDirectory(atPath: folder.file("audio"), withIntermediateDirectories: true)
    try folder.sound("audio/a.wav", seconds: 8)
    try folder.sound("audio/b.mp3", seconds: 6)
  }

  private func read(_ lines: [String], audioFolder: String = "", skipsBad: Bool = false) throws -> RecordedTracks {
    try folder.text("q.jsonl", lines.map { $0 + "\n" }.joined())
    return try RecordedTracks(
      .parts(train: [folder.file("q.jsonl")], validation: [], test: []), content: .questions,
      audioFolder: audioFolder.isEmpty ? "" : folder.file(audioFolder), forms: TaskCatalog.builtIn.forms, skipsBad: skipsBad)
  }

  private func refusal(_ lines: String...) -> String {
    do {
      _ = try read(lines)
      return ""
    } catch { return "\(error)".replacing(folder.path, with: "F") }
  }

  private func line(_ id: String, _ rest: String) -> String { #"{"id":"\#(id)","task":"tsg","question":"When?",\#(rest)}"# }

  @Test func questionsOfOneTrackHearOneStretch() throws {
    let tracks = try read([
      line("q1", #""track_id":"s","answers":[3.5],"audio":{"path":"audio/a.wav","start":1,"end":"0:07"},"category":"onset""#),
      line("q2", #""track_id":"t","answers":["0:02"],"audio":{"path":"audio/b.mp3"},"duration":6"#),
      line("q3", #""track_id":"s","answers":[5],"audio":{"path":"audio/a.wav","start":1,"end":7},"qa_type":"offset""#),
    ]).train
    #expect(tracks.map(\.timeline.trackID) == ["s", "t"])
    #expect(
      tracks[0].timeline.duration == 6
        && tracks[0].sound == RecordingExcerpt(path: folder.file("audio/a.wav"), start: 1, end: 7))
    #expect(tracks[0].questions?.map(\.id) == ["q1", "q3"] && tracks[0].questions?.map(\.category) == ["onset", "offset"])
    #expect(tracks[0].questions?.allSatisfy { $0.duration == 6 && $0.audio == tracks[0].sound } == true)
    #expect(tracks[0].questions?[0].references == [.instant(3.5)])
  }

  @Test func aTableOfMusTBenchFindsItsSoundByTrack() throws {
    let row =
      #"{"id":7,"track_id":"a","task":"MTR","category":null,"qa_type":null,"question":"Where?","answer":"0:01-0:03","#
      + #""answers":["0:01-0:03","0:05-0:06"],"split":"train","audio":null}"#
    let tracks = try read([row], audioFolder: "audio").train
    #expect(tracks[0].sound.path == folder.file("audio/a.wav") && tracks[0].timeline.duration == 8)
    #expect(tracks[0].questions?[0].task == "mtr" && tracks[0].questions?[0].duration == 8)
  }

  @Test func whatIsWrongIsRefusedWithFileAndLine() throws {
    let right = line("q1", #""track_id":"s","answers":[3],"audio":"audio/a.wav""#)
    #expect(
      refusal(right, line("q2", #""track_id":"x","answers":[3],"audio":"gone.wav""#))
        == "F/q.jsonl:2: question 'q2': its audio F/gone.wav is not there; give the path from the folder of this file, or set "
        + "tracks.audio-folder")
    #expect(refusal(right, right) == "F/q.jsonl:2: the id 'q1' is already that of F/q.jsonl:1: ids must differ")
    #expect(
      refusal(right, line("q2", #""track_id":"s","answers":[3],"audio":"audio/b.mp3""#)).hasPrefix(
        "F/q.jsonl:2: question 'q2' hears F/audio/b.mp3 0.0–"))
    #expect(
      refusal(line("q1", #""answers":[3],"audio":{"path":"audio/a.wav","start":4,"end":12}"#))
        == "F/q.jsonl:1: question 'q1': is about F/audio/a.wav 4.0–12.0 s, which lasts 8.0 s")
    #expect(
      refusal(line("q1", #""answers":[3],"audio":"audio/a.wav","duration":12"#))
        == "F/q.jsonl:1: question 'q1': is about a track of 12.0 s, its audio F/audio/a.wav 0.0–8.0 s lasts 8.0 s; where only a stretch "
        + "is meant, write \"audio\": {\"path\": …, \"start\": …, \"end\": …}")
    #expect(
      refusal(line("q1", #""answers":["0:10"],"audio":"audio/a.wav""#))
        == "F/q.jsonl:1: question 'q1' has the reference 0:10, past the end of the track at 0:08")
    try folder.text("noise.wav", "no sound")
    #expect(
      refusal(line("q1", #""answers":[1],"audio":"noise.wav""#)).hasPrefix(
        "F/q.jsonl:1: question 'q1': its audio F/noise.wav: is no audio that can be read here"))
  }

  @Test func badOnesAreLeftOutAndNamedWhereThatIsAskedFor() throws {
    let tracks = try read(
      [
        line("q1", #""track_id":"s","answers":[3],"audio":"audio/a.wav""#), "{",
        line("q3", #""track_id":"x","answers":[3],"audio":"gone.wav""#),
      ], skipsBad: true)
    #expect(tracks.train.count == 1 && tracks.omitted.count == 2)
    #expect(tracks.omitted[0].contains("q.jsonl:2: ") && tracks.omitted[1].contains("q.jsonl:3: question 'q3': its audio"))
  }

  @Test func aTrackThatIsLearntFromIsNotAskedAboutElsewhere() throws {
    let train = try folder.text("train.jsonl", line("q1", #""track_id":"s","answers":[3],"audio":"audio/a.wav""#) + "\n")
    let test = try folder.text("test.jsonl", line("q2", #""track_id":"s","answers":[5],"audio":"audio/a.wav""#) + "\n")
    #expect {
      try RecordedTracks(
        .parts(train: [train], validation: [], test: [test]), content: .questions, forms: TaskCatalog.builtIn.forms)
    } throws: { "\($0)".contains("track 's' is of the piece 's', which") }
    let other = try folder.text("other.jsonl", line("q2", #""track_id":"u","answers":[5],"audio":"audio/b.mp3""#) + "\n")
    let tracks = try RecordedTracks(
      .parts(train: [train], validation: [other], test: [other]), content: .questions, forms: TaskCatalog.builtIn.forms)
    #expect(tracks.validation.count == 1 && tracks.test.count == 1)
  }
}
