public import Questions
public import Timelines

/// A question with the answers of one or several policies, drawn over time.
public struct SummaryExample: Sendable {
  /// The answers of one policy.
  public struct Lane: Sendable, Hashable {
    /// Who answered, such as `before` or the name of an arm.
    public var name: String
    public var answers: [SummaryAnswer]
    /// How it is drawn.
    public var style: Style

    public init(name: String, answers: [SummaryAnswer], style: Style) {
      self.name = name
      self.answers = answers
      self.style = style
    }
  }

  public enum Style: Sendable, Hashable {
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

  public var question: Question
  /// Why it is shown, such as `most disputed`; empty for no reason.
  public var reason: String
  /// What is known of the track; drawn behind the answers.
  public var timeline: Timeline?
  public var lanes: [Lane]
  /// A picture of the sound over the whole track, as a data URI; empty for none.
  public var picture: String
  /// The sound as a data URI or a path beside the page; empty for none.
  public var sound: String

  public init(
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
  public init(question: Question, timeline: Timeline? = nil, before: [SummaryAnswer], after: [SummaryAnswer]) {
    self.init(
      question: question, timeline: timeline,
      lanes: [
        Lane(name: "before", answers: before, style: .before), Lane(name: "after", answers: after, style: .after),
      ])
  }
}

/// One completion and how it was read.
public struct SummaryAnswer: Sendable, Hashable {
  public var text: String
  public var reading: Reading
  /// `nil` where nothing scored it.
  public var score: Double?
  public var isGreedy: Bool

  public init(text: String, reading: Reading, score: Double?, isGreedy: Bool = false) {
    self.text = text
    self.reading = reading
    self.score = score
    self.isGreedy = isGreedy
  }
}
