/// What happens when in one track: the ground truth that questions are made from.
public struct Timeline: Sendable, Hashable {
  /// When one sound source is heard.
  public struct Lane: Sendable, Hashable {
    /// The source as a question names it, such as `piano` or `vocal`.
    public var label: String
    /// Sorted, disjoint, inside the track.
    public var intervals: [Interval]

    public init(label: String, intervals: [Interval]) {
      self.label = label
      self.intervals = intervals
    }
  }

  /// A stretch of the form with one musical intensity.
  public struct Section: Sendable, Hashable {
    public var interval: Interval
    /// A name such as `chorus`; empty where the form has none.
    public var label: String
    /// How energetic the section is, 0 (calm) … 1 (intense).
    public var intensity: Double

    public init(interval: Interval, label: String, intensity: Double) {
      self.interval = interval
      self.label = label
      self.intensity = intensity
    }
  }

  public var trackID: String
  /// Length of the track in seconds.
  public var duration: Double
  /// One lane a source, in a stable order.
  public var lanes: [Lane]
  /// In order, without gaps, from 0 to `duration`; empty where nothing is known of the form.
  public var sections: [Section]
  /// How energetic the music is over time, where its notes are known and somebody asked for it; no part of the JSON form.
  public var intensity: IntensityCurve?

  public init(trackID: String, duration: Double, lanes: [Lane], sections: [Section], intensity: IntensityCurve? = nil) {
    self.trackID = trackID
    self.duration = duration
    self.lanes = lanes
    self.sections = sections
    self.intensity = intensity
  }
}
