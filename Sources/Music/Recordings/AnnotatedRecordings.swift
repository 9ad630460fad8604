import Annotations
import Files
import Foundation
import Music
import Questions
import Timelines

/// Reads recordings with annotations: timelines that name their sound, annotations and tables of times beside sound files.
struct AnnotatedRecordings {
  private var tracks: [RecordedTrack] = []
  private(set) var intake: Intake
  /// Columns of tables that nothing is read from.
  private(set) var remarks: [String] = []
  private var shelf: SoundShelf
  private var origins: [String: String] = [:]

  /// Seconds by which a sound file may differ in length from its annotation.
  static let tolerance = 0.5
  /// Labels that lanes have whatever the case of the annotation's.
  private static let sources = GeneralMIDI.labels + ["vocal"]

  init(audioFolder: String, intake: Intake) {
    shelf = SoundShelf(folder: audioFolder)
    self.intake = intake
  }

  /// The tracks of what these paths name.
  mutating func tracks(of paths: [String]) throws -> [RecordedTrack] {
    tracks = []
    for path in paths { try add(path: path) }
    return tracks
  }

  /// Adds what a path names: `.json`, `.jsonl`, `.lab`, `.txt`, `.jams`, `.csv` and `.tsv` files, and folders with such files (`.txt`
  /// where it is named itself).
  private mutating func add(path: String) throws {
    for file in try Self.files(path) {
      switch URL(fileURLWithPath: file).pathExtension.lowercased() {
      case "jsonl", "ndjson": try addLines(file)
      case "csv", "tsv": try addTable(file)
      case "json":
        try trying(file) { reader in
          let record = try JSONLines.object(TimelineRecord.self, from: URL(fileURLWithPath: file), called: "timeline")
          try reader.add(record, origin: file, file: file)
        }
      case _ where TrackAnnotation.isAnnotation(file): try trying(file) { try $0.addAnnotation(file) }
      case let ending:
        throw FileError(
          path: file,
          message:
            "ends in '.\(ending)'; annotations are .json, .jsonl, .lab, .txt, .jams, .csv and .tsv files, with sound beside them"
        )
      }
    }
  }

