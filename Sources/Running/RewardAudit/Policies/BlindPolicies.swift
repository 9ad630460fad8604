import Questions
import Randomness
import Timelines

/// Policies that never hear the track: they know its length, and what is usual in the file's questions.
struct BlindPolicies {
  /// Of one kind, all judged by the composition.
  let questions: [Question]
  let pricing: AnswerPricing
  let sheet: AnswerSheet

  func policies(for kind: AnswerKind) -> [AuditedPolicy] {
    let own =
      switch kind {
      case .intervals: intervals()
      case .instant: instants()
      case .order: orders()
      case .choice: choices()
      case .text: texts()
      }
    return own + formless
  }

  /// Completions that answer nothing.
  private var formless: [AuditedPolicy] {
    [
      AuditedPolicy("abstain", .blind, "“none”") { _, _ in "none" },
      AuditedPolicy("silence", .blind, "nothing at all") { _, _ in "" },
      AuditedPolicy("bag-of-words", .blind, "words of the subject, no answer") { question, _ in
        "intro verse chorus bridge solo outro start end section answer time seconds \(question.text.lowercased())"
      },
      AuditedPolicy("format-only", .blind, "the tags with nothing in them") { _, _ in "<think></think><answer></answer>" },
    ]
  }

  /// The exact answer to another question of the same sort, times as shares of the track.
  func borrowed() -> AuditedPolicy {
    let groups = Dictionary(grouping: questions, by: \.priorKey)
    let sheet = sheet
    return AuditedPolicy("borrowed", .blind, "the right answer to another question", isRandom: true) { question, stream in
      let others = groups[question.priorKey] ?? [question]
      var other = stream.integer(in: 0...others.count - 1)
      if others.count > 1, others[other].id == question.id { other = (other + 1) % others.count }
      guard others[other].id != question.id else { return "" }
      return sheet.text(Self.moved(others[other].exactAnswer, from: others[other], to: question), to: question)
    }
  }

  private static func moved(_ answer: Answer, from other: Question, to question: Question) -> Answer {
    let scale = question.duration / other.duration
    switch answer {
    case .instant(let time): return .instant(time * scale)
    case .intervals(let intervals): return .intervals(intervals.map { Interval($0.start * scale, $0.end * scale) })
    case .choice(let index): return .choice(min(index, question.optionCount - 1))
    case .order(let order):
      // Places of the other's items; those that are missing here are left out, the rest come last.
      let known = order.filter { question.items.indices.contains($0) }
      return .order(known + question.items.indices.filter { !known.contains($0) })
    case .text: return answer
    }
  }
}
