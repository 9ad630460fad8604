import Files
import Foundation
package import Timelines

/// A prepared corpus of real pieces in a folder: `manifest.json`, and for each piece its sound, `<id>.mid` that it was rendered
/// from, and `<id>.json` with its timeline.
package struct Corpus: Sendable {
  package let folder: String
  package let manifest: CorpusManifest

  /// Throws where the folder holds no corpus; the message says how to make one.
  package init(folder: String) throws(MusicError) {
    self.folder = folder
    let path = folder + "/manifest.json"
    guard FileManager.default.fileExists(atPath: path) else {
      throw MusicError(.unreadable, path: path, "is not there: prepare the corpus first with 'takt tracks corpus'")
    }
    manifest = try Self.decoded(CorpusManifest.self, from: path)
    guard manifest.version == CorpusManifest.currentVersion else {
      throw MusicError(
        .unsupported, path: path,
        "is of version \(manifest.version); this program reads \(CorpusManifest.currentVersion): prepare the corpus again")
    }
  }

  /// The pieces of a split, in the order of their ids; variations go with what they vary, and are only ever learnt from.
  ///
  /// With several folds every piece that is not for validation is tested in just one of them; with one, the corpus's own split holds.
  package func entries(in split: CorpusSplit, fold: Int = 0, of folds: Int = 1) -> [CorpusManifest.Entry] {
    precondition((0..<folds).contains(fold), "fold \(fold) of \(folds)")
    return manifest.pieces.filter { entry in
      guard entry.family == nil || split == .train else { return false }
      return split == (folds == 1 ? entry.split : CorpusSplit(digest: entry.family ?? entry.midiDigest, fold: fold, of: folds))
    }
  }

  package func piece(_ id: String) throws(MusicError) -> CorpusPiece {
    try Self.decoded(CorpusPiece.self, from: "\(folder)/\(id).json")
  }

  /// A stretch of a piece: its sound and what is heard in it, times counted from the window's start.
  ///
  /// Traps where the window lies outside the piece.
  package func excerpt(of piece: CorpusPiece, window: Interval) throws(MusicError) -> (timeline: Timeline, signal: AudioSignal)
  {
    let timeline = piece.timeline.cropped(to: window)
    return (timeline, try AudioFile.read("\(folder)/\(piece.audio)", window: window))
  }

  /// How energetic a piece is over time, from the MIDI file beside its sound.
  package func intensity(of piece: CorpusPiece) throws(MusicError) -> IntensityCurve {
    let path = "\(folder)/\(piece.id).mid"
    let bytes = try FileBytes.read(path)
    guard SHA256.hexadecimal(bytes) == piece.midiDigest else {
      throw MusicError(
        .malformed, path: path, "is not the file that \(piece.audio) was rendered from: prepare the corpus again")
    }
    return try MIDIScore(MIDIFile(parsing: bytes, path: path), path: path).intensity(duration: piece.timeline.duration)
  }

  static func decoded<Value: Decodable>(_ type: Value.Type, from path: String) throws(MusicError) -> Value {
    let bytes = try FileBytes.read(path)
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch {
      throw MusicError(.malformed, path: path, "is not what the corpus's preparation writes: prepare the corpus again")
    }
  }

  static func encoded(_ value: some Encodable) throws -> Data {
    try JSONText.encoder(isIndented: true).encode(value)
  }
}
