import Files
import Foundation
import Music
import Testing
import Timelines

@Suite struct CorpusTests {
  private func song(_ index: Int) -> [UInt8] { MIDIFile(piece: ComposedTrack.piece(seed: 40, index: index)).encoded() }

  /// An archive with two songs and a copy, a folder with a third, a damaged file and one that is too short.
  private func sources() throws -> Folder {
    let folder = try Folder()
    try folder.write(WADWriting.bytes([("D_ONE", song(1)), ("D_TWO", song(2)), ("D_COPY", song(1))]), to: "a.wad")
    try folder.write(song(3), to: "The third.mid")
    try folder.write(song(4).prefix(100), to: "broken.mid")
    let note = MIDIEvent(tick: 0, message: .noteOn(channel: 0, key: 60, velocity: 90))
    let end = MIDIEvent(tick: 960, message: .noteOff(channel: 0, key: 60, velocity: 0))
    try folder.write(MIDIFile(format: 0, division: .ticksPerQuarter(480), tracks: [[note, end]]).encoded(), to: "short.mid")
    return folder
  }

  private func prepare(
    _ sources: [String], in folder: Folder, variations: Int = 0
  ) throws -> (manifest: CorpusManifest, events: [String]) {
    var events: [String] = []
    var counts: [Int] = []
    var preparation = CorpusPreparation(folder: folder.file("corpus"), fluidSynth: try FluidSynth())
    preparation.variations = variations
    let manifest = try preparation.prepare(sources: sources) { progress, done, count in
      counts.append(done)
      #expect(done <= count)
      switch progress {
      case .rendered(let id, _): events.append("rendered \(id)")
      case .kept(let id): events.append("kept \(id)")
      case .skipped(let origin, _): events.append("skipped \(origin.split(separator: "/").last ?? "")")
      }
    }
    #expect(counts == Array(1...counts.count))
    return (manifest, events)
  }

  @Test func preparesSkipsAndGoesOn() throws {
    let sources = try sources()
    let target = try Folder()
    let (manifest, events) = try prepare([sources.path, "/no/such.mid"], in: target)
    #expect(
      events == [
        "skipped such.mid", "rendered the-third", "rendered a-one", "rendered a-two", "skipped a.wad:D_COPY",
        "skipped broken.mid",
        "skipped short.mid",
      ])
    #expect(manifest.pieces.map(\.id) == ["a-one", "a-two", "the-third"])
    let reasons = manifest.skipped.map(\.reason)
    #expect(reasons[0].contains("/no/such.mid: there is no such file"))
    #expect(reasons[1] == "is the same as \(sources.file("a.wad")):D_ONE")
    #expect(reasons[2].hasPrefix("ends inside"))
    #expect(reasons[3] == "lasts 1.0 s and has 1 instruments; at least 20.0 s and 2 are asked for")

    let corpus = try Corpus(folder: target.file("corpus"))
    #expect(corpus.manifest == manifest)
    for entry in manifest.pieces {
      let piece = try corpus.piece(entry.id)
      #expect(piece.timeline.duration == entry.duration)
      #expect(piece.timeline.lanes.map(\.label) == entry.instruments)
      #expect(piece.split == entry.split)
      let audio = try AudioFile.read(target.file("corpus/\(piece.audio)"))
      #expect(audio.duration == entry.duration)
    }

