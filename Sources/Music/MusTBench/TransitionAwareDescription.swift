package import Questions
package import Randomness
package import Timelines

/// TAD: describe what changes at a given time.
///
/// Transitions within `together` of the first of them are one moment, asked about at the time of the first. The reference
/// names them in order, such as *The drums enter, the bass leaves and the intensity rises.* The stream is not used.
package struct TransitionAwareDescription: BenchmarkTask {
  package static let name = "tad"
  package static let title = "Transition-Aware Description"
  package static let asks = "a moment's change in words"
  package static let form = QuestionForm(task: name, kind: .text)

  /// Seconds at either end of the track in which nothing is asked.
  package var margin: Double
  /// Seconds within which transitions count as one moment.
  package var together: Double

  package init(margin: Double = 2, together: Double = 1) {
    precondition(margin >= 0 && together >= 0, "a margin is not negative")
    self.margin = margin
    self.together = together
  }

  package func questions(for timeline: Timeline, stream: inout RandomStream) -> [Question] {
    moments(in: timeline).compactMap { question($0, timeline: timeline) }
  }

  /// Transitions in order of time, those together that count as one moment.
  func moments(in timeline: Timeline) -> [[Transition]] {
    var moments: [[Transition]] = []
    for transition in Transition.all(in: timeline, margin: margin) {
      if let first = moments.last?.first, transition.time - first.time <= together {
        moments[moments.count - 1].append(transition)
      } else {
        moments.append([transition])
      }
    }
    return moments
  }

  private func question(_ moment: [Transition], timeline: Timeline) -> Question? {
    guard let first = moment.first else { return nil }
    let clock = AnswerWriter.clock(ReferenceTime.whole(first.time, duration: timeline.duration))
    return Question(
      id: "\(timeline.trackID)/\(Self.name)/\(clock)/\(first.event.source)-\(first.event.change.rawValue)",
      trackID: timeline.trackID, task: Self.name, text: "Describe the musical change at \(clock).", kind: .text,
      references: [.text(Self.sentence(moment.map(\.event.text)))], duration: timeline.duration)
  }

  /// *The a, the b and the c.*
  static func sentence(_ clauses: [String]) -> String {
    guard !clauses.isEmpty else { return "Nothing changes." }
    let list =
      clauses.count > 1 ? clauses.dropLast().joined(separator: ", ") + " and " + clauses[clauses.count - 1] : clauses[0]
    return list.prefix(1).uppercased() + list.dropFirst() + "."
  }
}
