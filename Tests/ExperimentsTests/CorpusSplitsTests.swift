import AudioLanguageModel
import Experiments
import Files
import Foundation
import Music
import Options
import Randomness
import Testing
import Timelines

@testable import EncoderStages
@testable import ExperimentFiles
@testable import ExperimentPrograms
@testable import OptionFiles
@testable import Runs
@testable import Tracks

/// Splits of a small corpus that FluidSynth renders: needs the packages fluidsynth and timgm6mb-soundfont.
@Suite(.serialized) struct CorpusSplitsTests {
  /// Calls `body` with the folder of a corpus of four composed pieces.
  private func withCorpus(
    seed: UInt64 = 50, variations: Int = 0, _ body: (_ folder: String, _ manifest: CorpusManifest) throws -> Void
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for index in 0..<4 {
      let song = MIDIFile(piece: ComposedTrack.piece(seed: seed, index: index)).encoded()
      try Data(song).write(to: folder.appendingPathComponent("song-\(index).mid"))
    }
    let corpus = folder.appendingPathComponent("corpus").path
    var preparation = CorpusPreparation(folder: corpus, fluidSynth: try FluidSynth())
    preparation.variations = variations
    try body(corpus, try preparation.prepare(sources: [folder.path]) { _, _, _ in })
  }

  private func splits(_ yaml: String) throws -> TrackSplits {
    let text = "name: e\nstage: encoder\ntracks: \(yaml)"
    return try ExperimentFile(YAMLFile(text: text, path: "e.yaml")).tracks.splits()
  }

  @Test func aHeldOutCorpusIsAllHeldOutAndNotTrainedOn() throws {
    try withCorpus { folder, manifest in
      let splits = try splits("{train: 3, validation: 2, test-corpus: \(folder), excerpt: 30, hop: 30}")
      let heldOut = try (0..<splits.test.count).map { try splits.test.timeline($0).trackID }
      #expect(Set(heldOut.map { String($0.prefix { $0 != "@" }) }) == Set(manifest.pieces.map(\.id)))
      #expect(splits.train.count == 3 && splits.validation.count == 2)
      #expect(try splits.train.timeline(0).trackID.hasPrefix("composed"))
    }
  }

  /// As many rendered tracks as make up the share, after the corpus's own excerpts.
  @Test func excerptsHaveRenderedTracksBesideThem() throws {
    try withCorpus { folder, _ in
      let corpus = "source: corpus, folder: \(folder), excerpt: 20, hop: 10, folds: 2"
      let plain = try splits("{\(corpus)}").train
      let joined = try splits("{\(corpus), sound-font-share: 0.25, sound-font-programs: any}").train
      #expect(plain.count > 0 && joined.count == plain.count + Int((Double(plain.count) / 3).rounded(.up)))
      #expect(try joined.timeline(0) == plain.timeline(0))
      #expect(try joined.timeline(plain.count).trackID.hasPrefix("rendered"))
    }
  }

  /// Which pieces each split holds, variations with the number of what they vary.
  private func pieces(_ source: any TrackSource) throws -> Set<String> {
    Set(try (0..<source.count).map { String(try source.timeline($0).trackID.prefix { $0 != "@" }) })
  }

