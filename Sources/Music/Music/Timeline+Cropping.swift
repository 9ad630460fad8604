import Numbers
package import Timelines

extension Timeline {
  /// What is heard in a window of the track, with times counted from the window's start.
  ///
  /// Lanes and sections are clipped to the window; those of which nothing is left are dropped. A presence that reaches over an end of
  /// the window then begins at 0 or ends at `duration`, which is no entry or exit. The window is clipped to the track; the result's
  /// id is the track's with the window's start and end appended, such as `song@12-72`.
  ///
  /// Traps where the window lies outside the track.
  package func cropped(to window: Interval) -> Timeline {
    let start = max(0, window.start)
    let end = min(duration, window.end)
    precondition(start < end, "a window lies inside its track")
    let inside = Interval(start, end)
    func moved(_ interval: Interval) -> Interval { Interval(interval.start - start, interval.end - start) }
    let lanes = lanes.compactMap { lane -> Lane? in
      let intervals = IntervalSet(lane.intervals).clipped(to: inside).intervals
      return intervals.isEmpty ? nil : Lane(label: lane.label, intervals: intervals.map(moved))
    }
    let sections = sections.compactMap { section -> Section? in
      let from = max(section.interval.start, start)
      let to = min(section.interval.end, end)
      return from < to
        ? Section(interval: Interval(from - start, to - start), label: section.label, intensity: section.intensity) : nil
    }
    return Timeline(
      trackID: "\(trackID)@\(Self.written(start))-\(Self.written(end))", duration: end - start, lanes: lanes,
      sections: sections, intensity: intensity?.cropped(to: inside))
  }

  private static func written(_ seconds: Double) -> String {
    seconds == seconds.rounded() ? "\(Int(saturating: seconds))" : "\(seconds)"
  }
}
