package import Timelines

extension MIDIScore {
  /// Pauses shorter than this do not end a presence, in seconds.
  static let bridgedGap = 2.0

  /// When each instrument is heard, and how the intensity moves.
  ///
  /// A lane a label of `GeneralMIDI`, in the order of `GeneralMIDI.labels`; a presence lasts while its notes follow each other with
  /// pauses under 2 s. What volume and expression make too soft to be heard does not count. Struck and plucked notes count for 4 s at most, drum strokes for 0.25 s. Sections come from `IntensityCurve`.
  ///
  /// - Parameter duration: length of the track in seconds, such as that of a rendering; what lies beyond is cut off. Where it is not
  ///   given, the track lasts until the last note has ended and the last drum stroke has rung.
  package func timeline(id: String, duration: Double? = nil) -> Timeline {
    let drums = notes.last { $0.label == Instrument.drums.rawValue }
    let duration = duration ?? max(self.duration, drums.map { $0.start + Self.drumRing } ?? 0)
    let whole = Interval(0, duration)
    var sounding: [String: [Interval]] = [:]
    for note in notes {
      sounding[note.label, default: []] += heard(note)
    }
    let lanes = GeneralMIDI.labels.compactMap { label -> Timeline.Lane? in
      let bridged = Self.bridged(sounding[label] ?? [])
      let intervals = IntervalSet(bridged).clipped(to: whole).intervals
      return intervals.isEmpty ? nil : Timeline.Lane(label: label, intervals: intervals)
    }
    return Timeline(trackID: id, duration: duration, lanes: lanes, sections: intensity(duration: duration).sections)
  }

  /// How energetic the music is over `duration` seconds.
  package func intensity(duration: Double) -> IntensityCurve {
    IntensityCurve(onsets: notes.lazy.map { ($0.onset, $0.loudness) }, duration: duration)
  }

  private func heard(_ note: Note) -> [Interval] {
    let end = heardUntil(note)
    var intervals: [Interval] = []
    var start = note.start
    for silence in note.silences where silence.start < end {
      if silence.start > start { intervals.append(Interval(start, silence.start)) }
      start = silence.end
    }
    if start < end { intervals.append(Interval(start, end)) }
    return intervals
  }

  private func heardUntil(_ note: Note) -> Double {
    let label = note.label
    if label == Instrument.drums.rawValue { return note.start + Self.drumRing }
    return GeneralMIDI.ring(ofLabel: label).map { min(note.end, note.start + $0) } ?? note.end
  }

  /// Intervals sorted by start, joined where the pause between them is under `bridgedGap`.
  static func bridged(_ intervals: [Interval]) -> [Interval] {
    var joined: [Interval] = []
    for interval in intervals.sorted(by: { $0.start < $1.start }) {
      if let last = joined.last, interval.start - last.end < bridgedGap {
        joined[joined.count - 1] = Interval(last.start, max(last.end, interval.end))
      } else {
        joined.append(interval)
      }
    }
    return joined
  }
}