  @Test func variationsAreLearntFromWhereTheirPieceIs() throws {
    try withCorpus(variations: 2) { folder, manifest in
      let written = manifest.pieces.filter { $0.family == nil }
      #expect(written.count == 4)
      for piece in manifest.pieces {
        guard let family = piece.family else { continue }
        let origin = try #require(written.first { $0.midiDigest == family })
        #expect(piece.id.hasPrefix("\(origin.id)-v") && piece.split == origin.split && piece.midiDigest != family)
      }
      let heldOut = try (0..<2).map { fold in
        let splits = try splits("{source: corpus, folder: \(folder), excerpt: 20, hop: 10, folds: 2, fold: \(fold)}")
        let (train, test) = (try pieces(splits.train), try pieces(splits.test))
        #expect(test.isSubset(of: written.map(\.id)) && train.isDisjoint(with: test))
        for id in train { #expect(!test.contains(String(id.split(separator: "-v")[0]))) }
        #expect(train.count == 3 * train.intersection(written.map(\.id)).count)
        return test
      }
      #expect(heldOut[0].isDisjoint(with: heldOut[1]))
      #expect(heldOut[0].union(heldOut[1]).count == written.count { $0.split != .validation })
    }
  }

  @Test func furtherCorporaAreLearntFromAndNeverHoldWhatIsHeldOut() throws {
    try withCorpus { folder, _ in
      try withCorpus(seed: 51) { further, manifest in
        let corpus = "source: corpus, folder: \(folder), excerpt: 20, hop: 10, folds: 2"
        let plain = try splits("{\(corpus)}")
        let both = try splits("{\(corpus), further: [\(further)]}")
        #expect(both.train.count > plain.train.count && both.test.count == plain.test.count)
        #expect(try (0..<plain.train.count).allSatisfy { try both.train.timeline($0) == plain.train.timeline($0) })
        let error = #expect(throws: NamedError.self) { try splits("{\(corpus), further: [\(folder)]}") }
        #expect(error?.description.contains("song-0, which") == true && error?.description.contains("(4 such pieces)") == true)
      }
    }
  }

  /// The MIDI file beside the sound says how energetic a piece is, window by window; its whole curve is what its sections were cut from.
  @Test func piecesKnowTheIntensityOfTheirNotes() throws {
    try withCorpus { folder, _ in
      let splits = try splits("{source: corpus, folder: \(folder), excerpt: 600, hop: 600, folds: 2}")
      let whole = try splits.train.timeline(0)
      let curve = try #require(try splits.train.intensity(0))
      #expect(curve.duration == whole.duration && curve.sections == whole.sections)
      let windows = try self.splits("{source: corpus, folder: \(folder), excerpt: 20, hop: 20, folds: 2}").train
      #expect(try windows.intensity(1)?.values == Array(curve.values[80..<160]))
      let pool = SpectrogramPool(splits.train, kept: 0, window: 100, knowsNotes: true)
      let part = try pool.tracks([0])[0]
      #expect(part.timeline.intensity?.values.count == 80 && part.timeline.duration == 20)
      #expect(try SpectrogramPool(splits.train, kept: 0, window: 100).tracks([0])[0].timeline.intensity == nil)
      // A file of the same name that came later says nothing about the sound.
      let midi = "\(folder)/\(try splits.train.timeline(0).trackID.prefix { $0 != "@" }).mid"
      try Data(MIDIFile(piece: ComposedTrack.piece(seed: 99, index: 0)).encoded()).write(to: URL(fileURLWithPath: midi))
      let error = #expect(throws: MusicError.self) { try splits.train.intensity(0) }
      #expect("\(error.map { "\($0)" } ?? "")".contains("is not the file that"))
    }
  }

  @Test func composedTracksKnowTheirsWhoeverPlaysThem() throws {
    let splits = try splits(
      "{train: 4, validation: 0, test: 0, sound-font-share: 0.5, sound-font-pieces: 4, annotation-error: 1}")
    for index in 0..<splits.train.count {
      let timeline = try splits.train.timeline(index)
      let curve = try #require(try splits.train.intensity(index))
      #expect(curve.duration == timeline.duration && curve.values.contains { $0 > 0 })
      // Where a lane begins so do notes: the curve of another piece would be 0, or high, at other times.
      let first = timeline.lanes.flatMap(\.intervals).map(\.start).min() ?? 0
      #expect(curve.values[Int((first + 2) / IntensityCurve.step)] > 0)
    }
  }

  /// Which pieces a sound font plays is part of what a seed means: checkpoints were trained on them.
  @Test func theRenderedPiecesOfASeedStayTheSame() throws {
    let tracks = try RenderedTracks(count: 2, seed: 11, configuration: ComposedTrack.Configuration())
    let piece = Composer(options: ComposerOptions()).piece(
      id: "rendered-11-1", stream: RandomStream(seed: 11).derived(1).derived(1))
    #expect(try tracks.timeline(1).sections == piece.timeline.sections && tracks.intensity(1) == piece.intensity)
    #expect(tracks.intensity(0) != piece.intensity)
  }
}
