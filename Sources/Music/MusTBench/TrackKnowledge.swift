package import Timelines

/// What somebody holds to be true of a track: enough to answer every question about it.
///
/// The truth is one (``TimelineKnowledge``); what an encoder's heads say, or what a curve of novelty shows, are others. All answer by
/// the same rules (``GroundedAnswer``), so tables of them differ only in what is known.
package protocol TrackKnowledge {
  /// When a source is first heard, in seconds; `nil` where it is not known to be heard.
  func entry(of source: String) -> Double?

  /// When a source is last heard, in seconds.
  func exit(of source: String) -> Double?

  /// How sure it is that an event happens near a time; larger is surer, 0 where nothing speaks for it.
  func evidence(of event: Transition.Event, near time: Double) -> Double

  /// When an event happens, in seconds; the likeliest time of several.
  func time(of event: Transition.Event) -> Double?

  /// What changes near a time.
  func events(near time: Double) -> [Transition.Event]

  /// Where the intensity is highest, or lowest.
  func extreme(highest: Bool) -> [Interval]
}
