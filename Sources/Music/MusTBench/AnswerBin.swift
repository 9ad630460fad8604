import Numbers
package import Questions
import Timelines

/// What a blind answer would have to name to be right about a question: questions in one bin fall to the same constant.
///
/// A choice or an order is a bin of its own, a text too. An instant falls into stretches of `width` seconds, an interval answer into
/// those of the middle of its first interval.
package struct AnswerBin: Sendable, Hashable, Comparable {
  /// Seconds of a bin of times: as wide as Hit@3s reaches.
  package static let width = 6.0

  /// What is shown of it: a letter, a stretch of time, a text.
  package let label: String
  private let rank: Int

  package init(_ question: Question) {
    func stretch(_ time: Double) -> (Int, String) {
      let index = Int(saturating: max(0, time) / Self.width)
      let start = Double(index) * Self.width
      return (index, "\(AnswerWriter.clock(start))–\(AnswerWriter.clock(start + Self.width))")
    }
    switch question.references.first {
    case .instant(let time): (rank, label) = stretch(time)
    case .intervals(let intervals): (rank, label) = intervals.first.map { stretch($0.center) } ?? (-1, "none")
    case .choice(let index): (rank, label) = (index, AnswerWriter.letter(min(25, max(0, index))))
    case .order(let order): (rank, label) = (0, order.map { "\($0 + 1)" }.joined(separator: ","))
    case .text(let text): (rank, label) = (0, text)
    case nil: (rank, label) = (-1, "")
    }
  }

  package static func < (left: AnswerBin, right: AnswerBin) -> Bool {
    (left.rank, left.label) < (right.rank, right.label)
  }
}
