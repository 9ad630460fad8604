import Timelines

/// What a completion says, once read.
public struct Reading: Sendable, Hashable {
  public enum Outcome: Sendable, Hashable {
    /// A legal answer of the kind asked for; whether it lies inside the track is the reward's business.
    case answered
    /// An explicit "none".
    case empty
    /// No legal answer, and why.
    case unreadable(Fault)

    /// `answered`, `empty`, or the fault: how files name it.
    public var name: String {
      switch self {
      case .answered: "answered"
      case .empty: "empty"
      case .unreadable(let fault): fault.rawValue
      }
    }
  }

  /// An answer, or what stands there instead: one place, so that readings of prescribed forms stay small.
  @usableFromInline
  enum Content: Sendable, Hashable {
    case none
    case answer(Answer)
    case seen([Answer])
  }

  public var outcome: Outcome
  @usableFromInline var content: Content
  /// Whether the text is the prescribed form and nothing else.
  public var isStrict: Bool

  /// Present exactly where the outcome is `answered`.
  @inlinable public var answer: Answer? {
    get { if case .answer(let answer) = content { answer } else { nil } }
    set { content = newValue.map { .answer($0) } ?? .none }
  }

  /// What a text without a legal answer holds instead, so that the reason can name it: the first few times, or intervals.
  @inlinable public var seen: [Answer] {
    if case .seen(let answers) = content { answers } else { [] }
  }

  /// `seen` counts only where there is no answer.
  @inlinable
  public init(outcome: Outcome, answer: Answer?, isStrict: Bool, seen: [Answer] = []) {
    self.outcome = outcome
    self.isStrict = isStrict
    if let answer {
      content = .answer(answer)
    } else {
      content = seen.isEmpty ? .none : .seen(seen)
    }
  }

  /// Why there is no legal answer, in words that name what was seen; `nil` where there is one, or an explicit "none".
  public var reason: String? {
    guard case .unreadable(let fault) = outcome else { return nil }
    guard !seen.isEmpty else { return fault.explanation }
    return "\(fault.explanation): \(seen.map(Self.written).joined(separator: " and "))"
  }

  private static func written(_ answer: Answer) -> String {
    switch answer {
    case .instant(let seconds): AnswerWriter.clock(seconds)
    case .intervals(let intervals):
      intervals.map { "\(AnswerWriter.clock($0.start))-\(AnswerWriter.clock($0.end))" }.joined(separator: ", ")
    case .choice(let index): AnswerWriter.letter(index)
    case .order(let order): order.map(String.init).joined(separator: ",")
    case .text(let text): text
    }
  }

  /// At most this many answers are kept as seen.
  private static let mostSeen = 3

  public static func unreadable(_ fault: Fault) -> Reading {
    Reading(outcome: .unreadable(fault), answer: nil, isStrict: false)
  }

  static func unreadable(_ fault: Fault, seen: [Answer]) -> Reading {
    var first: [Answer] = []
    for answer in seen where !first.contains(answer) && first.count < mostSeen { first.append(answer) }
    return Reading(outcome: .unreadable(fault), answer: nil, isStrict: false, seen: first)
  }
}

/// Why a completion holds no legal answer.
public enum Fault: String, Sendable, Hashable, CaseIterable {
  /// Nothing but white space.
  case blank
  /// Nothing that looks like an answer of this kind.
  case noAnswer = "no-answer"
  /// Only intervals, where an instant is asked.
  case intervalGiven = "interval-given"
  /// Only instants, where intervals are asked.
  case instantGiven = "instant-given"
  /// A text that says that it cannot listen, or cannot tell, whatever time it names besides.
  case refused
  /// A text that says that what is asked about never happens, without the word *none*.
  case absent
  /// An answer tag that is opened and never closed.
  case unclosedTag = "unclosed-tag"
  /// An answer tag with nothing in it.
  case emptyTag = "empty-tag"
  /// Several different answers and no marker that names one.
  case hedged
  /// An interval whose end lies before its start.
  case reversed
  /// Seconds or minutes of 60 or more, as in `16:48–23:76`.
  case badClock = "bad-clock"
  /// NaN, infinity, or a number too large for a time.
  case notFinite = "not-finite"
  /// A time before 0.
  case negative
  /// A number with something missing or abbreviated, such as `1:12–15`.
  case ambiguous
  /// A letter or item that is not among those offered.
  case unknownOption = "unknown-option"
  /// An order that leaves out or repeats an item.
  case incompleteOrder = "incomplete-order"

  /// The reason in words, for those who look at single answers.
  public var explanation: String {
    switch self {
    case .blank: "there is nothing but white space"
    case .noAnswer: "nothing here looks like an answer of this kind"
    case .intervalGiven: "there is an interval, where an instant is asked"
    case .instantGiven: "there is an instant, where an interval is asked"
    case .refused: "the text says that it cannot listen or cannot tell"
    case .absent: "the text says that it never happens"
    case .unclosedTag: "an answer tag is opened and never closed, so its content may have been cut"
    case .emptyTag: "the answer tag has nothing in it"
    case .hedged: "there are several different answers, and no word such as *answer* names one"
    case .reversed: "an interval ends before it starts"
    case .badClock: "seconds or minutes of a clock time are 60 or more"
    case .notFinite: "a number is not finite, or too large for a time"
    case .negative: "a time lies before 0"
    case .ambiguous: "a time is cut off or abbreviated, so that it may mean several"
    case .unknownOption: "a letter or item is named that is not among those offered"
    case .incompleteOrder: "the order leaves out an item or repeats one"
    }
  }
}
