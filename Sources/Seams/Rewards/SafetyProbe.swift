import Questions
import Timelines

/// A question with its right answer, and wrong answers to it, for checking a composition before it is used.
struct SafetyProbe {
  var question: Question
  var right: Answer
  var wrong: [Answer]

  private init(
    _ kind: AnswerKind, right: Answer, wrong: [Answer], task: String, duration: Double, choices: [String] = [],
    items: [String] = []
  ) {
    question = Question(
      id: "probe", trackID: "probe", task: task, text: "", kind: kind, choices: choices, items: items, references: [right],
      duration: duration)
    self.right = right
    self.wrong = wrong
  }

  /// Probes of every kind of answer for one task.
  static func all(task: String) -> [SafetyProbe] {
    instants(task) + intervalSets(task) + [
      SafetyProbe(
        .choice, right: .choice(2), wrong: [0, 1, 3].map { .choice($0) }, task: task, duration: 180,
        choices: ["louder", "softer", "faster", "slower"]),
      SafetyProbe(
        .choice, right: .choice(5), wrong: (0..<5).map { .choice($0) }, task: task, duration: 180, items: ["X", "Y", "Z"]),
      SafetyProbe(
        .order, right: .order([2, 0, 3, 1]), wrong: [.order([1, 3, 0, 2]), .order([2, 0, 1, 3])], task: task, duration: 180,
        items: ["W", "X", "Y", "Z"]),
      SafetyProbe(
        .text, right: .text("The drums enter and the guitar becomes louder."), wrong: [.text("nothing")],
        task: task, duration: 180),
    ]
  }

  private static func instants(_ task: String) -> [SafetyProbe] {
    [(60.0, 180.0), (3600, 3700)].map { truth, duration in
      let far = [0, 0.35, 0.65, 1].map { $0 * duration }.filter { abs($0 - truth) >= 0.25 * duration }
      return SafetyProbe(
        .instant, right: .instant(truth), wrong: (far + [duration + 120]).map { .instant($0) }, task: task, duration: duration)
    }
  }

  private static func intervalSets(_ task: String) -> [SafetyProbe] {
    let layouts: [(right: [Interval], duration: Double)] = [
      ([Interval(57, 72)], 97), ([Interval(30, 50), Interval(75, 100), Interval(130, 165)], 180),
      ([Interval(10, 14)], 240), ([Interval(60, 100)], 200),
    ]
    return layouts.map { right, duration in
      let gaps = [Interval(0, right[0].start), Interval(right[right.count - 1].end, duration)]
      let comb = stride(from: 0, to: duration - 5, by: 10).map { Interval($0, $0 + 5) }
      var wrong: [[Interval]] = [
        [gaps[0]], [gaps[1]], Array(repeating: gaps[1], count: 8), [Interval(0, duration)], comb,
        [Interval(duration + 60, duration + 90)], [Interval(100_000, 100_010)],
      ]
      let mirrored = right.map { Interval(duration - $0.end, duration - $0.start) }
      if IntervalSet(mirrored).intersectionMeasure(with: IntervalSet(right)) == 0 { wrong.append(mirrored) }
      return SafetyProbe(
        .intervals, right: .intervals(right), wrong: wrong.map { .intervals($0) }, task: task, duration: duration)
    }
  }
}
