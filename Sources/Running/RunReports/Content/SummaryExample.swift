package import Questions
package import Timelines

/// A question with the answers of one or several policies, drawn over time.
package struct SummaryExample: Sendable {
  /// The answers of one policy.
  package struct Lane: Sendable, Hashable {
    /// Who answered, such as `before` or the name of an arm.
    package var name: String
    package var answers: [SummaryAnswer]
    /// How it is drawn.
    package var style: Style

    package init(name: String, answers: [SummaryAnswer], style: Style) {
      self.name = name
      self.answers = answers
      self.style = style
    }
  }

  package enum Style: Sendable, Hashable {
    case before, after
    /// The arm that others are compared with.
    case control
    /// A further arm, counted from 0.
    case arm(Int)

    var name: String {
      switch self {
      case .before: "before"
      case .after: "after"
      case .control: "control"
      case .arm(let index): "s\(index % 8)"
      }
    }
  }

  package var question: Question
  /// Why it is shown, such as `most disputed`; empty for no reason.
  package var reason: String
  /// What is known of the track; drawn behind the answers.
  package var timeline: Timeline?
  package var lanes: [Lane]
  /// A picture of the sound over the whole track, as a data URI; empty for none.
  package var picture: String
  /// The sound as a data URI or a path beside the page; empty for none.
  package var sound: String

  package init(
    question: Question, reason: String = "", timeline: Timeline? = nil, lanes: [Lane], picture: String = "", sound: String = ""
  ) {
    self.question = question
    self.reason = reason
    self.timeline = timeline
    self.lanes = lanes
    self.picture = picture
    self.sound = sound
  }

  /// Answers from before and after training.
  package init(question: Question, timeline: Timeline? = nil, before: [SummaryAnswer], after: [SummaryAnswer]) {
    self.init(
      question: question, timeline: timeline,
      lanes: [
        Lane(name: "before", answers: before, style: .before), Lane(name: "after", answers: after, style: .after),
      ])
  }
}

/// One completion and how it was read.
package struct SummaryAnswer: Sendable, Hashable {
  package var text: String
  package var reading: Reading
  /// `nil` where nothing scored it.
  package var score: Double?
  package var isGreedy: Bool

  package init(text: String, reading: Reading, score: Double?, isGreedy: Bool = false) {
    self.text = text
    self.reading = reading
    self.score = score
    self.isGreedy = isGreedy
  }
}
