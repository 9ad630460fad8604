package import Timelines
package import Work

/// Prepares all tracks of a source, on all cores; the result does not depend on how many there are.
package enum TrackLibrary {
  package static let chunk = 32

  /// What is true of the tracks, without their sound where the source can do without.
  package static func timelines(
    _ source: any TrackSource, title: String, progress: WorkProgress
  ) throws -> [Timeline] {
    var timelines: [Timeline] = []
    for start in stride(from: 0, to: source.count, by: chunk) {
      timelines += try parallelShards(min(chunk, source.count - start)) { try source.timeline(start + $0) }
      progress.report(title, timelines.count, source.count)
    }
    return timelines
  }
}
