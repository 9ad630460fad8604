import Questions
import Timelines

/// When a component of a composition counts; where its gate is closed, it scores 0.
public enum RewardGate: String, Sendable, Hashable, CaseIterable {
  case always
  /// An answer was read, or an explicit "none".
  case readable
  /// An answer was read and all its times lie inside the track.
  case inTrack = "in-track"
  /// The completion is the prescribed form and nothing else.
  case strict

  func isOpen(to reading: Reading, of question: Question) -> Bool {
    switch self {
    case .always: return true
    case .strict: return reading.isStrict
    case .readable:
      if case .unreadable = reading.outcome { return false }
      return true
    case .inTrack:
      switch reading.answer {
      case .instant(let time)?: return time >= 0 && time <= question.duration
      case .intervals(let intervals)?: return intervals.allSatisfy { $0.start >= 0 && $0.end <= question.duration }
      case .choice?, .order?, .text?: return true
      case nil: return reading.outcome == .empty
      }
    }
  }
}
