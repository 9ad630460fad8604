import Annotations
package import Experiments
package import Files
import Foundation
import MusTBench
import Music
import Questions
package import Timelines

/// Annotated tracks from files, folders and the composer, checked before anything is asked about them.
package struct AnnotatedTracks: Sendable {
  package private(set) var timelines: [Timeline] = []
  private var origins: [String: String] = [:]
  /// Track → what it is a variation of, where its record says so.
  private(set) var families: [String: String] = [:]
  private let instruments: [String]

  /// Labels that a lane may have without further ado.
  package static let knownInstruments = GeneralMIDI.labels + ["vocal"]

  /// Seconds by which a sound file may differ in length from its annotation.
  package static let audioTolerance = 0.5

  /// - Parameter instruments: labels beyond ``knownInstruments``.
  package init(instruments: [String] = []) {
    self.instruments = Self.knownInstruments + instruments
  }

  /// Adds what the paths name: `.json`, `.jsonl`, `.mid`, `.midi` and `.rmi` files, annotations (`.lab`, `.jams`; `.txt` where it is named),
  /// and folders with such files.
  ///
  /// An annotation gives a lane for each of its labels, whatever they are; a piece that also has a timeline in a folder is that timeline.
  /// The format is in `TimelineRecord`. A folder with the `manifest.json` of a corpus gives the corpus's pieces.
  package mutating func add(paths: [String], intake: inout Intake) throws {
    for path in paths {
      for file in try Self.files(path) { try add(file: file, intake: &intake) }
    }
  }

  /// Adds pieces of the endless list that a seed names; `takt tracks compose` renders the same ones.
  package mutating func add(composed indices: Range<Int>, seed: UInt64, progress: WorkProgress = .silent) {
    for index in indices {
      let timeline = ComposedTrack.piece(seed: seed, index: index).timeline
      origins[timeline.trackID] = "the composer"
      timelines.append(timeline)
      progress.report("composing", index - indices.lowerBound + 1, indices.count)
    }
  }

  private static func files(_ path: String) throws -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw FileError(path: path, message: "there is no such file or folder")
    }
    guard isFolder.boolValue else { return [path] }
    let found = try FileManager.default.contentsOfDirectory(atPath: path).sorted().filter { name in
      let kind = URL(fileURLWithPath: name).pathExtension.lowercased()
      return ["json", "jsonl", "mid", "midi", "rmi", "kar", "lab", "jams"].contains(kind) && name != "manifest.json"
    }
    // A composed or rendered piece lies there as timeline and as MIDI file; the timeline is the truth.
    let annotated = Set(found.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) })
    let files = found.filter { name in
      name.hasSuffix(".json") || !annotated.contains(URL(fileURLWithPath: name).deletingPathExtension().lastPathComponent)
    }
    guard !files.isEmpty else {
      throw FileError(path: path, message: "holds no annotated track: put .json, .jsonl, .mid, .lab or .jams files there")
    }
    return files.map { "\(path)/\($0)" }
  }

  private mutating func add(file: String, intake: inout Intake) throws {
    let url = URL(fileURLWithPath: file)
    switch url.pathExtension.lowercased() {
    case "jsonl", "ndjson":
      try JSONLines.read(TimelineRecord.self, from: url, refuse: { try intake.refuse($0) }) { line, record in
        try add(record, origin: "\(file):\(line)", folder: url.deletingLastPathComponent())
      }
    case _ where TrackAnnotation.isAnnotation(file):
      do {
        let annotation = try TrackAnnotation(file: file)
        let timeline = annotation.timeline(id: url.deletingPathExtension().lastPathComponent, sources: instruments)
        try add(timeline, origin: file, known: instruments + timeline.lanes.map(\.label))
      } catch let error as FileError {
        try intake.refuse(error)
      } catch let refusal as JSONLines.Refusal {
        try intake.refuse(JSONLines.Failure(file: file, line: nil, message: refusal.description))
      }
    case "mid", "midi", "rmi", "kar":
      do {
        let score = try MIDIScore(MIDIFile(file: file), path: file)
        try add(score.timeline(id: url.deletingPathExtension().lastPathComponent), origin: file)
      } catch let error as MusicError {
        try intake.refuse(error)
      } catch let refusal as JSONLines.Refusal {
        try intake.refuse(JSONLines.Failure(file: file, line: nil, message: refusal.description))
      }
    default:
      do {
        let record = try JSONLines.object(TimelineRecord.self, from: url, called: "timeline")
        try add(record, origin: file, folder: url.deletingLastPathComponent())
      } catch let refusal as JSONLines.Refusal {
        try intake.refuse(JSONLines.Failure(file: file, line: nil, message: refusal.description))
      } catch let failure as JSONLines.Failure {
        try intake.refuse(JSONLines.Failure(file: file, line: nil, message: failure.message))
      }
    }
  }

  private mutating func add(_ record: TimelineRecord, origin: String, folder: URL) throws {
    if let audio = record.audio {
      try Self.check(audio: folder.appendingPathComponent(audio).path(percentEncoded: false), of: record.timeline)
    }
    try add(record.timeline, origin: origin)
    families[record.timeline.trackID] = record.family
  }

  private mutating func add(_ timeline: Timeline, origin: String, known: [String]? = nil) throws {
    let faults = timeline.faults(knownSources: known ?? instruments)
    guard faults.isEmpty else {
      throw JSONLines.Refusal("track '\(timeline.trackID)': " + faults.joined(separator: "; "))
    }
    if let other = origins.updateValue(origin, forKey: timeline.trackID) {
      throw JSONLines.Refusal("track '\(timeline.trackID)' is already in \(other): ids must differ")
    }
    timelines.append(timeline)
  }

  private static func check(audio path: String, of timeline: Timeline) throws {
    let duration: Double
    do {
      duration = try AudioFile.duration(of: path)
    } catch {
      throw JSONLines.Refusal("track '\(timeline.trackID)': its audio \(error)")
    }
    guard abs(duration - timeline.duration) <= audioTolerance else {
      throw JSONLines.Refusal(
        "track '\(timeline.trackID)': its audio \(path) lasts \(duration) s, the annotation says \(timeline.duration) s")
    }
  }
}
