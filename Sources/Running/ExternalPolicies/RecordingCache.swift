import Files
import Foundation
import Music
import RunFolders
import Synchronization
import Timelines
import Tracks

/// Sound of tracks that have none on disk, such as composed ones, as WAV files for a policy that listens in another process.
///
/// The folder is `runs/.cache/recordings`, or `recordings` in that of `TAKT_CACHE`, where a file's name is the digest of the program and of
/// ``TrackSource/identity(_:)``; sources without an identity and `TAKT_CACHE=off` have them in the run's folder. It may be removed at any time.
/// Beyond `TAKT_CACHE_MB` megabytes the ones that were not asked about for longest go first; those of the last hour stay.
struct RecordingCache: Sendable {
  /// The run's; `nil` outside a run.
  let folder: String?
  private let environment: [String: String]
  private let course = Course()

  /// How many were made since the folder was last trimmed.
  private final class Course: Sendable {
    let made = Mutex(RecordingCache.untrimmed)
  }

  /// Recordings that are made from one trim to the next.
  private static let untrimmed = 32
  /// Seconds: longer than a policy keeps a step's questions before it opens their recordings.
  private static let spared = 3600.0

  init(folder: String?, environment: [String: String] = ProcessInfo.processInfo.environment) {
    (self.folder, self.environment) = (folder, environment)
  }

  /// The track's file and its stretch there: the source's own, or one that is made where there is none.
  func file(of source: any TrackSource, _ index: Int, _ timeline: Timeline) throws -> QuestionPrompt.Audio {
    if let own = try source.recording(index) {
      let start = own.start ?? 0
      return QuestionPrompt.Audio(
        path: URL(fileURLWithPath: own.path).standardizedFileURL.path, start: start, end: own.end ?? start + timeline.duration)
    }
    let path = path(of: source.identity(index), timeline)
    CachedFiles.touch(path)
    if !FileManager.default.fileExists(atPath: path) {
      try StoredFolder.make(URL(fileURLWithPath: path).deletingLastPathComponent().path)
      try AudioFile.write(try source.signal(index), to: path)
      trim()
    }
    return QuestionPrompt.Audio(
      path: URL(fileURLWithPath: path).standardizedFileURL.path, start: 0, end: timeline.duration)
  }

  /// Trims the shared folder with the first recording that is made and every so often after it.
  private func trim() {
    guard let shared else { return }
    let isDue = course.made.withLock { made in
      made += 1
      guard made > Self.untrimmed else { return false }
      made = 0
      return true
    }
    guard isDue else { return }
    CachedFiles(folder: shared, ending: ".wav", limit: CachedFiles.limit(in: environment), spared: Self.spared).trim()
  }

  /// The folder of all runs; `nil` where nothing is kept there.
  private var shared: String? {
    let cache = environment["TAKT_CACHE"] ?? ""
    return cache == "off" ? nil : "\(cache.isEmpty ? "runs/.cache" : cache)/recordings"
  }

  private func path(of identity: String?, _ timeline: Timeline) -> String {
    if let identity, let shared {
      let name = SHA256.hexadecimal(Array("takt-recording-1 \(RunningProgram.checksum)\n\(identity)".utf8))
      return "\(shared)/\(name).wav"
    }
    let own = folder ?? FileManager.default.temporaryDirectory.appendingPathComponent("takt-recordings-\(getpid())").path
    return "\(own)/recordings/\(SHA256.hexadecimal(Array(timeline.trackID.utf8)).prefix(32)).wav"
  }
}