  static func files(_ path: String) throws -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw FileError(path: path, message: "there is no such file or folder")
    }
    guard isFolder.boolValue else { return [path] }
    let found = try FileManager.default.contentsOfDirectory(atPath: path).sorted().filter { name in
      let kind = URL(fileURLWithPath: name).pathExtension.lowercased()
      return ["json", "jsonl", "ndjson", "lab", "jams", "csv", "tsv"].contains(kind) && name != "manifest.json"
    }
    guard !found.isEmpty else {
      throw FileError(path: path, message: "holds no annotation: put .json, .jsonl, .lab, .jams or .csv files there")
    }
    let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
    return found.map { "\(folder)/\($0)" }
  }

  /// Refuses, or leaves out, what `body` throws of a file.
  private mutating func trying(_ file: String, line: Int? = nil, _ body: (inout Self) throws -> Void) throws {
    do {
      try body(&self)
    } catch let refusal as JSONLines.Refusal {
      try intake.refuse(JSONLines.Failure(file: file, line: line, message: refusal.description))
    } catch let failure as JSONLines.Failure {
      try intake.refuse(failure)
    } catch let error as FileError {
      try intake.refuse(error)
    }
  }

  private mutating func addLines(_ file: String) throws {
    var taken = self
    try JSONLines.read(TimelineRecord.self, from: URL(fileURLWithPath: file), refuse: { try taken.intake.refuse($0) }) {
      line, record in
      try taken.add(record, origin: "\(file):\(line)", file: file)
    }
    self = taken
  }

  private mutating func add(_ record: TimelineRecord, origin: String, file: String) throws {
    let id = record.timeline.trackID
    let path = try named(id) { try $0.path(of: record.audio ?? id, beside: file) }
    let length = try named(id) { try $0.length(of: path) }
    guard abs(length - record.timeline.duration) <= Self.tolerance else {
      throw JSONLines.Refusal(
        "track '\(id)': its audio \(path) lasts \(length) s, the annotation says \(record.timeline.duration) s")
    }
    try add(record.timeline, path: path, length: length, family: record.family ?? "", origin: origin)
  }

  private mutating func addAnnotation(_ file: String) throws {
    let annotation = try TrackAnnotation(file: file)
    let id = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
    let path = try named(id) { try $0.path(of: id, beside: file) }
    try add(annotation, id: id, path: path, origin: file)
  }

  private mutating func addTable(_ file: String) throws {
    let table: AnnotationTable
    do {
      table = try AnnotationTable(path: file)
    } catch let error as FileError {
      let rest = intake.skipsBad ? "; the whole file is left out" : ""
      return try intake.refuse(FileError(path: error.path, line: error.line, message: error.message + rest))
    }
    for (track, error) in table.faults {
      let rest = intake.skipsBad && !track.isEmpty ? "; all rows of '\(track.shown)' are left out" : ""
      try intake.refuse(FileError(path: error.path, line: error.line, message: error.message + rest))
    }
    if !table.strange.isEmpty {
      remarks.append("\(file): nothing is read from the columns \(table.strange.joined(separator: ", "))")
    }
    for (name, rows) in table.tracks {
      let line = rows[0].line
      try trying(file, line: line) { reader in
        let isSound = AudioFile.extensions.contains(URL(fileURLWithPath: name).pathExtension.lowercased())
        let id = isSound ? String(name[..<(name.lastIndex(of: ".") ?? name.endIndex)]) : name
        let path = try reader.named(id) { try $0.path(of: name, beside: file) }
        let length = try reader.named(id) { try $0.length(of: path) }
        if let late = rows.first(where: { max($0.start, $0.end ?? 0) > length + Self.tolerance }) {
          throw JSONLines.Failure(
            file: file, line: late.line,
            message: "track '\(id)': has a time at \(max(late.start, late.end ?? 0)) s, its audio \(path) lasts \(length) s")
        }
        try reader.add(AnnotationTable.annotation(of: rows, length: length), id: id, path: path, origin: "\(file):\(line)")
      }
    }
  }

  private mutating func add(_ annotation: TrackAnnotation, id: String, path: String, origin: String) throws {
    let length = try named(id) { try $0.length(of: path) }
    guard annotation.end <= length + Self.tolerance else {
      throw JSONLines.Refusal("track '\(id)': its audio \(path) lasts \(length) s, the annotation says \(annotation.end) s")
    }
    let timeline = annotation.timeline(id: id, sources: Self.sources, duration: length)
    guard !timeline.lanes.isEmpty else { throw JSONLines.Refusal("track '\(id)': nothing in it has a label") }
    try add(timeline, path: path, length: length, family: "", origin: origin)
  }

  private mutating func add(_ timeline: Timeline, path: String, length: Double, family: String, origin: String) throws {
    let faults = timeline.structuralFaults()
    guard faults.isEmpty else { throw JSONLines.Refusal("track '\(timeline.trackID)': " + faults.joined(separator: "; ")) }
    if let other = origins[timeline.trackID] {
      throw JSONLines.Refusal("track '\(timeline.trackID)' is already in \(other): ids must differ")
    }
    origins[timeline.trackID] = origin
    tracks.append(
      RecordedTrack(
        timeline: timeline, sound: RecordingExcerpt(path: path, start: 0, end: min(timeline.duration, length)),
        family: family, origin: origin))
  }

  /// What the shelf says, its complaints with the name of the track.
  private mutating func named<Value>(_ id: String, _ body: (inout SoundShelf) throws -> Value) throws -> Value {
    do {
      return try body(&shelf)
    } catch let refusal as JSONLines.Refusal {
      throw JSONLines.Refusal("track '\(id)': \(refusal)")
    }
  }
}
