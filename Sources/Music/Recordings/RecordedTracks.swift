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
  /// What is not wrong, and yet may not be meant.
  package var remarks: [String] = []

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

    /// What is named, with its key under `tracks:`.
    package var keyed: [(key: String, path: String)] {
      switch self {
      case .parts(let train, let validation, let test):
        zip(names, [train, validation, test]).flatMap { name, paths in paths.map { (name, $0) } }
      case .all(let paths, _): paths.map { ("all", $0) }
      }
    }

    /// Whether there is something to hold out for the final figures.
    package var holdsOut: Bool { asksFor(2) }

    /// Whether the part of this number is asked for.
    func asksFor(_ part: Int) -> Bool {
      switch self {
      case .parts(let train, let validation, let test): ![train, validation, test][part].isEmpty
      case .all(_, let shares): shares[part] > 0
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

  /// The files of annotations that a path names: itself, or those in a folder; none where it is not there.
  package static func files(named path: String) -> [String] { (try? AnnotatedRecordings.files(path)) ?? [] }

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
      (omitted, remarks) = (reader.intake.skipped, reader.remarks)
    case .questions:
      var reader = AskedRecordings(audioFolder: audioFolder, forms: forms, intake: Intake(skipsBad: skipsBad))
      for paths in files.parts { read.append(try reader.tracks(of: paths)) }
      omitted = reader.intake.skipped
    }
    let sounds = SharedSound(read)
    switch files {
    case .parts:
      (train, validation) = (read[0], read[1])
      test = read.count > 2 ? read[2] : validation
      try checkApart(sounds)
    case .all(_, let shares):
      let parts = Self.dealt(read[0], shares: shares, sounds: sounds)
      (train, validation, test) = (parts[0], parts[1], parts[2])
    }
    guard !train.isEmpty else {
      let path = files.paths.first ?? ""
      let why =
        omitted.isEmpty
        ? "" : "; \(omitted.count) \(omitted.count == 1 ? "was" : "were") left out, the first for: \(omitted[0])"
      throw FileError(path: path, message: "holds no track to learn from\(why)")
    }
    if files.asksFor(1), files.parts.count != 2 { remarks += Self.thinness(of: validation, "validation", sounds) }
    if files.asksFor(2) { remarks += Self.thinness(of: test, "test", sounds) }
  }

  /// What to say where a part is too thin for its figures to mean anything.
  private static func thinness(of tracks: [RecordedTrack], _ name: String, _ sounds: SharedSound) -> [String] {
    let bonds = TrackBonds(tracks, sounds: sounds)
    let pieces = Set(tracks.indices.map { bonds.name($0) })
    guard pieces.count < 2 else { return [] }
    let found =
      pieces.first.map { "holds one recording alone ('\($0)'): its scores say nothing of others" }
      ?? "holds no track: nothing is scored on it"
    return ["tracks.\(name) \(found); name more recordings, or other shares"]
  }

  /// Tracks in three parts by a hash of their pieces: adding some moves few.
  ///
  /// What shares a recording goes to one part, whatever it is called. A part that would be empty gets a piece of the largest.
  static func dealt(_ tracks: [RecordedTrack], shares: [Double], sounds: SharedSound) -> [[RecordedTrack]] {
    let split = TrackSplit(zip(names, shares).map { TrackSplit.Part(name: $0, share: $1) })
    let bonds = TrackBonds(tracks, sounds: sounds)
    var pieces: [String: [String]] = [:]
    for piece in Set(tracks.indices.map(bonds.name)).sorted() { pieces[split.partHolding(piece), default: []].append(piece) }
    for (name, share) in zip(names, shares) where share > 0 && pieces[name, default: []].isEmpty {
      guard let largest = names.max(by: { pieces[$0, default: []].count < pieces[$1, default: []].count }),
        pieces[largest, default: []].count > 1
      else { continue }
      let moved = pieces[largest, default: []].removeLast()
      pieces[name] = [moved]
    }
    let partOf = Dictionary(pieces.flatMap { name, own in own.map { ($0, name) } }) { first, _ in first }
    return names.map { name in tracks.indices.filter { partOf[bonds.name($0)] == name }.map { tracks[$0] } }
  }

  /// Throws where a piece, or a recording by any name, that is learnt from is held out too.
  private func checkApart(_ sounds: SharedSound) throws {
    let learnt = Dictionary(train.map { ($0.piece, $0.origin) }) { first, _ in first }
    var heard: [String: RecordedTrack] = [:]
    for track in train where heard[sounds.key(of: track.sound.path)] == nil { heard[sounds.key(of: track.sound.path)] = track }
    for (name, tracks) in [("validation", validation), ("test", test)] {
      for track in tracks {
        let id = track.timeline.trackID
        if let origin = learnt[track.piece] {
          throw NamedError(
            "\(track.origin): track '\(id)' is of the piece '\(track.piece)', which \(origin) is learnt from: "
              + "what is held out in tracks.\(name) must not be; give all files as tracks.all for a split that keeps pieces together"
          )
        }
        guard let other = heard[sounds.key(of: track.sound.path)] else { continue }
        let copied = track.sound.path == other.sound.path ? "" : ", the same sound as \(other.sound.path)"
        throw NamedError(
          "\(track.origin): track '\(id)' hears \(track.sound.path)\(copied), which \(other.origin) "
            + "(track '\(other.timeline.trackID)') is learnt from: what is held out in tracks.\(name) must not be; give all files as "
            + "tracks.all for a split that keeps recordings together")
      }
    }
  }
}
