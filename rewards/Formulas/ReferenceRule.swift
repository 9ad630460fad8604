import Options
import Questions
import Timelines

/// What several references of one question are to each other.
public enum ReferenceRule: String, CaseIterable, Sendable {
  /// Parts of one answer: everything in any of them is right.
  case union
  /// Alternatives: the one that scores best counts.
  case bestOf = "best-of"

  init(options: inout OptionReader, default fallback: ReferenceRule) {
    self = options.choice(
      "references", default: fallback, help: "several references are parts of one answer (union) or alternatives (best-of)")
  }

  /// The score against all references that are intervals; `nil` where there is none or `compare` applies to none.
  func score(against references: [Answer], _ compare: ([Interval]) -> Double?) -> Double? {
    var parts: [Interval] = []
    var best: Double?
    var found = false
    for case .intervals(let reference) in references {
      found = true
      switch self {
      case .union: parts += reference
      case .bestOf:
        guard let score = compare(reference) else { continue }
        best = max(best ?? score, score)
      }
    }
    return found && self == .union ? compare(parts) : best
  }

  /// The reference that decides `score(against:_:)`; `nil` where that is `nil`.
  func deciding(of references: [Answer], _ compare: ([Interval]) -> Double?) -> [Interval]? {
    var parts: [Interval]?
    var best: Double?
    for case .intervals(let reference) in references {
      switch self {
      case .union: parts = (parts ?? []) + reference
      case .bestOf:
        guard let score = compare(reference), score > best ?? -.infinity else { continue }
        (best, parts) = (score, reference)
      }
    }
    return parts
  }
}
