import Questions
import Timelines

/// Writes answers as completions: in the prescribed form, with times as finely as pays.
struct AnswerSheet: Sendable {
  /// Whether times are written as whole seconds: where a composition pays for the strict form, which has no fractions.
  var wholeSeconds = false

  func text(_ answer: Answer, to question: Question) -> String {
    let writer = AnswerWriter(AnswerForm(question))
    switch answer {
    case .instant(let time): return writer.write(.instant(rounded(time)))
    case .intervals(let intervals):
      return writer.write(.intervals(intervals.map { Interval(rounded($0.start), rounded($0.end)) }))
    case .choice, .order, .text: return writer.write(answer)
    }
  }

  func text(_ intervals: [Interval], to question: Question) -> String { text(.intervals(intervals), to: question) }

  /// No time lies before 0 or beyond what can be written.
  private func rounded(_ time: Double) -> Double {
    let time = min(max(0, time.isFinite ? time : 0), 999_999)
    return wholeSeconds ? time.rounded(.down) : time
  }
}
