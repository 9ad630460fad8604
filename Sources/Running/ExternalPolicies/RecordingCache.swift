import Files
import Foundation
import Music
import RunFolders
import Timelines
import Tracks

/// Sound of tracks that have none on disk, such as composed ones, as WAV files for a policy that listens in another process.
///
/// The folder is `runs/.cache/recordings`, or `recordings` in that of `TAKT_CACHE`, where a file's name is the digest of the program and of
/// ``TrackSource/identity(_:)``; sources without an identity and `TAKT_CACHE=off` have them in the run's folder. It may be removed at any time.
struct RecordingCache: Sendable {
  /// The run's; `nil` outside a run.
  let folder: String?

  /// The track's file and its stretch there: the source's own, or one that is made where there is none.
  func file(of source: any TrackSource, _ index: Int, _ timeline: Timeline) throws -> QuestionPrompt.Audio {
    if let own = try source.recording(index) {
      let start = own.start ?? 0
      return QuestionPrompt.Audio(
        path: URL(fileURLWithPath: own.path).standardizedFileURL.path, start: start, end: own.end ?? start + timeline.duration)
    }
    let path = path(of: source.identity(index), timeline)
    if !FileManager.default.fileExists(atPath: path) {
      try StoredFolder.make(URL(fileURLWithPath: path).deletingLastPathComponent().path)
      try AudioFile.write(try source.signal(index), to: path)
    }
    return QuestionPrompt.Audio(
      path: URL(fileURLWithPath: path).standardizedFileURL.path, start: 0, end: timeline.duration)
  }

  private func path(of identity: String?, _ timeline: Timeline) -> String {
    let cache = ProcessInfo.processInfo.environment["TAKT_CACHE"] ?? ""
    if let identity, cache != "off" {
      let name = SHA256.hexadecimal(Array("takt-recording-1 \(RunningProgram.checksum)\n\(identity)".utf8))
      return "\(cache.isEmpty ? "runs/.cache" : cache)/recordings/\(name).wav"
    }
    let own = folder ?? FileManager.default.temporaryDirectory.appendingPathComponent("takt-recordings-\(getpid())").path
    return "\(own)/recordings/\(SHA256.hexadecimal(Array(timeline.trackID.utf8)).prefix(32)).wav"
  }
}
