package import Randomness
package import Timelines

extension Timeline {
  /// The timeline as someone writes it down who places each entry, exit and boundary up to `error` seconds from where it is.
  ///
  /// Every time moves on its own by a uniform draw from [−`error`, `error`] seconds, at most 45 % of the way to the next time of
  /// its lane, or of the form, so that their order stays. What begins at 0 or lasts until the end of the track stays there. 0
  /// changes nothing.
  ///
  /// Annotators differ by seconds, which is why segment scores allow 0.5 s and 3 s (Turnbull et al. 2007, *A Supervised Approach
  /// for Detecting Boundaries in Music*).
  package func misplaced(upTo error: Double, stream: RandomStream) -> Timeline {
    guard error > 0 else { return self }
    var result = self
    for index in lanes.indices {
      let intervals = lanes[index].intervals
      var lane = stream.derived(1, index)
      let times = moved(intervals.flatMap { [$0.start, $0.end] }, upTo: error, stream: &lane)
      result.lanes[index].intervals = intervals.indices.map { Interval(times[2 * $0], times[2 * $0 + 1]) }
    }
    guard let first = sections.first else { return result }
    var form = stream.derived(2)
    let times = moved([first.interval.start] + sections.map(\.interval.end), upTo: error, stream: &form)
    for index in sections.indices { result.sections[index].interval = Interval(times[index], times[index + 1]) }
    return result
  }

  /// How much of the way to the next time an error may cover: below a half, or two times could meet.
  private static let reach = 0.45

  /// `times` in order, each moved but those at the ends of the track.
  private func moved(_ times: [Double], upTo error: Double, stream: inout RandomStream) -> [Double] {
    times.indices.map { index in
      let time = times[index]
      let draw = stream.uniform(in: -error...error)
      guard time > 0, time < duration else { return time }
      let before = index > 0 ? times[index - 1] : 0
      let after = index + 1 < times.count ? times[index + 1] : duration
      return time + min(max(draw, Self.reach * (before - time)), Self.reach * (after - time))
    }
  }
}
