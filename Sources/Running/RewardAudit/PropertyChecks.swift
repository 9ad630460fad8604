import Questions
import Randomness
import Timelines

/// What must hold of every answer to one question, whatever the policy.
struct PropertyChecks {
  let pricing: AnswerPricing
  let sheet: AnswerSheet
  let stream: RandomStream

  /// Differences below this are rounding.
  static let tolerance = 1e-9

  /// An answer with what it earns.
  struct Answered {
    var text: String
    var total: Double
    var reading: Reading
  }

  func answered(_ text: String, _ question: Question) -> Answered? {
    guard let priced = pricing.price(text, to: question) else { return nil }
    return Answered(text: text.shortened, total: priced.total, reading: priced.reading)
  }

  func check(_ question: Question, index: Int, _ log: inout ViolationLog) {
    let exactText = sheet.text(question.exactAnswer, to: question)
    guard let exact = answered(exactText, question) else { return }
    if let again = answered(exactText, question) {
      log.check(
        .repeatable, again.total.bitPattern == exact.total.bitPattern,
        "“\(exact.text)” earns \(exact.total) and then \(again.total) (\(question.id))")
    }
    checkOrder(question, exact, &log)
    checkOutOfTrack(question, &log)
    var own = stream.derived(index)
    switch question.kind {
    case .instant: checkInstantMoves(question, &log)
    case .intervals:
      checkIntervalMoves(question, &own, &log)
      checkForms(question, of: question.exactAnswer, &log)
      checkForms(question, of: HonestPolicies.noisy(question.exactAnswer, to: question, by: 5, &own), &log)
    case .order: checkSwaps(question, &log)
    case .choice, .text: break
    }
  }

  /// Unreadable < wrong < right, and no wrong answer is paid less than a refusal.
  private func checkOrder(_ question: Question, _ exact: Answered, _ log: inout ViolationLog) {
    let wrong = wrongAnswers(to: question).compactMap { answered($0, question) }
    for answer in wrong where answer.reading.answer != nil {
      log.check(
        .wrong, answer.total < exact.total - Self.tolerance,
        "the wrong answer “\(answer.text)” earns \(answer.total), the right one “\(exact.text)” \(exact.total) (\(question.id))"
      )
    }
    guard let least = wrong.filter({ $0.reading.answer != nil }).min(by: { $0.total < $1.total }) else { return }
    let unreadable = ["", "<answer></answer>", "the chorus, I think", "12:75", "1:20-1:05"]
      .compactMap { answered($0, question) }
    for answer in unreadable where answer.reading.answer == nil {
      log.check(
        .unreadable, answer.total < least.total - Self.tolerance,
        "“\(answer.text)”, which answers nothing, earns \(answer.total), the wrong answer “\(least.text)” \(least.total) "
          + "(\(question.id))")
    }
    guard question.exactAnswer != .intervals([]) else { return }
    for answer in ["none", "I do not know."].compactMap({ answered($0, question) }) where answer.reading.answer == nil {
      log.check(
        .refusal, answer.total <= least.total + Self.tolerance,
        "the refusal “\(answer.text)” earns \(answer.total), the attempt “\(least.text)” \(least.total) (\(question.id))")
    }
  }

  /// Legal answers that the benchmark metric gives nothing.
  private func wrongAnswers(to question: Question) -> [String] {
    switch question.kind {
    case .instant:
      let times = [0, 0.25, 0.5, 0.75, 1].map { $0 * question.duration }
      let far = times.filter { time in question.referenceTimes.allSatisfy { abs($0 - time) > 0.2 * question.duration } }
      return (far + [question.duration + 120]).map { sheet.text(.instant($0), to: question) }
    case .intervals:
      let gaps = IntervalSet(question.referenceIntervals).gaps(in: question.duration)
      let wrong =
        gaps.filter { $0.duration > 2 }.map { [$0] } + [gaps, [Interval(question.duration + 60, question.duration + 90)]]
      return wrong.filter { !$0.isEmpty }.map { sheet.text($0, to: question) }
    case .choice:
      return (0..<question.optionCount).filter { !question.references.contains(.choice($0)) }
        .map { sheet.text(.choice($0), to: question) }
    case .order:
      guard case .order(let order) = question.exactAnswer, order.count > 1 else { return [] }
      return [Array(order.reversed()), Array(order.dropFirst() + order.prefix(1))].filter {
        !question.references.contains(.order($0))
      }
      .map { sheet.text(.order($0), to: question) }
    case .text: return ["zzz qqq"]
    }
  }

  /// An answer that leaves the track, beside the same answer clipped.
  private func checkOutOfTrack(_ question: Question, _ log: inout ViolationLog) {
    let end = question.duration
    let pairs: [(outside: Answer, inside: Answer)]
    switch question.kind {
    case .instant: pairs = [(.instant(end + 5), .instant(end))]
    case .intervals:
      let last = IntervalSet(question.referenceIntervals).intervals.last?.start ?? 0
      pairs = last <= end ? [(.intervals([Interval(last, end + 5)]), .intervals([Interval(last, end)]))] : []
    case .choice, .order, .text: return
    }
    for pair in pairs {
      guard let outside = answered(sheet.text(pair.outside, to: question), question),
        let inside = answered(sheet.text(pair.inside, to: question), question)
      else { continue }
      log.check(
        .outOfTrack, outside.total <= inside.total + Self.tolerance,
        "“\(outside.text)”, which leaves the track of \(end) s, earns \(outside.total), “\(inside.text)” \(inside.total) "
          + "(\(question.id))")
    }
  }
}
