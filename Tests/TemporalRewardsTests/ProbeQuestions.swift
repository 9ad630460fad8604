import Questions
import Timelines

/// Questions of every kind, common and at the edge.
enum ProbeQuestions {
  static let all: [Question] = [
    make("instant", .instant, [.instant(60)]),
    make("instant at the start", .instant, [.instant(0)]),
    make("instants", .instant, [.instant(20), .instant(100)]),
    make("interval", .intervals, [.intervals([Interval(60, 70)])]),
    make("long interval", .intervals, [.intervals([Interval(40, 160)])], duration: 200.4),
    make("interval at the start", .intervals, [.intervals([Interval(0, 15)])]),
    make("intervals", .intervals, [.intervals([Interval(25, 40), Interval(110, 120)])], duration: 222),
    make("several references", .intervals, [.intervals([Interval(25, 40)]), .intervals([Interval(110, 120)])]),
    make("no interval", .intervals, [.intervals([])]),
    make("short track", .intervals, [.intervals([Interval(2, 4)])], duration: 9),
    make("choice", .choice, [.choice(2)], choices: ["louder", "softer", "a new key", "the end"]),
    make("lettered order", .choice, [.choice(3)], items: ["X", "Y", "Z"]),
    make("order", .order, [.order([2, 0, 3, 1])], items: ["W", "X", "Y", "Z"]),
    make("text", .text, [.text("The drums enter and the guitar becomes louder.")]),
  ]

  static func make(
    _ id: String, _ kind: AnswerKind, _ references: [Answer], choices: [String] = [], items: [String] = [],
    duration: Double = 180
  ) -> Question {
    Question(
      id: id, trackID: "track", task: "probe", text: "When?", kind: kind, choices: choices, items: items,
      references: references, duration: duration)
  }
}