    // One record and one sound are lost, as if the preparation had been stopped: only they are made again, to the same bytes.
    try FileManager.default.removeItem(atPath: target.file("corpus/a-two.json"))
    try Data([1, 2, 3]).write(to: URL(fileURLWithPath: target.file("corpus/the-third.flac")))
    let again = try prepare([sources.path], in: target)
    #expect(again.events.filter { !$0.hasPrefix("skipped") } == ["rendered the-third", "kept a-one", "rendered a-two"])
    #expect(again.manifest.pieces == manifest.pieces)
  }

  /// FluidSynth leaves no sound of a file in SMPTE time: neither the file, nor a copy of it as a copy, nor a variation is kept or told of.
  @Test func whatCannotBeRenderedHasNoCopiesAndNoVariations() throws {
    let sources = try Folder()
    var silent = MIDIFile(piece: ComposedTrack.piece(seed: 40, index: 5))
    silent.division = .ticksPerSecond(30 * 208)
    for name in ["first.mid", "second.mid"] { try sources.write(silent.encoded(), to: name) }
    try sources.write(song(6), to: "zebra.mid")
    let (manifest, events) = try prepare([sources.path], in: try Folder(), variations: 3)
    #expect(manifest.skipped.map(\.origin) == [sources.file("first.mid"), sources.file("second.mid")])
    #expect(manifest.skipped.allSatisfy { $0.reason.contains("at least") && !$0.reason.contains("the same") })
    #expect(Set(manifest.pieces.map { $0.id.prefix(5) }) == ["zebra"] && events.count == 12)
  }

  @Test func excerptsAreCutFromSoundAndTimeline() throws {
    let sources = try Folder()
    try sources.write(song(7), to: "seven.mid")
    let target = try Folder()
    _ = try prepare([sources.file("seven.mid")], in: target)
    let corpus = try Corpus(folder: target.file("corpus"))
    let piece = try corpus.piece("seven")
    let (timeline, signal) = try corpus.excerpt(of: piece, window: Interval(10, 25))
    #expect(timeline == piece.timeline.cropped(to: Interval(10, 25)))
    #expect(signal.duration == 15)
    let whole = try AudioFile.read(target.file("corpus/seven.flac"))
    #expect(signal.samples == Array(whole.samples[160_000..<400_000]))
  }

  @Test func absentAndForeignCorporaAreNamed() throws {
    let folder = try Folder()
    #expect(message { _ = try Corpus(folder: folder.path) }.contains("manifest.json: is not there: prepare the corpus first"))
    try folder.write(Array("{}".utf8), to: "manifest.json")
    #expect(message { _ = try Corpus(folder: folder.path) }.contains("is not what the corpus's preparation writes"))
    try folder.write(
      Array(#"{"version": 99, "soundFont": "x", "soundFontDigest": "", "pieces": [], "skipped": []}"#.utf8), to: "manifest.json"
    )
    #expect(message { _ = try Corpus(folder: folder.path) }.contains("is of version 99; this program reads 3"))
  }

  @Test func nothingUsableIsAnError() throws {
    let folder = try Folder()
    #expect(message { _ = try prepare([folder.path], in: folder) }.contains("held no MIDI file that can be used (0 skipped)"))
  }

  @Test func splitsAreByContentAndAboutEightToOneToOne() {
    let splits = (0..<2000).map { CorpusSplit(digest: SHA256.hexadecimal(Array("\($0)".utf8))) }
    #expect(abs(splits.count { $0 == .test } - 200) < 45)
    #expect(abs(splits.count { $0 == .validation } - 200) < 45)
    #expect(CorpusSplit(digest: "0000000a") == .test)
    #expect(CorpusSplit(digest: "0000000b") == .validation)
    #expect(CorpusSplit(digest: "0000000c") == .train)
  }

  @Test func everyFoldTestsItsOwnPieces() {
    // Digests whose first 32 bits are 0 … 99 and whose next are 7 times that.
    let digests = (0..<100).map { index in
      let (first, next) = (String(index, radix: 16), String(7 * index, radix: 16))
      return String(repeating: "0", count: 8 - first.count) + first + String(repeating: "0", count: 8 - next.count) + next
    }
    let folds = (0..<3).map { fold in digests.map { CorpusSplit(digest: $0, fold: fold, of: 3) } }
    for index in digests.indices {
      let parts = folds.map { $0[index] }
      if index % 10 == 1 {
        #expect(parts.allSatisfy { $0 == .validation })
      } else {
        #expect(parts.map { $0 == .test } == (0..<3).map { $0 == 7 * index % 3 })
        #expect(!parts.contains(.validation))
      }
    }
  }
}
