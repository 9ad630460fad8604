extension Timeline {
  /// Seconds by which ends may differ from where they belong.
  public static let tolerance = 0.05

  /// Most faults that are listed one by one.
  private static let mostFaults = 8

  /// What makes this no timeline, whatever it is wanted for, in words; empty where nothing does.
  ///
  /// Decoding refuses a timeline with any.
  ///
  /// - The track has an id as ``Identifier`` has it and a length above 0 and up to ``InputLimit/duration`` seconds.
  /// - Each lane has a label of its own of 1…``InputLimit/label`` bytes; its intervals lie inside the track, have a length and do not
  ///   overlap, in any order.
  /// - Sections follow each other without gap or overlap from 0 to the end, with intensities 0…1; there may be none.
  ///
  /// Ends may differ by `tolerance` seconds from where they belong.
  public func structuralFaults(tolerance: Double = Timeline.tolerance) -> [String] {
    var faults: [String] = []
    if trackID.isEmpty {
      faults.append("the track has no id")
    } else if let fault = Identifier.fault(of: trackID) {
      faults.append("its id \(fault)")
    }
    guard duration.isFinite, duration > 0 else { return faults + ["lasts \(duration) s; a track is longer than 0 s"] }
    guard duration <= InputLimit.duration else {
      return faults + ["lasts \(duration) s; a track lasts at most \(InputLimit.duration) s, a day"]
    }
    var labels: Set<String> = []
    for lane in lanes {
      faults += Self.labelFaults(lane.label, of: "a lane")
      if !labels.insert(lane.label).inserted {
        faults.append("two lanes are labelled '\(lane.label.shown)': put their intervals into one")
      }
      faults += laneFaults(lane, tolerance: tolerance)
    }
    faults += sectionFaults(tolerance: tolerance)
    let rest = faults.count - Self.mostFaults
    return rest > 1 ? faults.prefix(Self.mostFaults) + ["and \(rest) more faults"] : faults
  }

  private static func labelFaults(_ label: String, of what: String) -> [String] {
    if label.isEmpty { return ["\(what) has no label"] }
    return longLabelFaults(label, of: what)
  }

  private static func longLabelFaults(_ label: String, of what: String) -> [String] {
    var faults: [String] = []
    if label.utf8.count > InputLimit.label {
      faults.append(
        "\(what) has a label of \(label.utf8.count) bytes, '\(label.shown)'; at most \(InputLimit.label) are allowed")
    }
    if label.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      faults.append("\(what) has the label '\(label.shown)' with a control character; leave it out")
    }
    return faults
  }

  private func laneFaults(_ lane: Lane, tolerance: Double) -> [String] {
    var faults: [String] = []
    let label = lane.label.shown
    let sorted = lane.intervals.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    for interval in sorted {
      if interval.start < -tolerance {
        faults.append("'\(label)' starts at \(interval.start) s, before the track does")
      }
      if interval.end > duration + tolerance {
        faults.append("'\(label)' is annotated up to \(interval.end) s, past the end of the track at \(duration) s")
      }
      if interval.duration == 0 { faults.append("'\(label)' has an interval without length at \(interval.start) s") }
    }
    for (first, second) in zip(sorted, sorted.dropFirst()) where second.start < first.end {
      faults.append(
        "'\(label)' has the overlapping intervals \(first.start)–\(first.end) s and \(second.start)–\(second.end) s")
    }
    return faults
  }

  private func sectionFaults(tolerance: Double) -> [String] {
    var faults: [String] = []
    var end = 0.0
    for section in sections {
      let (start, stop) = (section.interval.start, section.interval.end)
      faults += Self.longLabelFaults(section.label, of: "the section \(start)–\(stop) s")
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
