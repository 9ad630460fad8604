import Questions
import Randomness
import Timelines

/// Questions and readings that bring a reward to its edges.
enum RewardQuestions {
  /// Several of each kind: usual ones, with alternatives, at the ends of the track, on a very short track.
  static let all: [Question] = [
    question(.instant, [.instant(42.5)]),
    question(.instant, [.instant(0)]),
    question(.instant, [.instant(180), .instant(12)]),
    question(.instant, [.instant(0.2)], duration: 0.5),
    question(.intervals, [.intervals([Interval(30, 75)])]),
    question(.intervals, [.intervals([Interval(0, 180)])]),
    question(.intervals, [.intervals([Interval(10, 20), Interval(40, 41), Interval(100, 170)])]),
    question(.intervals, [.intervals([Interval(5, 9)]), .intervals([Interval(90, 120)])]),
    question(.intervals, [.intervals([Interval(50, 50)])]),
    question(.intervals, [.intervals([])]),
    question(.choice, [.choice(2)]),
    question(.choice, [.choice(0), .choice(3)]),
    orderByLetter,
    question(.order, [.order([2, 0, 1, 3])]),
    question(.order, [.order([0, 1, 2, 3])]),
    question(.text, [.text("a calm piano opens")]),
    question(.text, [.text("a calm piano opens"), .text("drums enter")]),
  ]

  /// A choice whose options are orders of three items.
  private static let orderByLetter = Question(
    id: "q", trackID: "t", task: "conformance", text: "In which order?", kind: .choice,
    choices: ["X → Y → Z", "X → Z → Y", "Y → X → Z", "Z → Y → X"], items: ["X", "Y", "Z"], references: [.choice(1)],
    duration: 180)

  private static func question(_ kind: AnswerKind, _ references: [Answer], duration: Double = 180) -> Question {
    Question(
      id: "q", trackID: "t", task: "conformance", text: "When?", kind: kind,
      choices: kind == .choice ? ["one", "two", "three", "four"] : [],
      items: kind == .order ? ["piano", "drums", "voice", "bass"] : [], references: references, duration: duration)
  }

  /// The references themselves, random answers inside and outside the track, nothing, and every fault.
  static func readings(of question: Question, seed: UInt64) -> [Reading] {
    var stream = RandomStream(seed: seed)
    var answers = question.references
    for _ in 0..<12 { answers.append(answer(to: question, &stream)) }
    return answers.map { Reading(outcome: .answered, answer: $0, isStrict: stream.chance(0.5)) }
      + [Reading(outcome: .empty, answer: nil, isStrict: true)] + Fault.allCases.map(Reading.unreadable)
  }

  private static func answer(to question: Question, _ stream: inout RandomStream) -> Answer {
    switch question.kind {
    case .instant: .instant(stream.uniform(in: -0.5 * question.duration...2 * question.duration))
    case .intervals: .intervals((0..<stream.integer(in: 0...5)).map { _ in interval(within: 1.5 * question.duration, &stream) })
    case .choice: .choice(stream.integer(in: 0...3))
    case .order: .order([0, 1, 2, 3].shuffled(using: &stream))
    case .text: .text(["", "a calm piano", "piano calm a opens", "drums!", "日本語"].randomElement(using: &stream) ?? "")
    }
  }

  static func interval(within length: Double, _ stream: inout RandomStream) -> Interval {
    let ends = [stream.uniform(in: 0...length), stream.uniform(in: 0...length)].sorted()
    return stream.chance(0.1) ? Interval(ends[0], ends[0]) : Interval(ends[0], ends[1])
  }
}
