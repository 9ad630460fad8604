public import Timelines

extension Timeline {
  /// What makes this timeline no ground truth to ask about, in words; empty where nothing does.
  ///
  /// - The track has a name and a finite length above 0.
  /// - Each lane has a label of its own, one of `knownSources` where these are given; its intervals lie inside the track and do not
  ///   overlap, in any order.
  /// - Sections follow each other without gap or overlap from 0 to the end, with intensities 0…1; there may be none.
  /// - Something changes more than `margin` seconds from both ends: otherwise no task has anything to ask.
  ///
  /// Ends may differ by `tolerance` seconds from where they belong.
  public func faults(knownSources: [String]? = nil, margin: Double = 2, tolerance: Double = 0.05) -> [String] {
    var faults: [String] = []
    if trackID.isEmpty { faults.append("the track has no id") }
    guard duration.isFinite, duration > 0 else { return faults + ["lasts \(duration) s; a track is longer than 0 s"] }
    var labels: Set<String> = []
    for lane in lanes {
      if lane.label.isEmpty { faults.append("a lane has no label") }
      if !labels.insert(lane.label).inserted {
        faults.append("two lanes are labelled '\(lane.label)': put their intervals into one")
      }
      if let knownSources, !lane.label.isEmpty, !knownSources.contains(lane.label) {
        faults.append("'\(lane.label)' is no known instrument; known: \(knownSources.joined(separator: ", "))")
      }
      faults += laneFaults(lane, tolerance: tolerance)
    }
    faults += sectionFaults(tolerance: tolerance)
    if faults.isEmpty, Transition.all(in: self, margin: margin).isEmpty {
      faults.append("nothing enters, leaves, rises or falls more than \(margin) s from its ends: there is nothing to ask")
    }
    return faults
  }

  private func laneFaults(_ lane: Lane, tolerance: Double) -> [String] {
    var faults: [String] = []
    let sorted = lane.intervals.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    for interval in sorted {
      if interval.start < -tolerance {
        faults.append("'\(lane.label)' starts at \(interval.start) s, before the track does")
      }
      if interval.end > duration + tolerance {
        faults.append("'\(lane.label)' is annotated up to \(interval.end) s, past the end of the track at \(duration) s")
      }
      if interval.duration == 0 { faults.append("'\(lane.label)' has an interval without length at \(interval.start) s") }
    }
    for (first, second) in zip(sorted, sorted.dropFirst()) where second.start < first.end {
      faults.append(
        "'\(lane.label)' has the overlapping intervals \(first.start)–\(first.end) s and \(second.start)–\(second.end) s")
    }
    return faults
  }

  private func sectionFaults(tolerance: Double) -> [String] {
    var faults: [String] = []
    var end = 0.0
    for section in sections {
      let (start, stop) = (section.interval.start, section.interval.end)
      if start < end - tolerance {
        faults.append("the section \(start)–\(stop) s overlaps the one before it, which ends at \(end) s")
      }
      if start > end + tolerance {
        faults.append("no section covers \(end)–\(start) s: sections follow each other without gaps")
      }
      if !(0...1).contains(section.intensity) {
        faults.append("the section \(start)–\(stop) s has the intensity \(section.intensity); allowed is 0…1")
      }
      end = stop
    }
    if !sections.isEmpty, abs(end - duration) > tolerance {
      faults.append("the last section ends at \(end) s, the track at \(duration) s")
    }
    return faults
  }
}
