package import AudioLanguageModel
import ExperimentKinds
import Music
package import Tensors
package import Timelines
package import Tracks
package import Work

/// Tracks as the music encoder sees and hears them.
extension TrackLibrary {
  /// Tracks as the policy hears them; those in `cache` are read, the others made and kept there.
  ///
  /// The first `memory` bytes of them stay in memory; others are read from the cache, or made again, whenever they are asked for.
  package static func encoded(
    _ source: any TrackSource, by encoder: MusicEncoder, cache: TrackCache? = nil, memory: Int = TrackCache.usualMemory,
    title: String, progress: WorkProgress
  ) throws -> [EncodedTrack] {
    var tracks: [EncodedTrack] = []
    var room = memory
    tracks.reserveCapacity(source.count)
    var hasMade = false
    for start in stride(from: 0, to: source.count, by: chunk) {
      let indices = start..<min(start + chunk, source.count)
      let kept = parallelShards(indices.count) { offset in
        cache.flatMap { cache in source.identity(start + offset).flatMap { cache.track($0) } }
      }
      let missing = indices.filter { kept[$0 - start] == nil }
      let made = try encoded(missing, of: source, by: encoder)
      if let cache {
        for (index, track) in zip(missing, made) {
          if let identity = source.identity(index) { cache.keep(track, as: identity) }
        }
      }
      hasMade = hasMade || !made.isEmpty
      var rest = made[...]
      for (index, track) in zip(indices, kept.compactMap { $0 ?? rest.popFirst() }) {
        let audio = try track.audio
        room -= MemoryLayout<Float>.size * (audio.frames.values.count + audio.heads.values.count)
        tracks.append(
          room >= 0
            ? EncodedTrack(timeline: track.timeline, audio: audio)
            : EncodedTrack(timeline: track.timeline) {
              if let cache, let kept = source.identity(index).flatMap({ cache.track($0) }) { return try kept.audio }
              return try encoded([index], of: source, by: encoder)[0].audio
            })
      }
      progress.report(title, tracks.count, source.count)
    }
    if hasMade { cache?.trim() }
    return tracks
  }

  private static func encoded(
    _ indices: [Int], of source: any TrackSource, by encoder: MusicEncoder
  ) throws -> [EncodedTrack] {
    let part = try spectrograms(source, indices)
    let audio = try encoder.encode(part.map { ($0.timeline.trackID, $0.timeline.duration, $0.spectrogram) })
    return zip(part, audio).map { EncodedTrack(timeline: $0.timeline, audio: $1) }
  }

  /// Tracks as the encoder sees them: `[frames, bands]` each.
  package static func spectrograms(
    _ source: any TrackSource, title: String, progress: WorkProgress
  ) throws -> [(spectrogram: Tensor, timeline: Timeline)] {
    var tracks: [(spectrogram: Tensor, timeline: Timeline)] = []
    for start in stride(from: 0, to: source.count, by: chunk) {
      tracks += try spectrograms(source, Array(start..<min(start + chunk, source.count))).map { ($0.spectrogram, $0.timeline) }
      progress.report(title, tracks.count, source.count)
    }
    return tracks
  }

  private static func spectrograms(
    _ source: any TrackSource, _ indices: [Int]
  ) throws -> [(timeline: Timeline, spectrogram: Tensor)] {
    try parallelShards(indices.count) { offset in
      let (timeline, mel) = try source.track(indices[offset])
      return (timeline, Tensor(shape: [mel.frames, mel.bands], values: mel.values))
    }
  }
}
