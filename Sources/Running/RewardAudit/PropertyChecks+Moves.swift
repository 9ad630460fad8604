import Questions
import Randomness
import Timelines

/// How a reward answers to small changes of an answer; only answers whose form is as good are compared.
extension PropertyChecks {
  /// Rounded times would take small steps in the wrong direction.
  private var exactly: AnswerSheet { AnswerSheet() }

  /// Rewards of answers ever nearer to the truth never fall.
  private func checkRising(_ answers: [Answer], _ question: Question, _ log: inout ViolationLog) {
    let steps = answers.compactMap { answered(exactly.text($0, to: question), question) }
    for (far, near) in zip(steps, steps.dropFirst()) where far.reading.isStrict == near.reading.isStrict {
      log.check(
        .monotone, near.total >= far.total - 1e-6,
        "“\(near.text)” earns \(near.total), and “\(far.text)”, which lies farther from the truth, \(far.total) (\(question.id))"
      )
    }
  }

  /// Steps from either end of the track towards the first reference; of several references the outer ones are used.
  func checkInstantMoves(_ question: Question, _ log: inout ViolationLog) {
    guard let first = question.referenceTimes.min(), let last = question.referenceTimes.max() else { return }
    let steps = [1, 0.75, 0.5, 0.3, 0.15, 0.05, 0]
    checkRising(steps.map { .instant(first * (1 - $0)) }, question, &log)
    checkRising(steps.map { .instant(last + $0 * max(0, question.duration - last)) }, question, &log)
  }

  /// All ends are moved by shares of what room they have, so that neither order nor neighbours change, and then moved back.
  func checkIntervalMoves(_ question: Question, _ stream: inout RandomStream, _ log: inout ViolationLog) {
    let truth = IntervalSet(question.referenceIntervals).intervals
    guard !truth.isEmpty else { return }
    let pulls = truth.map { _ in (start: stream.uniform(in: -0.8...0.8), end: stream.uniform(in: -0.8...0.8)) }
    let answers = [1, 0.7, 0.4, 0.2, 0].map { (strength: Double) -> Answer in
      .intervals(
        truth.indices.map { index in
          let interval = truth[index]
          // There is no room beyond the ends of the track, wherever a reference lies.
          let before = 0.5 * max(0, interval.start - (index > 0 ? truth[index - 1].end : 0))
          let after = 0.5 * max(0, (index + 1 < truth.count ? truth[index + 1].start : question.duration) - interval.end)
          let (half, pull) = (0.5 * interval.duration, pulls[index])
          return Interval(
            interval.start + strength * pull.start * (pull.start < 0 ? before : half),
            interval.end + strength * pull.end * (pull.end < 0 ? half : after))
        })
    }
    checkRising(answers, question, &log)
  }

  /// Neighbours that stand in the wrong order are put right, one pair after another.
  func checkSwaps(_ question: Question, _ log: inout ViolationLog) {
    guard question.references.count == 1, case .order(let truth) = question.exactAnswer else { return }
    var order = Array(truth.reversed())
    var steps: [Answer] = [.order(order)]
    for round in truth.indices {
      for place in 0..<(truth.count - 1 - round) {
        guard let first = truth.firstIndex(of: order[place]), let second = truth.firstIndex(of: order[place + 1]) else {
          continue
        }
        if first > second {
          order.swapAt(place, place + 1)
          steps.append(.order(order))
        }
      }
    }
    checkRising(steps.spread(over: Self.mostSwaps), question, &log)
  }

  /// Most swaps that are judged: of a hundred items five thousand are needed.
  private static let mostSwaps = 200

  /// The same intervals twice, cut in two and in reverse order earn the same.
  func checkForms(_ question: Question, of answer: Answer, _ log: inout ViolationLog) {
    guard case .intervals(let intervals) = answer, !intervals.isEmpty,
      let plain = answered(exactly.text(answer, to: question), question)
    else { return }
    func compare(_ check: AuditViolation.Check, _ other: [Interval]) {
      guard let changed = answered(exactly.text(other, to: question), question),
        changed.reading.isStrict == plain.reading.isStrict
      else { return }
      log.check(
        check, abs(changed.total - plain.total) <= 1e-6 || !plain.total.isFinite && !changed.total.isFinite,
        "“\(changed.text)” earns \(changed.total), “\(plain.text)”, which covers the same, \(plain.total) (\(question.id))")
    }
    compare(.duplication, intervals + intervals)
    compare(.permutation, intervals.reversed())
    compare(
      .splitting,
      intervals.flatMap { interval -> [Interval] in
        let middle = (1e3 * interval.center).rounded() / 1e3
        guard middle > interval.start, middle < interval.end else { return [interval] }
        return [Interval(interval.start, middle), Interval(middle, interval.end)]
      })
  }
}

extension IntervalSet {
  /// What it leaves uncovered of 0…`duration`.
  func gaps(in duration: Double) -> [Interval] {
    var gaps: [Interval] = []
    var end = 0.0
    for interval in intervals {
      if interval.start > end { gaps.append(Interval(end, interval.start)) }
      end = max(end, interval.end)
    }
    if duration > end { gaps.append(Interval(end, duration)) }
    return gaps
  }
}
