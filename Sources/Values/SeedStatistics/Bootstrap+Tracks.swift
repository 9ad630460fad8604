import Randomness

extension Bootstrap {
  /// The mean of all scores, its interval by drawing whole tracks.
  ///
  /// `tracks[i]` holds the scores of track i, in any number; a track without scores has no say and is not drawn. A track weighs
  /// as much as it has scores. One track alone gives an interval of length zero, which says nothing of other tracks.
  /// `nil` where there is no score at all. Traps where a score is not finite.
  public func mean(ofTracks tracks: [[Double]]) -> ConfidenceInterval? {
    precondition(tracks.allSatisfy { $0.allSatisfy(\.isFinite) }, "a score is finite")
    let sums = tracks.filter { !$0.isEmpty }.map { (total: $0.reduce(0, +), count: $0.count) }
    guard !sums.isEmpty else { return nil }
    let estimate = sums.reduce(0) { $0 + $1.total } / Double(sums.reduce(0) { $0 + $1.count })
    return interval(around: estimate) { draw in
      var total = 0.0
      var count = 0
      for _ in sums.indices {
        let track = sums[Int.random(in: sums.indices, using: &draw)]
        total += track.total
        count += track.count
      }
      return total / Double(count)
    }
  }

  /// How much higher `first` scores than `second` on the same questions, its interval by drawing whole tracks.
  ///
  /// Both hold a list a track, one score a question in the same order, so that what is hard about a question cancels.
  /// Positive where `first` is better. `nil` where there is no score. Traps where the two differ in shape.
  public func pairedDifference(of first: [[Double]], minus second: [[Double]]) -> ConfidenceInterval? {
    precondition(first.map(\.count) == second.map(\.count), "paired scores answer the same questions of the same tracks")
    return mean(ofTracks: zip(first, second).map { zip($0, $1).map { $0 - $1 } })
  }

  /// Any statistic of the tracks, its interval by drawing whole tracks: `statistic` sees a list of tracks as long as `tracks`.
  public func interval<Track>(ofTracks tracks: [Track], statistic: ([Track]) -> Double) -> ConfidenceInterval? {
    guard !tracks.isEmpty else { return nil }
    return interval(around: statistic(tracks)) { draw in
      statistic(tracks.map { _ in tracks[Int.random(in: tracks.indices, using: &draw)] })
    }
  }
}
