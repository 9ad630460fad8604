import Files
public import Music
public import Options

/// Which tracks an experiment uses, and how they are split.
public struct TrackOptions: Sendable, Hashable {
  public enum Source: String, Sendable, CaseIterable {
    /// Composed and rendered on the fly from a seed.
    case composed
    /// A folder that `takt music corpus` prepared.
    case corpus
  }

  /// Which programs of General MIDI play the parts of the tracks that a sound font plays.
  public enum SoundFontPrograms: String, Sendable, CaseIterable {
    /// Those that sound like the composed instrument.
    case own
    /// Also those of families that the composer does not write for; the lane gets the family's label.
    case any
  }

  public var source: Source
  public var seed: UInt64
  /// Folder of a corpus.
  public var folder: String
  /// Folders of further corpora, all of whose pieces are learnt from.
  public var further: [String]
  /// Length of the excerpts of a corpus's pieces, and the distance of their starts, in seconds.
  public var excerpt: Double
  public var hop: Double
  /// Parts of a corpus's pieces for cross-validation, and which of them is held out; with one the corpus's own split holds.
  public var folds: Int
  public var fold: Int
  public var train: Int
  public var validation: Int
  public var test: Int
  /// Folder of a corpus that is held out in place of composed tracks, all of it; empty for composed tracks.
  public var testCorpus: String
  /// How composed tracks are written and rendered.
  public var composition: ComposedTrack.Configuration
  /// How the held-out composed tracks sound; as the others unless the options say otherwise.
  public var testSound: SynthesizerOptions
  /// Whether training starts at track `skip` of the training stream, so that a later stage hears new tracks.
  public var skip: Int
  /// How far the times in the training tracks' annotations may lie from the truth, in seconds; held-out ones are exact.
  public var annotationError: Double
  /// Training tracks whose spectrograms the encoder's stage keeps in memory; others are made again when they are needed.
  public var kept: Int
  /// How many training tracks are longer pieces, and of what length.
  public var longShare: Double
  public var long: ComposerOptions
  /// How many training tracks a sound font plays, and how many such tracks there are.
  public var soundFontShare: Double
  public var soundFontPieces: Int
  public var soundFontPrograms: SoundFontPrograms

  public init(options: inout OptionReader) {
    source = options.choice("source", default: Source.composed, help: "where the tracks come from")
    seed = UInt64(options.integer("seed", default: 1, in: 0...Int(Int32.max), help: "seed of the composer"))
    folder = options.text("folder", default: "data/real-midi", help: "folder of a corpus")
    further = options.words(
      "further", default: [], help: "folders of further corpora; all of their pieces are learnt from, none is held out")
    if source == .composed, !further.isEmpty {
      options.record("has no effect with composed tracks: leave it out", at: "further")
    }
    excerpt = options.number("excerpt", default: 60, in: 10...600, unit: "s", help: "length of a corpus's excerpts")
    hop = options.number("hop", default: 30, in: 1...600, unit: "s", help: "distance of their starts")
    folds = options.integer(
      "folds", default: 1, in: 1...20, help: "parts of a corpus for cross-validation; 1 for the corpus's own split")
    fold = options.integer("fold", default: 0, in: 0...19, help: "the part that is held out, less than folds")
    if fold >= folds {
      options.record("must be less than 'folds' (\(folds)), not \(fold)", at: "fold")
      fold = 0
    }
    train = options.integer("train", default: 1400, in: 1...1_000_000, help: "tracks to learn from (composed)")
    validation = options.integer("validation", default: 100, in: 0...100_000, help: "tracks for choices (composed)")
    test = options.integer("test", default: 400, in: 0...100_000, help: "held-out tracks for the final figures (composed)")
    testCorpus = options.text(
      "test-corpus", default: "",
      help:
        "folder of a corpus whose pieces are held out, all of them, in place of composed tracks: how far what is learnt carries over"
    )
    if source == .corpus, !testCorpus.isEmpty {
      options.record("has no effect with a corpus, which holds out pieces of its own: leave it out", at: "test-corpus")
    }
    let composition = options.section("composition") { ComposedTrack.Configuration(options: &$0) }
    self.composition = composition
    testSound = options.section("test-sound") { SynthesizerOptions(options: &$0, usual: composition.synthesizer) }
    if testSound != composition.synthesizer, source == .corpus || !testCorpus.isEmpty {
      options.record("has no effect where the held-out tracks are a corpus's: leave it out", at: "test-sound")
    }
    skip = options.integer("skip", default: 0, in: 0...10_000_000, help: "training tracks to leave to earlier stages")
    annotationError = options.number(
      "annotation-error", default: 0, in: 0...60, unit: "s",
      help: "largest error of the times in the training tracks' annotations")
    kept = options.integer(
      "kept", default: 2400, in: 0...1_000_000, help: "spectrograms that the encoder stage keeps; 0.75 MB a minute each")
    longShare = options.number("long-share", default: 0, in: 0...1, help: "share of longer pieces among the training tracks")
    long = options.section("long") { ComposerOptions(longer: &$0) }
    soundFontShare = options.number(
      "sound-font-share", default: 0, in: 0...1,
      help: "share of training tracks that FluidSynth plays with a sound font; beside a corpus's excerpts too")
    soundFontPieces = options.integer(
      "sound-font-pieces", default: 300, in: 1...100_000,
      help: "pieces played so; they come again and again (composed; with a corpus the number follows from the share)")
    soundFontPrograms = options.choice(
      "sound-font-programs", default: SoundFontPrograms.own,
      help: "programs like the composed instruments, or also of families that the composer does not write for")
    if source == .corpus, soundFontShare > 0.9 {
      options.record(
        "must be at most 0.9 with a corpus, whose excerpts are the other training tracks, not \(soundFontShare)",
        at: "sound-font-share")
      soundFontShare = 0
    }
    if source == .corpus, longShare > 0 {
      options.record("has no effect with a corpus: leave it out", at: "long-share")
    }
    if longShare + soundFontShare > 1 {
      options.record("and 'sound-font-share' (\(soundFontShare)) must not be more than 1 together", at: "long-share")
    }
  }
}

extension TrackOptions {
  /// Throws where a sound font's stand-ins play instruments that the encoder has no columns for: what it is taught of them would be silence.
  func check(heardBy instruments: [String]) throws {
    guard soundFontShare > 0, soundFontPrograms == .any else { return }
    let brought = Set(Instrument.allCases.flatMap(\.standIns).map { GeneralMIDI.label(ofProgram: $0, isDrums: false) })
    let unheard = brought.subtracting(instruments).sorted()
    guard unheard.isEmpty else {
      throw NamedError(
        "tracks.sound-font-programs: any brings in \(unheard.joined(separator: ", ")), and the encoder listens for "
          + "\(instruments.joined(separator: ", ")): add them to encoder.instruments in stage encoder, or say own")
    }
  }
}
