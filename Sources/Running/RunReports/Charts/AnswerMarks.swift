import Questions
import Timelines

/// What of an answer can be drawn over time.
struct AnswerMarks {
  var instants: [Double] = []
  var intervals: [Interval] = []
  /// What is said instead, where nothing can be drawn.
  var words = ""

  private init(words: String) { self.words = words }

  init(_ answer: Answer, to question: Question) {
    switch answer {
    case .instant(let time): instants = [time]
    case .intervals(let parts):
      intervals = parts.filter { $0.duration > 0 }
      instants = parts.filter { $0.duration == 0 }.map(\.start)
      if parts.isEmpty { words = "no interval" }
    case .choice(let index):
      let letter = (0..<26).contains(index) ? String(UnicodeScalar(UInt8(65 + index))) : "option \(index + 1)"
      words = question.choices.indices.contains(index) ? "\(letter): \(question.choices[index])" : letter
    case .order(let order):
      words = order.map { question.items.indices.contains($0) ? question.items[$0] : "item \($0 + 1)" }.joined(separator: " → ")
    case .text(let text): words = text
    }
  }

  init(_ reading: Reading, to question: Question) {
    if let answer = reading.answer {
      self.init(answer, to: question)
    } else if case .unreadable(let fault) = reading.outcome {
      self.init(words: "unreadable: \(fault.rawValue)")
    } else {
      self.init(words: "none")
    }
  }

  /// All references of a question as one drawing.
  init(referencesOf question: Question) {
    let all = question.references.map { AnswerMarks($0, to: question) }
    instants = all.flatMap(\.instants)
    intervals = all.flatMap(\.intervals)
    words = all.map(\.words).filter { !$0.isEmpty }.joined(separator: " or ")
  }
}
