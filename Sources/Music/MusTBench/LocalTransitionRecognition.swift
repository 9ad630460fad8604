package import Questions
package import Randomness
package import Timelines

/// LTR: which of four changes happens at a given time.
///
/// Asks about each transition of the track more than `margin` from its ends. The three wrong options are events that do not
/// happen within `clearance` of that time; those that happen elsewhere in the track come first, so that knowing what is
/// heard does not tell when. Which letter is right is dealt evenly over the questions of a track.
///
/// The options stand in the question, each before its letter: a reader from left to right then meets a letter right after
/// what it stands for. A track with fewer than three wrong options gives no question. `category` is the change: `enter`,
/// `leave`, `rise` or `fall` (of intensity).
package struct LocalTransitionRecognition: BenchmarkTask {
  package static let name = "ltr"
  package static let title = "Local Transition Recognition"
  package static let asks = "which change a moment brings, out of four"
  package static let form = QuestionForm(task: name, kind: .choice, choices: ["A", "B", "C", "D"])

  /// Seconds at either end of the track in which nothing is asked.
  package var margin: Double
  /// Seconds around the time asked in which no wrong option may happen.
  package var clearance: Double

  private static let optionCount = 4

  package init(margin: Double = 2, clearance: Double = 2) {
    precondition(margin >= 0 && clearance >= 0, "a margin is not negative")
    self.margin = margin
    self.clearance = clearance
  }

  package func questions(for timeline: Timeline, stream: inout RandomStream) -> [Question] {
    let everywhere = Transition.all(in: timeline, margin: 0)
    let heard = Set(everywhere.map(\.event))
    let events = Transition.events(in: timeline)
    // Both lists are in order of time, so that what is near moves along.
    var (first, end) = (0, 0)
    var deck = LetterDeck(count: Self.optionCount)
    var questions: [Question] = []
    for transition in Transition.all(in: timeline, margin: margin) {
      while first < everywhere.count, transition.time - everywhere[first].time > clearance { first += 1 }
      end = max(end, first)
      while end < everywhere.count, everywhere[end].time - transition.time <= clearance { end += 1 }
      let near = Set(everywhere[first..<end].map(\.event))
      let elsewhere = heard.subtracting(near)
      let wrong = events.filter { elsewhere.contains($0) }.shuffled(using: &stream)
      let others = events.filter { !elsewhere.contains($0) && !near.contains($0) }.shuffled(using: &stream)
      var options = Array((wrong + others).prefix(Self.optionCount - 1))
      guard options.count == Self.optionCount - 1 else { continue }
      options.shuffle(using: &stream)
      let right = deck.deal(using: &stream)
      options.insert(transition.event, at: right)
      questions.append(question(transition, options: options.map(\.text), right: right, timeline: timeline))
    }
    return questions
  }

  private func question(_ transition: Transition, options: [String], right: Int, timeline: Timeline) -> Question {
    let clock = AnswerWriter.clock(ReferenceTime.whole(transition.time, duration: timeline.duration))
    let listed = options.enumerated().map { "\($0.element) (\(AnswerWriter.letter($0.offset)))" }.joined(separator: ", ")
    let event = transition.event
    return Question(
      id: "\(timeline.trackID)/\(Self.name)/\(clock)/\(event.source)-\(event.change.rawValue)", trackID: timeline.trackID,
      task: Self.name, category: event.change.rawValue,
      text: "What best describes the musical change at \(clock)? \(listed)", kind: .choice, choices: options,
      references: [.choice(right)], duration: timeline.duration)
  }
}
