import Experiments
import Files
import Foundation
import Music
import Numbers
import RunReports
import Timelines

/// What is true of held-out tracks, their pictures and their sounds, made again from a run's configuration.
struct TrackMedia {
  /// What a page takes along of the sound.
  enum Sound: Sendable {
    case none
    /// Ogg Vorbis inside the page, up to so many seconds.
    case embedded(seconds: Double)
    /// Files in this folder, which the page names by the path given.
    case linked(folder: String, path: String)
  }

  struct Track {
    var timeline: Timeline
    var picture: String
    var sound: String
  }

  private let source: any TrackSource
  private let sound: Sound

  init(_ file: ExperimentFile, sound: Sound) throws {
    source = try file.tracks.splits().test
    self.sound = sound
  }

  /// The tracks of these ids that the source holds; one whose sound cannot be made is left out.
  func media(of trackIDs: [String]) -> [String: Track] {
    let wanted = Set(trackIDs)
    var found: [String: Track] = [:]
    for index in 0..<source.count where found.count < wanted.count {
      guard let timeline = try? source.timeline(index), wanted.contains(timeline.trackID) else { continue }
      guard let signal = try? source.signal(index) else { continue }
      let mel = LogMel().spectrogram(of: signal)
      let picture = SpectrogramImage.image(frames: mel.frames, bands: mel.bands, values: mel.values)
      found[timeline.trackID] = Track(
        timeline: timeline, picture: picture?.dataURI ?? "",
        sound: (try? self.uri(of: signal, Self.fileName(timeline.trackID, number: found.count + 1))) ?? "")
    }
    return found
  }

  /// A name that no other track of the page has: ids may differ in signs alone, such as "a/b" and "a-b".
  static func fileName(_ trackID: String, number: Int) -> String {
    "\(number)-" + String(trackID.prefix(80).map { $0.isLetter || $0.isNumber ? $0 : "-" }) + ".ogg"
  }

  private func uri(of signal: AudioSignal, _ name: String) throws -> String {
    switch sound {
    case .none: return ""
    case .embedded(let seconds):
      let part = AudioSignal(samples: Array(signal.samples.prefix(Int(saturating: seconds * AudioSignal.sampleRate))))
      let path = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString).ogg").path
      defer { try? FileManager.default.removeItem(atPath: path) }
      try AudioFile.write(part, to: path)
      return "data:audio/ogg;base64," + Base64.text(Array(try Data(contentsOf: URL(fileURLWithPath: path))))
    case .linked(let folder, let path):
      try StoredFolder.make(folder)
      try AudioFile.write(signal, to: "\(folder)/\(name)")
      return "\(path)/\(name)"
    }
  }
}
