import Annotations
import Evaluations
import Files
import Foundation
import Music
import Numbers
import Questions
import Timelines

/// A track to listen to, with its truth where that is known.
///
/// - A sound file (WAV, FLAC, OGG, MP3); a timeline of the same name with `.json` beside it is its truth, or else an annotation with
///   `.jams` or `.lab`, with a lane for each of its labels.
/// - An annotation (`.jams`, `.lab`, `.txt`) with a sound file of the same name.
/// - A timeline `.json` with its sound: the file that `audio` names, or a `.wav` or `.flac` of the same name.
/// - A MIDI file, rendered by FluidSynth.
/// - `composed-SEED-INDEX`, a piece of the endless list that a seed names.
package struct TrackInput: Sendable {
  let timeline: Timeline?
  let spectrogram: LogMelSpectrogram
  /// Seconds.
  let duration: Double
  let trackID: String
  /// What it is and where the truth is from, in words.
  let origin: String

  /// Latest end of a window, in seconds.
  package static let longest = InputLimit.duration

  /// - Parameter window: a stretch in seconds; times then count from its start.
  package init(_ name: String, window: ClosedRange<Double>? = nil) throws {
    let window = try window.map { stretch in
      guard stretch.lowerBound >= 0, stretch.upperBound <= InputLimit.duration else {
        throw NamedError(
          "the window \(stretch.lowerBound)–\(stretch.upperBound) s must lie in 0…\(InputLimit.duration) s, such as 30-90")
      }
      return Interval(stretch.lowerBound, stretch.upperBound)
    }
    let (signal, timeline, origin) = try Self.loaded(name, window: window)
    spectrogram = LogMel().spectrogram(of: signal)
    duration = timeline?.duration ?? signal.duration
    trackID = timeline?.trackID ?? URL(fileURLWithPath: name).deletingPathExtension().lastPathComponent
    self.timeline = timeline
    self.origin = origin + (window.map { ", \(AnswerWriter.clock($0.start))–\(AnswerWriter.clock($0.end))" } ?? "")
  }

  private static func loaded(
    _ name: String, window: Interval?
  ) throws -> (signal: AudioSignal, timeline: Timeline?, origin: String) {
    if let (seed, index) = composed(name) {
      let piece = ComposedTrack.piece(seed: seed, index: index)
      return try cut(
        ComposedTrack.signal(of: piece, seed: seed, index: index), piece.timeline, window, "composed, with its exact truth")
    }
    guard FileManager.default.fileExists(atPath: name) else {
      throw FileError(
        path: name, message: "there is no such file: give a sound, MIDI or timeline file, or composed-SEED-INDEX")
    }
    let url = URL(fileURLWithPath: name)
    switch url.pathExtension.lowercased() {
    case _ where TrackAnnotation.isAnnotation(name):
      let signal = try AudioFile.read(sound(beside: url))
      return try cut(signal, annotated(name, duration: signal.duration), window, "the truth from \(name)")
    case "mid", "midi", "rmi", "kar":
      let score = try MIDIScore(MIDIFile(file: name), path: name)
      let signal = try FluidSynth().signal(ofMIDIFile: name)
      let id = url.deletingPathExtension().lastPathComponent
      return try cut(
        signal, score.timeline(id: id, duration: signal.duration), window, "rendered by FluidSynth, the truth from its notes")
    case "json":
      let record = try record(name)
      let signal = try AudioFile.read(sound(of: record, beside: url))
      return try cut(signal, try checked(record.timeline, from: name, against: signal), window, "the truth from \(name)")
    default:
      let beside = url.deletingPathExtension().appendingPathExtension("json").path(percentEncoded: false)
      let signal = try AudioFile.read(name)
      if !FileManager.default.fileExists(atPath: beside), let other = annotation(beside: url) {
        return try cut(signal, annotated(other, duration: signal.duration), window, "the truth from \(other)")
      }
      let timeline =
        FileManager.default.fileExists(atPath: beside)
        ? try checked(record(beside).timeline, from: beside, against: signal) : nil
      let origin = timeline == nil ? "the truth is not known" : "the truth from \(beside)"
      return try cut(signal, timeline, window, origin)
    }
  }

  private static func cut(
    _ signal: AudioSignal, _ timeline: Timeline?, _ window: Interval?, _ origin: String
  ) throws -> (AudioSignal, Timeline?, String) {
    guard let window else { return (signal, timeline, origin) }
    let length = min(signal.duration, timeline?.duration ?? signal.duration)
    guard min(window.end, length) - window.start >= 1 else {
      throw NamedError(
        "the window \(window.start)–\(window.end) s must hold at least 1 s of the track, which lasts \(length) s")
    }
    let end = min(signal.samples.count, Int(saturating: window.end * AudioSignal.sampleRate))
    let range = min(end, Int(saturating: window.start * AudioSignal.sampleRate))..<end
    return (AudioSignal(samples: Array(signal.samples[range])), timeline?.cropped(to: window), origin)
  }

  private static func record(_ path: String) throws -> TimelineRecord {
    try JSONLines.object(TimelineRecord.self, from: URL(fileURLWithPath: path), called: "timeline")
  }

  /// The timeline, where it is as long as the sound.
  private static func checked(_ timeline: Timeline, from path: String, against signal: AudioSignal) throws -> Timeline {
    guard abs(timeline.duration - signal.duration) <= AnnotatedTracks.audioTolerance else {
      throw FileError(
        path: path,
        message: "says that the track lasts \(timeline.duration) s, its sound lasts \(signal.duration) s: they may differ by "
          + "\(AnnotatedTracks.audioTolerance) s")
    }
    return timeline
  }

  private static func sound(of record: TimelineRecord, beside url: URL) throws -> String {
    let folder = url.deletingLastPathComponent()
    if let audio = record.audio { return folder.appendingPathComponent(audio).path(percentEncoded: false) }
    return try sound(beside: url)
  }

  private static func sound(beside url: URL) throws -> String {
    let base = url.deletingPathExtension()
    let candidates = ["wav", "flac", "ogg", "mp3"].map { base.appendingPathExtension($0).path(percentEncoded: false) }
    guard let found = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
      throw FileError(
        path: url.path(percentEncoded: false),
        message: "names no audio, and there is no sound file of the same name beside it")
    }
    return found
  }

  private static func annotated(_ path: String, duration: Double) throws -> Timeline {
    let id = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    return try TrackAnnotation(file: path).timeline(id: id, sources: AnnotatedTracks.knownInstruments, duration: duration)
  }

  /// The annotation of the same name as a sound file, where there is one.
  private static func annotation(beside url: URL) -> String? {
    ["jams", "lab"].map { url.deletingPathExtension().appendingPathExtension($0).path(percentEncoded: false) }
      .first { FileManager.default.fileExists(atPath: $0) }
  }

  /// The seed and the index of `composed-SEED-INDEX`.
  private static func composed(_ name: String) -> (seed: UInt64, index: Int)? {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "composed", let seed = UInt64(parts[1]), let index = Int(parts[2]),
      (0...InputLimit.count).contains(index)
    else {
      return nil
    }
    return (seed, index)
  }
}
