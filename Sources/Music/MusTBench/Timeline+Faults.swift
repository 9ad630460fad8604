package import Timelines

extension Timeline {
  /// What makes this timeline no ground truth to ask about, in words; empty where nothing does.
  ///
  /// - What ``structuralFaults(tolerance:)`` finds.
  /// - The label of a lane is one of `knownSources`, where these are given.
  /// - Something changes more than `margin` seconds from both ends: otherwise no task has anything to ask.
  package func faults(
    knownSources: [String]? = nil, margin: Double = 2, tolerance: Double = Timeline.tolerance
  ) -> [String] {
    var faults = structuralFaults(tolerance: tolerance)
    if let knownSources {
      for lane in lanes where !lane.label.isEmpty && !knownSources.contains(lane.label) {
        faults.append("'\(lane.label.shown)' is no known instrument; known: \(knownSources.joined(separator: ", "))")
      }
    }
    if faults.isEmpty, Transition.all(in: self, margin: margin).isEmpty {
      faults.append("nothing enters, leaves, rises or falls more than \(margin) s from its ends: there is nothing to ask")
    }
    return faults
  }
}
