import Files
import Foundation
package import Options
import Recordings
import Synchronization

/// Somebody's own recordings with annotations.
package struct RecordingTrackKind: TrackSourceKind {
  package static let name = "recordings"
  package static let summary = "annotated recordings of your own (docs/own-data.md)"

  package var files: [String] { options.files }
  /// Length of the excerpts, and the distance of their starts, in seconds.
  package let excerpt: Double
  package let hop: Double
  private let options: RecordedFiles

  package init(options reader: inout OptionReader) {
    options = RecordedFiles(
      &reader, what: "files or folders of annotations with their recordings: .json, .jsonl, .lab, .jams, .csv")
    excerpt = reader.number(
      "excerpt", default: 60, in: 1...3600, unit: "s", help: "length of the excerpts that longer recordings are cut into")
    hop = reader.number("hop", default: excerpt, in: 1...3600, unit: "s", help: "distance of their starts")
  }

  package var named: [(key: String, path: String)] { options.named }

  package var holdsOut: Bool { options.holdsOut }

  package func splits() throws -> TrackSplits {
    let read = try options.read(.annotations)
    func source(_ tracks: [RecordedTrack]) -> RecordingTracks {
      RecordingTracks(tracks.flatMap { $0.excerpts(length: excerpt, hop: hop) })
    }
    return TrackSplits(
      train: source(read.train), validation: source(read.validation), test: source(read.test), omitted: read.omitted,
      remarks: read.remarks)
  }
}

/// Questions of somebody's own about recordings.
package struct QuestionTrackKind: TrackSourceKind {
  package static let name = "questions"
  package static let summary = "files of questions that name the recordings that they are about (docs/own-data.md)"

  package var files: [String] { options.files }
  private let options: RecordedFiles

  package init(options reader: inout OptionReader) {
    options = RecordedFiles(&reader, what: "files of questions, JSON Lines with 'audio', or MusTBench's columns")
  }

  package var named: [(key: String, path: String)] { options.named }

  package var holdsOut: Bool { options.holdsOut }

  package func splits() throws -> TrackSplits {
    let read = try options.read(.questions)
    return TrackSplits(
      train: RecordingTracks(read.train), validation: RecordingTracks(read.validation), test: RecordingTracks(read.test),
      omitted: read.omitted, remarks: read.remarks)
  }
}

/// What both kinds read under `tracks:`; the files are read once.
private struct RecordedFiles: Sendable {
  private let sources: RecordedTracks.Files
  private let audioFolder: String
  private let skipsBad: Bool
  private let kept = Kept()

  private final class Kept: Sendable {
    let tracks = Mutex<RecordedTracks?>(nil)
  }

  init(_ options: inout OptionReader, what: String) {
    let train = options.words("train", default: [], help: "\(what): to learn from")
    let validation = options.words("validation", default: [], help: "the same, for choices")
    let test = options.words("test", default: [], help: "the same, held out for the final figures; may be those of validation")
    let all = options.words("all", default: [], help: "the same, in place of these three: dealt out by 'shares', pieces whole")
    let shares = options.numbers(
      "shares", default: [0.8, 0.1, 0.1], in: 0...1, help: "of training, validation and test among 'all'")
    audioFolder = options.text(
      "audio-folder", default: "",
      help: "folder of the recordings; empty where paths are from the folder of the file that names them")
    skipsBad = options.flag(
      "skip-bad", default: false, help: "leave out, and say so, what cannot be read, in place of stopping")
    // Files that a run writes have every key, so that what is empty is not given.
    let given = zip(RecordedTracks.names, [train, validation, test]).filter { !$1.isEmpty }.map(\.0)
    let isWhole = !all.isEmpty
    if isWhole, !given.isEmpty {
      options.record("excludes \(given.joined(separator: ", ")): give one or the other", at: "all")
    }
    if !isWhole, train.isEmpty, options.issues.isEmpty {
      options.record("is missing: name \(what), or give 'all' with 'shares'", at: "train")
    }
    if shares.count != 3 || !(abs(shares.reduce(0, +) - 1) <= 1e-6) || (shares.first ?? 0) == 0 {
      options.record("must be three shares that add up to 1, of training, validation and test, the first above 0", at: "shares")
      sources = .parts(train: [], validation: [], test: [])
    } else {
      sources = isWhole ? .all(all, shares: shares) : .parts(train: train, validation: validation, test: test)
    }
  }

  /// For the manifest: files, not folders.
  var files: [String] { Set(sources.paths.flatMap { RecordedTracks.files(named: $0) }).sorted() }

  var named: [(key: String, path: String)] { sources.keyed }

  /// What the file asks for, and once the tracks are read, what there is.
  var holdsOut: Bool { sources.holdsOut && kept.tracks.withLock { $0.map { !$0.test.isEmpty } ?? true } }

  func read(_ content: RecordedTracks.Content) throws -> RecordedTracks {
    try kept.tracks.withLock { kept in
      if let kept { return kept }
      let read = try RecordedTracks(sources, content: content, audioFolder: audioFolder, skipsBad: skipsBad)
      kept = read
      return read
    }
  }
}
