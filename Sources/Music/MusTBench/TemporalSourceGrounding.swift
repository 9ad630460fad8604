package import Questions
package import Randomness
package import Timelines

/// TSG: when a source is first heard, and when it is last heard.
///
/// - Category `onset`: the start of a lane's first interval, asked where it lies more than `margin` after the start of the
///   track. A source that plays from the start has no entry to hear.
/// - Category `offset`: the end of a lane's last interval, asked where it lies more than `margin` before the end.
///
/// The reference is the time in whole seconds. The wording is MusTBench's, which has no plural. A lane without intervals gives
/// no question. The stream is not used.
package struct TemporalSourceGrounding: BenchmarkTask {
  package static let name = "tsg"
  package static let title = "Temporal Source Grounding"
  package static let asks = "when a source is first or last heard"
  package static let form = QuestionForm(task: name, kind: .instant, category: category(ofType:))
  package static let headline: BenchmarkMeasure? = .hitWithin3Seconds

  /// Seconds at either end of the track in which nothing is asked.
  package var margin: Double

  package init(margin: Double = 2) {
    precondition(margin >= 0, "a margin is not negative")
    self.margin = margin
  }

  package func questions(for timeline: Timeline, stream: inout RandomStream) -> [Question] {
    timeline.lanes.flatMap { lane in
      [onset(of: lane, in: timeline), offset(of: lane, in: timeline)].compactMap { $0 }
    }
  }

  /// `onset` or `offset` where MusTBench's `qa_type` says so.
  private static func category(ofType type: String) -> String? {
    if ["onset", "first", "start", "appear", "begin"].contains(where: { type.contains($0) }), !type.contains("disappear") {
      return "onset"
    }
    return ["offset", "last", "final", "end", "stop", "disappear"].contains { type.contains($0) } ? "offset" : nil
  }

  package static func onsetWording(_ source: String) -> String { "When does the \(source) first start to play?" }
  package static func offsetWording(_ source: String) -> String { "When does the \(source) finally stop playing?" }

  private func onset(of lane: Timeline.Lane, in timeline: Timeline) -> Question? {
    guard let first = lane.intervals.first, first.start > margin else { return nil }
    return question(
      "onset", at: first.start, text: Self.onsetWording(lane.label),
      lane: lane, timeline: timeline)
  }

  private func offset(of lane: Timeline.Lane, in timeline: Timeline) -> Question? {
    guard let last = lane.intervals.last, last.end < timeline.duration - margin else { return nil }
    return question(
      "offset", at: last.end, text: Self.offsetWording(lane.label),
      lane: lane, timeline: timeline)
  }

  private func question(
    _ category: String, at seconds: Double, text: String, lane: Timeline.Lane, timeline: Timeline
  ) -> Question {
    Question(
      id: "\(timeline.trackID)/\(Self.name)/\(category)/\(lane.label)", trackID: timeline.trackID, task: Self.name,
      category: category, text: text, kind: .instant,
      references: [.instant(ReferenceTime.whole(seconds, duration: timeline.duration))], duration: timeline.duration)
  }
}
