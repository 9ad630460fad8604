public import MusTBench
public import Questions
public import Randomness
public import Timelines

/// When a source first enters, scored by how late the answer comes: a task outside Takt's own tree, with a measure of its own.
public struct Entries: BenchmarkTask {
  public static let name = "entry"
  public static let title = "Entry of a Source"
  public static let asks = "when a source first enters"
  public static let form = QuestionForm(task: name, kind: .instant)
  public static let lateness = BenchmarkMeasure(
    "lateness", title: "Lateness", formula: "seconds from the true time, 10 at most, over 10", isHigherBetter: false)
  public static let measures = [lateness, .hitWithin3Seconds]

  public init() {}

  public func scores(of reading: Reading, to question: Question) -> [BenchmarkMeasure: Double] {
    guard case .instant(let time)? = reading.answer, case .instant(let reference)? = question.references.first else {
      return [Self.lateness: 1, .hitWithin3Seconds: 0]
    }
    let distance = abs(time - reference)
    return [Self.lateness: min(1, distance / 10), .hitWithin3Seconds: distance <= 3 ? 1 : 0]
  }

  public func questions(for timeline: Timeline, stream: inout RandomStream) -> [Question] {
    timeline.lanes.compactMap { lane in
      guard let first = lane.intervals.first, first.start > 2 else { return nil }
      return Question(
        id: "\(timeline.trackID)/\(Self.name)/\(lane.label)", trackID: timeline.trackID, task: Self.name,
        text: "When does the \(lane.label) first start to play?", kind: .instant,
        references: [.instant(first.start.rounded())], duration: timeline.duration)
    }
  }
}
