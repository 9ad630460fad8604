package import Questions
package import Randomness
package import Timelines

/// MTR: where the music is most intense, and where it is least.
///
/// Category `highest` asks for the sections whose intensity equals the greatest in the track, `lowest` for the least.
/// Neighbours of equal intensity are one interval; several may share the extreme. The reference holds all of them, in
/// whole seconds, as one answer.
///
/// A form that is unknown, has one intensity throughout, or whose extreme keeps no whole second, gives no question. The
/// stream is not used.
package struct MoodTrajectoryReasoning: BenchmarkTask {
  package static let name = "mtr"
  package static let title = "Mood Trajectory Reasoning"
  package static let asks = "over which stretches the music is most or least intense"
  package static let form = QuestionForm(task: name, kind: .intervals)

  package init() {}

  package func questions(for timeline: Timeline, stream: inout RandomStream) -> [Question] {
    let intensities = timeline.sections.map(\.intensity)
    guard let least = intensities.min(), let greatest = intensities.max(), least < greatest else { return [] }
    return [
      question("highest", intensity: greatest, timeline: timeline),
      question("lowest", intensity: least, timeline: timeline),
    ].compactMap { $0 }
  }

  /// - Parameter category: `highest` or `lowest`.
  package static func wording(_ category: String) -> String {
    "When is(are) the \(category) arousal duration(s) in this audio?"
  }

  private func question(_ category: String, intensity: Double, timeline: Timeline) -> Question? {
    let parts = timeline.sections.filter { $0.intensity == intensity }.map(\.interval)
    let reference = ReferenceTime.whole(IntervalSet(parts).intervals, duration: timeline.duration)
    guard !reference.isEmpty else { return nil }
    return Question(
      id: "\(timeline.trackID)/\(Self.name)/\(category)", trackID: timeline.trackID, task: Self.name, category: category,
      text: Self.wording(category), kind: .intervals,
      references: [.intervals(reference)], duration: timeline.duration)
  }
}
