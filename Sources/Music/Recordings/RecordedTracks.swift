import Files
import MusTBench
package import Questions
import Timelines

/// Tracks of somebody's own in three parts, none of which shares a piece with what is learnt from.
package struct RecordedTracks: Sendable {
  package var train: [RecordedTrack] = []
  package var validation: [RecordedTrack] = []
  package var test: [RecordedTrack] = []
  /// What was left out and why, each with file and line.
  package var omitted: [String] = []

  package static let names = ["train", "validation", "test"]

  /// Where the tracks are read from.
  package enum Files: Sendable, Hashable {
    /// Each part from files of its own.
    case parts(train: [String], validation: [String], test: [String])
    /// All from the same, dealt out by shares of the three parts.
    case all([String], shares: [Double])

    package var paths: [String] {
      switch self {
      case .parts(let train, let validation, let test): train + validation + test
      case .all(let paths, _): paths
      }
    }

    /// What is read one after the other; validation and test may be the same files.
    var parts: [[String]] {
      switch self {
      case .parts(let train, let validation, let test):
        test == validation ? [train, validation] : [train, validation, test]
      case .all(let paths, _): [paths]
      }
    }
  }

  /// What the files hold.
  package enum Content: Sendable, Hashable {
    case annotations
    case questions
  }

  /// Throws, with file and line, for the first that is wrong, unless `skipsBad`: then it is in ``omitted``.
  package init(
    _ files: Files, content: Content, audioFolder: String = "", forms: QuestionForms = TaskCatalog.builtIn.forms,
    skipsBad: Bool = false
  ) throws {
    var read: [[RecordedTrack]] = []
    switch content {
    case .annotations:
      var reader = AnnotatedRecordings(audioFolder: audioFolder, intake: Intake(skipsBad: skipsBad))
      for paths in files.parts { read.append(try reader.tracks(of: paths)) }
      omitted = reader.intake.skipped
    case .questions:
      var reader = AskedRecordings(audioFolder: audioFolder, forms: forms, intake: Intake(skipsBad: skipsBad))
      for paths in files.parts { read.append(try reader.tracks(of: paths)) }
      omitted = reader.intake.skipped
    }
    switch files {
    case .parts:
      (train, validation) = (read[0], read[1])
      test = read.count > 2 ? read[2] : validation
      try checkApart()
    case .all(_, let shares):
      let parts = Self.dealt(read[0], shares: shares)
      (train, validation, test) = (parts[0], parts[1], parts[2])
    }
    guard !train.isEmpty else {
      let path = files.paths.first ?? ""
      let why = omitted.isEmpty ? "" : "; \(omitted.count) were left out, the first for: \(omitted[0])"
      throw FileError(path: path, message: "holds no track to learn from\(why)")
    }
  }

  /// Tracks in three parts by a hash of their pieces: adding some moves few.
  ///
  /// A part that would be empty gets a piece of the largest.
  static func dealt(_ tracks: [RecordedTrack], shares: [Double]) -> [[RecordedTrack]] {
    let split = TrackSplit(zip(names, shares).map { TrackSplit.Part(name: $0, share: $1) })
    var pieces: [String: [String]] = [:]
    for piece in Set(tracks.map(\.piece)).sorted() { pieces[split.partHolding(piece), default: []].append(piece) }
    for (name, share) in zip(names, shares) where share > 0 && pieces[name, default: []].isEmpty {
      guard let largest = names.max(by: { pieces[$0, default: []].count < pieces[$1, default: []].count }),
        pieces[largest, default: []].count > 1
      else { continue }
      let moved = pieces[largest, default: []].removeLast()
      pieces[name] = [moved]
    }
    let partOf = Dictionary(pieces.flatMap { name, own in own.map { ($0, name) } }) { first, _ in first }
    return names.map { name in tracks.filter { partOf[$0.piece] == name } }
  }

  /// Throws where a piece that is learnt from is held out too.
  private func checkApart() throws {
    let learnt = Dictionary(train.map { ($0.piece, $0.origin) }) { first, _ in first }
    for (name, tracks) in [("validation", validation), ("test", test)] {
      guard let shared = tracks.first(where: { learnt[$0.piece] != nil }), let origin = learnt[shared.piece] else { continue }
      throw NamedError(
        "\(shared.origin): track '\(shared.timeline.trackID)' is of the piece '\(shared.piece)', which \(origin) is learnt from: "
          + "what is held out in tracks.\(name) must not be; give all files as tracks.all for a split that keeps pieces together"
      )
    }
  }
}
