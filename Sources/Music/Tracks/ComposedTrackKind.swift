package import Music
package import Options
import Randomness

/// Tracks that are composed and rendered on the fly from a seed.
package struct ComposedTrackKind: TrackSourceKind {
  package static let name = "composed"
  package static let summary = "tracks that are composed and rendered on the fly from a seed"

  package var seed: UInt64
  /// How many there are in each split.
  package var train: Int
  package var validation: Int
  package var test: Int
  /// The training track to begin at, so that a later stage hears new ones.
  package var skip: Int
  /// How tracks are written and rendered.
  package var composition: ComposedTrack.Configuration
  /// How the held-out tracks sound; as the others unless the options say otherwise.
  package var testSound: SynthesizerOptions
  /// Folder of a corpus that is held out in place of composed tracks, all of it; empty for composed tracks.
  package var testCorpus: String
  var excerpts: ExcerptOptions
  /// How many training tracks are longer pieces, and of what length.
  package var longShare: Double
  package var long: ComposerOptions
  package var soundFont: SoundFontShare
  /// How many tracks there are that a sound font plays.
  package var soundFontPieces: Int
  /// How far the times in the training tracks' annotations may lie from the truth, in seconds; held-out ones are exact.
  package var annotationError: Double

  package init(options: inout OptionReader) {
    seed = options.seedOfTracks()
    train = options.integer("train", default: 1400, in: 1...1_000_000, help: "tracks to learn from")
    validation = options.integer("validation", default: 100, in: 0...100_000, help: "tracks for choices")
    test = options.integer("test", default: 400, in: 0...100_000, help: "held-out tracks for the final figures")
    skip = options.integer("skip", default: 0, in: 0...10_000_000, help: "training tracks to leave to earlier stages")
    let composition = options.section("composition") { ComposedTrack.Configuration(options: &$0) }
    self.composition = composition
    testSound = options.section("test-sound") { SynthesizerOptions(options: &$0, usual: composition.synthesizer) }
    testCorpus = options.text(
      "test-corpus", default: "",
      help:
        "folder of a corpus whose pieces are held out, all of them, in place of composed tracks: how far what is learnt carries over"
    )
    if !testCorpus.isEmpty, testSound != composition.synthesizer {
      options.record("has no effect where the held-out tracks are a corpus's: leave it out", at: "test-sound")
    }
    excerpts = testCorpus.isEmpty ? ExcerptOptions() : ExcerptOptions(options: &options)
    longShare = options.number("long-share", default: 0, in: 0...1, help: "share of longer pieces among the training tracks")
    long = options.section("long") { ComposerOptions(longer: &$0) }
    soundFont = SoundFontShare(options: &options, most: 1)
    soundFontPieces = options.integer(
      "sound-font-pieces", default: 300, in: 1...100_000, help: "pieces that a sound font plays; they come again and again")
    annotationError = options.annotationError()
    if longShare + soundFont.share > 1 {
      options.record("and 'sound-font-share' (\(soundFont.share)) must not be more than 1 together", at: "long-share")
    }
  }

  package var files: [String] { testCorpus.isEmpty ? [] : ["\(testCorpus)/manifest.json"] }

  package var holdsOut: Bool { test > 0 }

  package func check(heardBy instruments: [String]) throws { try soundFont.check(heardBy: instruments) }

  package func splits() throws -> TrackSplits {
    var heldOut = composition
    heldOut.synthesizer = testSound
    return TrackSplits(
      train: try training().misplaced(upTo: annotationError, seed: seed, skip: skip),
      validation: tracks(.validation, validation, composition),
      test: testCorpus.isEmpty
        ? tracks(.test, test, heldOut) : try excerpts.tracks(of: try Corpus(folder: testCorpus)) { $0.family == nil })
  }

  private func tracks(
    _ split: ComposedTracks.Split, first: Int = 0, _ count: Int, _ configuration: ComposedTrack.Configuration
  ) -> ComposedTracks {
    ComposedTracks(split: split, first: first, count: count, seed: seed, configuration: configuration)
  }

  /// The tracks to learn from, with longer and differently played ones among them where the options ask for it.
  private func training() throws -> any TrackSource {
    let usual = tracks(.train, first: skip, train, composition)
    guard longShare > 0 || soundFont.share > 0 else { return usual }
    var longer = composition
    longer.composer = long
    let rendered =
      soundFont.share > 0 ? try soundFont.tracks(soundFontPieces, seed: usual.seed, composition: composition) : nil
    return MixedTracks(
      usual: usual, long: tracks(.train, first: skip, train, longer), longShare: longShare, rendered: rendered,
      renderedShare: soundFont.share)
  }
}
