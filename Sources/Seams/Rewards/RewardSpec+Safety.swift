import Questions
import Timelines

/// The order that no composition may break: unreadable < wrong < right, and no answer is paid less than its refusal.
extension RewardSpec {
  /// Differences below this share of the sum of the weights count as none.
  private static let margin = 1e-3

  /// What breaks the order, with the pair of answers that shows it and the remedy; `nil` where nothing does.
  ///
  /// Tried on questions of every kind that a component judges, for every task that a component names and for one that none does,
  /// with each answer in the prescribed form and out of it.
  package var weakness: String? {
    let tasks = Set(components.flatMap(\.tasks)).sorted() + ["any other task"]
    for task in tasks {
      for probe in SafetyProbe.all(task: task) {
        if let found = weakness(on: probe) { return found }
      }
    }
    return nil
  }

  private func weakness(on probe: SafetyProbe) -> String? {
    let right = priced([probe.right], on: probe)
    guard let leastRight = right.min(by: { $0.total < $1.total }) else { return nil }
    let wrong = priced(probe.wrong, on: probe)
    let faults = Fault.allCases.flatMap { fault -> [Priced] in
      price(.unreadable(fault), named: "nothing readable (\(fault.rawValue))", on: probe)
    }
    let refusal = price(Reading(outcome: .empty, answer: nil, isStrict: true), named: "“none”", on: probe)
    guard let mostWrong = wrong.max(by: { $0.total < $1.total }), let leastWrong = wrong.min(by: { $0.total < $1.total }),
      let fault = faults.max(by: { $0.total < $1.total })
    else { return nil }
    let margin = Self.margin * components.reduce(0) { $0 + abs($1.weight) }
    let question = "to a question with the answer \(Self.words(probe.right)) in a track of \(probe.question.duration) s"
    if mostWrong.total > leastRight.total - margin {
      return "a wrong answer is not paid less than the right one: \(question) (task: \(probe.question.task)), \(mostWrong) and "
        + "\(leastRight); use a reward that pays the right answer most, or a smaller weight for form"
    }
    if fault.total > leastWrong.total - margin {
      return "an answer that cannot be read is not paid less than a wrong one: \(question) (task: \(probe.question.task)), "
        + "\(fault) and \(leastWrong); add {reward: unreadable, weight: -1}, or make its weight larger"
    }
    if let refusal = refusal.first, refusal.total > leastWrong.total + margin {
      return
        "a refusal is paid more than a wrong answer: \(question) (task: \(probe.question.task)), \(refusal) and \(leastWrong); "
        + "let unreadable charge refusals"
    }
    return nil
  }

  /// An answer and what it earns.
  private struct Priced: CustomStringConvertible {
    var name: String
    var total: Double
    var description: String { "\(name) earns \(total)" }
  }

  private func priced(_ answers: [Answer], on probe: SafetyProbe) -> [Priced] {
    answers.flatMap { answer in
      [true, false].flatMap { isStrict in
        price(
          Reading(outcome: .answered, answer: answer, isStrict: isStrict),
          named: Self.words(answer) + (isStrict ? "" : " (not in the prescribed form)"), on: probe)
      }
    }
  }

  private func price(_ reading: Reading, named name: String, on probe: SafetyProbe) -> [Priced] {
    let response = Response(text: "", tokenCount: 8, isTruncated: false)
    return judge(reading, in: response, to: probe.question).total.map { [Priced(name: name, total: $0)] } ?? []
  }

  private static func words(_ answer: Answer) -> String {
    switch answer {
    case .instant(let time): return "\(time) s"
    case .intervals(let intervals):
      let shown = intervals.prefix(3).map { "\($0.start)–\($0.end) s" }.joined(separator: ", ")
      return intervals.count > 3 ? "\(shown) … (\(intervals.count) intervals)" : shown
    case .choice(let index): return "option \(index + 1)"
    case .order(let order): return "the order \(order.map { $0 + 1 })"
    case .text(let text): return "“\(text)”"
    }
  }
}
