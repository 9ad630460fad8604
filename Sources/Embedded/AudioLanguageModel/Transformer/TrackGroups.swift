import Policies
import Tensors

/// Prompts gathered by track and cut into shards of a fixed number of tracks.
///
/// The cut depends on the prompts only, never on the number of threads, so results do not either.
struct TrackGroups: Sendable {
  struct Track: Sendable {
    let audio: EncodedAudio
    /// The second that the track's start is called.
    let firstSecond: Int
    /// Indices of the prompts about the track, in order.
    var prompts: [Int]
  }

  /// Tracks in the order of their first prompt.
  let shards: [[Track]]

  init(_ prompts: [AudioPrompt], tracksPerShard: Int) {
    precondition(tracksPerShard > 0, "a shard holds at least one track")
    var tracks: [Track] = []
    var known: [String: [Int]] = [:]
    for (index, prompt) in prompts.enumerated() {
      let candidates = known[prompt.audio.trackID] ?? []
      if let track = candidates.first(where: {
        tracks[$0].firstSecond == prompt.firstSecond && tracks[$0].audio == prompt.audio
      }) {
        tracks[track].prompts.append(index)
      } else {
        known[prompt.audio.trackID] = candidates + [tracks.count]
        tracks.append(Track(audio: prompt.audio, firstSecond: prompt.firstSecond, prompts: [index]))
      }
    }
    shards = stride(from: 0, to: tracks.count, by: tracksPerShard).map {
      Array(tracks[$0..<min($0 + tracksPerShard, tracks.count)])
    }
  }
}
