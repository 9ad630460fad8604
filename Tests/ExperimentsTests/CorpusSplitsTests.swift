import AudioLanguageModel
import Foundation
import Music
import Options
import Testing
import Timelines

@testable import Experiments

/// Splits of a small corpus that FluidSynth renders: needs the packages fluidsynth and timgm6mb-soundfont.
@Suite(.serialized) struct CorpusSplitsTests {
  /// Calls `body` with the folder of a corpus of four composed pieces.
  private func withCorpus(_ body: (_ folder: String, _ manifest: CorpusManifest) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for index in 0..<4 {
      let song = MIDIFile(piece: ComposedTrack.piece(seed: 50, index: index)).encoded()
      try Data(song).write(to: folder.appendingPathComponent("song-\(index).mid"))
    }
    let corpus = folder.appendingPathComponent("corpus").path
    let preparation = CorpusPreparation(folder: corpus, fluidSynth: try FluidSynth())
    try body(corpus, try preparation.prepare(sources: [folder.path]) { _, _, _ in })
  }

  private func splits(_ yaml: String) throws -> TrackSplits {
    let text = "name: e\nstage: encoder\ntracks: \(yaml)"
    return try TrackSplits(try ExperimentFile(YAMLFile(text: text, path: "e.yaml")).tracks)
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
}
