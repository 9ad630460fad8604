import Files
package import Music
import Numbers
package import Options

/// Excerpts of the pieces of a folder that `takt tracks corpus` prepared.
package struct CorpusTrackKind: TrackSourceKind {
  package static let name = "corpus"
  package static let summary = "excerpts of the pieces of a folder that `takt tracks corpus` prepared"

  package var folder: String
  /// Folders of further corpora, all of whose pieces are learnt from.
  package var further: [String]
  var excerpts: ExcerptOptions
  /// Parts for cross-validation, and which of them is held out; with one the corpus's own split holds.
  package var folds: Int
  package var fold: Int
  package var seed: UInt64
  /// How composed pieces that a sound font plays beside the excerpts are written and rendered.
  package var composition: ComposedTrack.Configuration
  package var soundFont: SoundFontShare
  /// How far the times in the training tracks' annotations may lie from the truth, in seconds; held-out ones are exact.
  package var annotationError: Double

  package init(options: inout OptionReader) {
    folder = options.text("folder", default: "data/real-midi", help: "folder of the corpus")
    further = options.words(
      "further", default: [], help: "folders of further corpora; all of their pieces are learnt from, none is held out")
    excerpts = ExcerptOptions(options: &options)
    folds = options.integer(
      "folds", default: 1, in: 1...20, help: "parts of the corpus for cross-validation; 1 for the corpus's own split")
    fold = options.integer("fold", default: 0, in: 0...19, help: "the part that is held out, less than folds")
    if fold >= folds {
      options.record("must be less than 'folds' (\(folds)), not \(fold)", at: "fold")
      fold = 0
    }
    seed = options.seedOfTracks()
    composition = options.section("composition") { ComposedTrack.Configuration(options: &$0) }
    soundFont = SoundFontShare(options: &options, most: 0.9)
    annotationError = options.annotationError()
  }

  package var files: [String] { ([folder] + further).map { "\($0)/manifest.json" } }

  package var holdsOut: Bool { true }

  package func check(heardBy instruments: [String]) throws { try soundFont.check(heardBy: instruments) }

  package func splits() throws -> TrackSplits {
    let corpus = try Corpus(folder: folder)
    func tracks(_ split: CorpusSplit) throws -> CorpusTracks {
      try excerpts.tracks(of: corpus, pieces: corpus.entries(in: split, fold: fold, of: folds))
    }
    var train: [any TrackSource] = [try tracks(.train)]
    for folder in further {
      let further = try Corpus(folder: folder)
      try Self.checkApart(corpus, from: further)
      train.append(try excerpts.tracks(of: further) { _ in true })
    }
    let pieces = train.reduce(0) { $0 + $1.count }
    let played = (Double(pieces) * soundFont.share / (1 - soundFont.share)).rounded(.up)
    if played > 0 { train.append(try soundFont.tracks(Int(saturating: played), seed: seed, composition: composition)) }
    return TrackSplits(
      train: JoinedTracks(train).misplaced(upTo: annotationError, seed: seed, skip: 0),
      validation: try tracks(.validation), test: try tracks(.test))
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
}

/// How the pieces of a corpus are cut.
struct ExcerptOptions: Sendable {
  /// Length of the excerpts, and the distance of their starts, in seconds.
  var excerpt = 60.0
  var hop = 30.0

  init() {}

  init(options: inout OptionReader) {
    excerpt = options.number("excerpt", default: excerpt, in: 10...600, unit: "s", help: "length of a corpus's excerpts")
    hop = options.number("hop", default: hop, in: 1...600, unit: "s", help: "distance of their starts")
  }

  func tracks(of corpus: Corpus, pieces: [CorpusManifest.Entry]) throws -> CorpusTracks {
    try CorpusTracks(corpus, pieces: pieces, excerpt: excerpt, hop: hop)
  }

  /// Of the pieces for which `holds` does, whatever their split.
  func tracks(of corpus: Corpus, where holds: (CorpusManifest.Entry) -> Bool) throws -> CorpusTracks {
    try tracks(of: corpus, pieces: corpus.manifest.pieces.filter(holds))
  }
}
