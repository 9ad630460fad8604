import Files
import Foundation
import MusTBench
import Music
import Options
import Questions
import Testing
import Timelines

@testable import CommandTexts
@testable import Evaluations
@testable import Listening

struct AnnotatedTracksTests {
  private static let good = #"""
    {"track_id":"song","duration":60,"lanes":[{"label":"piano","intervals":[[30,50],[4,20.5]]}],"sections":[{"start":0,"end":30,"intensity":0.2},{"start":30,"end":60,"label":"b","intensity":1}]}
    """#

  private func load(_ paths: [String], skipsBad: Bool = false) throws -> (tracks: AnnotatedTracks, intake: Intake) {
    var intake = Intake(skipsBad: skipsBad)
    var tracks = AnnotatedTracks()
    try tracks.add(paths: paths, intake: &intake)
    return (tracks, intake)
  }

  @Test func timelinesAreReadInBothForms() throws {
    let scratch = try Scratch()
    let expected = Timeline(
      trackID: "song", duration: 60, lanes: [.init(label: "piano", intervals: [Interval(4, 20.5), Interval(30, 50)])],
      sections: [
        .init(interval: Interval(0, 30), label: "", intensity: 0.2),
        .init(interval: Interval(30, 60), label: "b", intensity: 1),
      ])
    let lines = try scratch.file("a.jsonl", Self.good, "", "")
    #expect(try load([lines]).tracks.timelines == [expected])
    let ours = scratch.folder + "/own.json"
    try JSONEncoder().encode(expected).write(to: URL(fileURLWithPath: ours))
    #expect(try load([ours]).tracks.timelines == [expected])
  }

  /// What is refused, and in which words.
  static let faults: [(line: String, message: String)] = [
    (
      good.replacing("[4,20.5]", with: "[20.5,4]"),
      "'piano' has the reversed interval 20.5–4.0 s: the end lies before the start"
    ),
    (
      good.replacing("[4,20.5]", with: "[4,31]"),
      "track 'song': 'piano' has the overlapping intervals 4.0–31.0 s and 30.0–50.0 s"
    ),
    (
      good.replacing("[30,50]", with: "[30,75]"),
      "track 'song': 'piano' is annotated up to 75.0 s, past the end of the track at 60.0 s"
    ),
    (
      #"{"track_id":"x","duration":30,"lanes":[{"label":"piano","intervals":[[0,30]]}]}"#,
      "track 'x': nothing enters, leaves, rises or falls more than 2.0 s from its ends: there is nothing to ask"
    ),
    (good.replacing("piano", with: "kazoo"), "track 'song': 'kazoo' is no known instrument; known: piano, bass"),
    (good.replacing("\"duration\":60,", with: ""), "the key 'duration' is missing"),
    (good.replacing("[4,20.5]", with: "[4]"), "an interval has a start and an end, not 1 numbers"),
    (
      good.replacing("\"duration\"", with: "\"audio\":\"none.wav\",\"duration\""), "track 'song': its audio "
    ),
    ("{", "is no JSON object: "),
  ]

  @Test(arguments: faults.indices) func badLinesAreRefusedWithFileLineAndReason(index: Int) throws {
    let scratch = try Scratch()
    let (line, expected) = Self.faults[index]
    let path = try scratch.file(
      "t.jsonl", Self.good.replacing("song", with: "first"), line, Self.good.replacing("song", with: "last"))
    let text = message { _ = try load([path]) }
    #expect(text.hasPrefix("\(path):2: \(expected)"), "\(text)")
    let rest = try load([path], skipsBad: true)
    #expect(rest.tracks.timelines.map(\.trackID) == ["first", "last"])
    #expect(rest.intake.skipped == [text])
    #expect(rest.intake.report.hasPrefix("skipped 1:\n  \(path):2: "))
  }

  /// Records as the preparation of a corpus writes them: a piece is known by its checksum, a variation by that of its piece.
  @Test func variationsOfAPieceAreOnOneSideOfASplit() throws {
    let scratch = try Scratch()
    var lines: [String] = []
    for piece in 0..<12 {
      for number in 0...8 {
        let name = number == 0 ? "piece\(piece)" : "piece\(piece)-v\(number)"
        let digest = String(repeating: "\(piece % 10)", count: 60) + String(1000 + piece)
        let family = number == 0 ? "" : #""family":"\#(digest)","#
        lines.append(
          #"{"version":1,"id":"\#(name)",\#(family)"midiDigest":"\#(number == 0 ? digest : name)","timeline":"#
            + Self.good.replacing("song", with: name) + "}")
      }
    }
    let tracks = try load([try scratch.file("corpus.jsonl", lines: lines)]).tracks
    let questions = tracks.questions(tasks: ["tsg"], seed: 1)
    #expect(Set(questions.map(\.trackID)).count == 12 * 9)
    let folder = scratch.folder + "/parts"
    _ = try QuestionFile.write(questions, split: .standard, to: folder, columns: .takt)
    var sides: [String: Set<String>] = [:]
    var count = 0
    for part in ["train", "validation", "test"] {
      let path = "\(folder)/\(part).jsonl"
      guard FileManager.default.contents(atPath: path)?.isEmpty == false else { continue }
      var intake = Intake(skipsBad: false)
      for question in try QuestionFile(path: path, intake: &intake).questions {
        // The family survives the file, so that a split of a part keeps them together too.
        #expect(TrackSplit.standard.part(of: question) == part)
        sides[String(question.trackID.prefix { $0 != "-" }), default: []].insert(part)
        count += 1
      }
    }
    #expect(count == questions.count && sides.count == 12)
    #expect(sides.values.allSatisfy { $0.count == 1 }, "\(sides)")
    #expect(Set(sides.values).count > 1)
  }

  @Test func idsDiffer() throws {
    let scratch = try Scratch()
    let path = try scratch.file("t.jsonl", Self.good, Self.good)
    #expect(message { _ = try load([path]) } == "\(path):2: track 'song' is already in \(path):1: ids must differ")
  }

  @Test func audioIsOpenedAndMeasured() throws {
    let scratch = try Scratch()
    try AudioFile.write(AudioSignal(samples: [Float](repeating: 0, count: 16_000 * 10)), to: scratch.folder + "/short.wav")
    let noise = try scratch.file("noise.wav", "this is no sound")
    let short = Self.good.replacing("\"duration\"", with: "\"audio\":\"short.wav\",\"duration\"")
    let path = try scratch.file("t.jsonl", short)
    #expect(
      message { _ = try load([path]) }
        == "\(path):1: track 'song': its audio \(scratch.folder)/short.wav lasts 10.0 s, the annotation says 60.0 s")
    let broken = try scratch.file("u.jsonl", short.replacing("short.wav", with: "noise.wav"))
    #expect(message { _ = try load([broken]) }.hasPrefix("\(broken):1: track 'song': its audio \(noise): is no audio"))
  }

  @Test func midiFilesAndFoldersAreRead() throws {
    let scratch = try Scratch()
    let piece = ComposedTrack.piece(seed: 3, index: 0)
    try Data(MIDIFile(piece: piece).encoded()).write(to: URL(fileURLWithPath: scratch.folder + "/piece.mid"))
    try JSONEncoder().encode(ComposedTrack.piece(seed: 3, index: 1).timeline).write(
      to: URL(fileURLWithPath: scratch.folder + "/other.json"))
    let tracks = try load([scratch.folder]).tracks.timelines
    #expect(tracks.map(\.trackID) == ["composed-3-1", "piece"])
    #expect(Set(tracks[1].lanes.map(\.label)) == Set(piece.timeline.lanes.map(\.label)))
    let broken = try scratch.file("broken.mid", "MThd")
    #expect(message { _ = try load([broken]) }.hasPrefix("\(broken): "))
    #expect(try load([scratch.folder], skipsBad: true).intake.skipped.count == 1)
    #expect(message { _ = try load([scratch.folder + "/nothing"]) }.hasSuffix("there is no such file or folder"))
  }

  @Test func annotationsGiveALaneForEachLabel() throws {
    let scratch = try Scratch()
    let lab = try scratch.file("song.lab", "0.383\t12.25\tIntro", "12.25\t40\tRefrain", "40\t70\tA", "70\t90\tRefrain")
    let jams = try scratch.file(
      "other.jams",
      #"{"file_metadata":{"duration":60},"annotations":[{"namespace":"segment_open","data":[{"time":5,"duration":20,"value":"verse"}]}]}"#
    )
    let tracks = try load([scratch.folder]).tracks
    #expect(tracks.timelines.map(\.trackID) == ["other", "song"])
    #expect(tracks.timelines[1].lanes.map(\.label) == ["Intro", "Refrain", "A"])
    #expect(tracks.timelines[1].lanes[1].intervals == [Interval(12.25, 40), Interval(70, 90)])
    let questions = tracks.questions(tasks: ["tsg"], seed: 0)
    #expect(questions.contains { $0.text == "When does the A finally stop playing?" && $0.references == [.instant(70)] })
    #expect(try MusicFiles.inspect(lab).contains("When does the Refrain first start to play?  → 0:12"))
    #expect(try MusicFiles.inspect(jams).contains("When does the verse first start to play?  → 0:05"))
    let broken = try scratch.file("z.lab", "0 1 A", "3 2 B")
    #expect(
      message { _ = try load([broken]) } == "\(broken):2: has the reversed segment 3.0–2.0 s: the end lies before the start")
    #expect(try load([scratch.folder], skipsBad: true).intake.skipped.count == 1)
  }

  @Test func audioIsMeasuredByDecoding() throws {
    let scratch = try Scratch()
    try AudioFile.write(AudioSignal(samples: [Float](repeating: 0.1, count: 16_000 * 60)), to: scratch.folder + "/whole.flac")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: scratch.folder + "/whole.flac"))
    try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: scratch.folder + "/half.flac"))
    let line = Self.good.replacing("\"duration\"", with: "\"audio\":\"half.flac\",\"duration\"")
    let path = try scratch.file("t.jsonl", line)
    #expect(message { _ = try load([path]) }.contains("half.flac: is damaged: its header promises 60.0 s"))
    #expect(try load([try scratch.file("u.jsonl", line.replacing("half", with: "whole"))]).tracks.timelines.count == 1)
  }

  @Test func balancingLowersTheBestBlindScore() {
    var tracks = AnnotatedTracks()
    tracks.add(composed: 0..<150, seed: 5)
    let all = tracks.questions(tasks: TaskCatalog.builtIn.names, seed: 5)
    let kept = tracks.balanced(all, kept: 0.5, limit: nil, seed: 5)
    func best(_ questions: [Question], _ task: String, _ category: String) -> Double {
      BlindScore.best(for: questions).filter { $0.task == task && $0.category == category }.map(\.score).max() ?? 1
    }
    #expect(best(kept, "tsg", "onset") < best(all, "tsg", "onset") - 0.03)
    #expect(best(kept, "tsg", "offset") < best(all, "tsg", "offset") - 0.03)
    #expect(best(kept, "ltr", "") < 0.26)
    #expect(best(kept, "gto", "") < 0.175)
    #expect(Set(kept.map(\.task)) == Set(TaskCatalog.builtIn.names))
    #expect(kept.count >= all.count / 2)
  }
}
