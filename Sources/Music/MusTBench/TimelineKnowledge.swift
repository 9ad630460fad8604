package import Timelines

/// The truth about a track, to the precision of its annotation: an oracle.
package struct TimelineKnowledge: TrackKnowledge {
  private let timeline: Timeline
  private let transitions: [Transition]
  private let moments: [[Transition]]

  package init(_ timeline: Timeline) {
    self.timeline = timeline
    transitions = Transition.all(in: timeline, margin: 0)
    moments = TransitionAwareDescription().moments(in: timeline)
  }

  package func entry(of source: String) -> Double? {
    timeline.lanes.first { $0.label == source }?.intervals.map(\.start).min()
  }

  package func exit(of source: String) -> Double? {
    timeline.lanes.first { $0.label == source }?.intervals.map(\.end).max()
  }

  package func evidence(of event: Transition.Event, near time: Double) -> Double {
    transitions.filter { $0.event == event }.map { 1 / (1 + abs($0.time - time)) }.max() ?? 0
  }

  package func time(of event: Transition.Event) -> Double? {
    transitions.first { $0.event == event }?.time
  }

  package func events(near time: Double) -> [Transition.Event] {
    let nearest = moments.min { abs($0[0].time - time) < abs($1[0].time - time) }
    return nearest?.map(\.event) ?? []
  }

  package func extreme(highest: Bool) -> [Interval] {
    let intensities = timeline.sections.map(\.intensity)
    guard let extreme = highest ? intensities.max() : intensities.min() else { return [] }
    return IntervalSet(timeline.sections.filter { $0.intensity == extreme }.map(\.interval)).intervals
  }
}
