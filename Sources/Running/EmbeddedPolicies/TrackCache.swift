import AudioLanguageModel
import Files
import Foundation
import Music
import RunFolders
import Tensors
import Timelines
import Training

/// Encoded tracks on disk, found again by what they were made from, so that the runs of a grid hear each track once.
///
/// A track's name is the SHA-256 digest of the program that made it, the BLAS kernels, the encoder's file and
/// ``TrackSource/identity(_:)``: whatever may change a bit of the result changes the name. A file is safetensors (`frames`, `heads`, the timeline
/// as metadata) with a checksum of eight bytes behind it; a damaged one counts as absent. Several processes may read and write
/// one folder: files appear whole under their name or not at all, and those of one name hold the same bytes.
///
/// The folder is `runs/.cache` unless the environment says `TAKT_CACHE=FOLDER`; `TAKT_CACHE=off` keeps nothing. Beyond `TAKT_CACHE_MB`
/// megabytes (default 2,000) the tracks that were not used for longest go first. It may be removed at any time.
package struct TrackCache: Sendable {
  package let folder: String
  /// Bytes that the folder may hold after ``trim()``.
  package let limit: Int
  private let maker: String
  /// Bytes of encoded tracks that a split may take in memory; those beyond are read again when they are asked for.
  package static let usualMemory = 1_000_000_000

  /// A cache for tracks that the encoder in `encoderFile`, as bytes, hears.
  package init(folder: String, limit: Int, encoderFile: [UInt8]) {
    self.folder = folder
    self.limit = limit
    maker = "takt-track-1 \(RunningProgram.checksum) \(Kernels.blasCore) \(Checkpoint.checksum(encoderFile[...]))"
  }

  /// As the environment asks for it; `nil` where it says `off`.
  package init?(environment: [String: String] = ProcessInfo.processInfo.environment, encoderFile: [UInt8]) {
    let folder = environment["TAKT_CACHE"] ?? ""
    guard folder != "off" else { return nil }
    self.init(
      folder: folder.isEmpty ? "runs/.cache" : folder, limit: CachedFiles.limit(in: environment), encoderFile: encoderFile)
  }

  /// A track that was kept; `nil` where there is none, or where its file is damaged.
  package func track(_ identity: String) -> EncodedTrack? {
    let path = path(identity)
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    let bytes = Array(data)
    guard bytes.count > 8 else { return nil }
    let body = bytes.dropLast(8)
    guard Self.little(Checkpoint.checksum(body)) == Array(bytes.suffix(8)),
      let file = try? Safetensors(decoding: Array(body)), let frames = file["frames"], let heads = file["heads"],
      let timeline = try? JSONDecoder().decode(Timeline.self, from: Data((file.metadata["timeline"] ?? "").utf8)),
      let duration = file.metadata["duration"].flatMap(Double.init), let id = file.metadata["track"]
    else { return nil }
    CachedFiles.touch(path)
    return EncodedTrack(
      timeline: timeline, audio: EncodedAudio(trackID: id, duration: duration, frames: frames, heads: heads))
  }

  /// Keeps a track for the next who asks; where the disk refuses, nothing is kept and nothing is said.
  package func keep(_ track: EncodedTrack, as identity: String) {
    let encoder = JSONText.encoder()
    guard let timeline = try? encoder.encode(track.timeline), let audio = try? track.audio else { return }
    let body = Safetensors(
      [.init(name: "frames", tensor: audio.frames), .init(name: "heads", tensor: audio.heads)],
      metadata: [
        "timeline": String(decoding: timeline, as: UTF8.self), "duration": "\(audio.duration)",
        "track": audio.trackID,
      ]
    ).encoded()
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = path(identity)
    // A name of its own for each process: two may make one track at the same time.
    let temporary = "\(path).\(getpid()).partial"
    guard (try? Data(body + Self.little(Checkpoint.checksum(body[...]))).write(to: URL(fileURLWithPath: temporary))) != nil,
      rename(temporary, path) == 0
    else {
      unlink(temporary)
      return
    }
  }

  /// Removes the tracks that were not used for longest until the folder is within its limit, and what killed processes left.
  package func trim() { CachedFiles(folder: folder, ending: ".track", limit: limit).trim() }

  private func path(_ identity: String) -> String {
    "\(folder)/\(SHA256.hexadecimal(Array("\(maker)\n\(identity)".utf8))).track"
  }

  private static func little(_ number: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
}
