import Files
public import Music
import Numbers
import Randomness
public import Timelines

/// Annotated tracks by number; a track depends on its number alone.
public protocol TrackSource: Sendable {
  var count: Int { get }

  /// What is true of the track, and its log-mel spectrogram.
  func track(_ index: Int) throws -> (timeline: Timeline, spectrogram: LogMelSpectrogram)

  /// What is true of the track, without its sound.
  func timeline(_ index: Int) throws -> Timeline

  /// The track's sound.
  func signal(_ index: Int) throws -> AudioSignal

  /// How energetic the track is over time, from its notes; `nil` where they are not known.
  func intensity(_ index: Int) throws -> IntensityCurve?

  /// All that a track depends on beside the program, in words; equal words mean the same bytes. `nil` keeps it out of the cache.
  func identity(_ index: Int) -> String?
}

extension TrackSource {
  public func timeline(_ index: Int) throws -> Timeline { try track(index).timeline }

  public func signal(_ index: Int) throws -> AudioSignal {
    throw FileError(path: try timeline(index).trackID, message: "is a track of which there are features and no sound")
  }

  public func intensity(_ index: Int) throws -> IntensityCurve? { nil }

  public func identity(_ index: Int) -> String? { nil }
}

/// The three splits of an experiment; none shares a track with another.
public struct TrackSplits: Sendable {
  public let train: any TrackSource
  public let validation: any TrackSource
  public let test: any TrackSource

  public init(train: any TrackSource, validation: any TrackSource, test: any TrackSource) {
    self.train = train
    self.validation = validation
    self.test = test
  }

  /// The splits that the options describe; where annotations are to err, those of `train` do.
  init(_ options: TrackOptions) throws {
    let exact = try TrackSplits(exact: options)
    guard options.annotationError > 0 else {
      self = exact
      return
    }
    self.init(
      train: MisplacedTracks(
        exact.train, upTo: options.annotationError,
        stream: RandomStream(seed: options.seed).derived(0x616E, options.skip)),
      validation: exact.validation, test: exact.test)
  }

  private init(exact options: TrackOptions) throws {
    switch options.source {
    case .composed:
      func tracks(
        _ split: ComposedTracks.Split, _ count: Int, _ configuration: ComposedTrack.Configuration
      ) -> ComposedTracks {
        ComposedTracks(split: split, count: count, seed: options.seed, configuration: configuration)
      }
      var heldOut = options.composition
      heldOut.synthesizer = options.testSound
      self.init(
        train: try Self.training(options), validation: tracks(.validation, options.validation, options.composition),
        test: options.testCorpus.isEmpty
          ? tracks(.test, options.test, heldOut)
          : try Self.allPieces(of: try Corpus(folder: options.testCorpus), options) { $0.family == nil })
    case .corpus:
      let corpus = try Corpus(folder: options.folder)
      func tracks(_ split: CorpusSplit) throws -> CorpusTracks {
        try CorpusTracks(
          corpus, pieces: corpus.entries(in: split, fold: options.fold, of: options.folds), excerpt: options.excerpt,
          hop: options.hop)
      }
      var train: [any TrackSource] = [try tracks(.train)]
      for folder in options.further {
        let further = try Corpus(folder: folder)
        try Self.checkApart(corpus, from: further)
        train.append(try Self.allPieces(of: further, options))
      }
      let pieces = train.reduce(0) { $0 + $1.count }
      let played = (Double(pieces) * options.soundFontShare / (1 - options.soundFontShare)).rounded(.up)
      if played > 0 { train.append(try Self.rendered(options, count: Int(saturating: played), seed: options.seed)) }
      self.init(train: JoinedTracks(train), validation: try tracks(.validation), test: try tracks(.test))
    }
  }

  /// The composed tracks to learn from, with longer and differently played ones among them where the options ask for it.
  private static func training(_ options: TrackOptions) throws -> any TrackSource {
    func tracks(_ configuration: ComposedTrack.Configuration) -> ComposedTracks {
      ComposedTracks(
        split: .train, first: options.skip, count: options.train, seed: options.seed, configuration: configuration)
    }
    let usual = tracks(options.composition)
    guard options.longShare > 0 || options.soundFontShare > 0 else { return usual }
    var long = options.composition
    long.composer = options.long
    let rendered =
      options.soundFontShare > 0 ? try rendered(options, count: options.soundFontPieces, seed: usual.seed) : nil
    return MixedTracks(
      usual: usual, long: tracks(long), longShare: options.longShare, rendered: rendered,
      renderedShare: options.soundFontShare)
  }

  /// Throws where a corpus that is learnt from whole holds a piece of the one that is split.
  private static func checkApart(_ corpus: Corpus, from further: Corpus) throws {
    let known = Set(corpus.manifest.pieces.map { $0.family ?? $0.midiDigest })
    let shared = further.manifest.pieces.filter { known.contains($0.family ?? $0.midiDigest) }
    guard let first = shared.first else { return }
    throw NamedError(
      "tracks.further: \(further.folder) holds \(first.id), which \(corpus.folder) holds too and may hold out (\(shared.count) such pieces): "
        + "prepare it from other files")
  }

  /// The pieces of a corpus for which `holds` does, whatever their split.
  private static func allPieces(
    of corpus: Corpus, _ options: TrackOptions, where holds: (CorpusManifest.Entry) -> Bool = { _ in true }
  ) throws -> CorpusTracks {
    try CorpusTracks(corpus, pieces: corpus.manifest.pieces.filter(holds), excerpt: options.excerpt, hop: options.hop)
  }

  private static func rendered(_ options: TrackOptions, count: Int, seed: UInt64) throws -> RenderedTracks {
    try RenderedTracks(
      count: count, seed: seed, configuration: options.composition, usesStandIns: options.soundFontPrograms == .any)
  }
}
