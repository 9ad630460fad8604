package import Timelines

/// Which part of an experiment a piece belongs to.
package enum CorpusSplit: String, CaseIterable, Sendable, Codable {
  case train, validation, test

  /// By the content of the piece alone, so that adding pieces moves none: of the digest's first 32 bits modulo 10, 0 is test, 1 is
  /// validation, the rest train.
  package init(digest: String) {
    switch (UInt32(digest.prefix(8), radix: 16) ?? 2) % 10 {
    case 0: self = .test
    case 1: self = .validation
    default: self = .train
    }
  }

  /// For cross-validation: what is for validation stays so; of the rest, the digest's next 32 bits modulo `folds` say in which fold
  /// a piece is tested, and in the others it is learnt from.
  package init(digest: String, fold: Int, of folds: Int) {
    self.init(digest: digest)
    guard self != .validation else { return }
    let part = Int(UInt32(digest.dropFirst(8).prefix(8), radix: 16) ?? 0) % folds
    self = part == fold ? .test : .train
  }
}

/// One piece of a prepared corpus.
package struct CorpusPiece: Sendable, Hashable, Codable {
  /// `CorpusManifest.currentVersion` of the program that made it.
  package var version: Int
  package var id: String
  /// Where the MIDI file came from.
  package var origin: String
  package var split: CorpusSplit
  /// Name of the sound file beside this record.
  package var audio: String
  /// SHA-256 of the MIDI file, of the sound font, and of the sound file.
  package var midiDigest: String
  package var soundFontDigest: String
  package var audioDigest: String
  /// SHA-256 of the MIDI file that the piece is a variation of; `nil` for a piece as it was written.
  package var family: String?
  package var timeline: Timeline
}

/// What a prepared corpus holds.
package struct CorpusManifest: Sendable, Hashable, Codable {
  package struct Entry: Sendable, Hashable, Codable {
    package var id: String
    package var split: CorpusSplit
    package var origin: String
    /// Seconds.
    package var duration: Double
    /// Labels of the timeline's lanes.
    package var instruments: [String]
    package var sections: Int
    package var midiDigest: String
    package var audioDigest: String
    /// SHA-256 of the MIDI file that it is a variation of: a family is never split.
    package var family: String?

    init(_ piece: CorpusPiece) {
      id = piece.id
      split = piece.split
      origin = piece.origin
      duration = piece.timeline.duration
      instruments = piece.timeline.lanes.map(\.label)
      sections = piece.timeline.sections.count
      midiDigest = piece.midiDigest
      audioDigest = piece.audioDigest
      family = piece.family
    }
  }

  /// A source that is not in the corpus, and why.
  package struct Skipped: Sendable, Hashable, Codable {
    package var origin: String
    package var reason: String
  }

  /// Increases when the meaning of the stored timelines changes; records of another version are made anew.
  package static let currentVersion = 3

  package var version: Int
  /// File name of the sound font.
  package var soundFont: String
  package var soundFontDigest: String
  /// Sorted by id.
  package var pieces: [Entry]
  package var skipped: [Skipped]
}
