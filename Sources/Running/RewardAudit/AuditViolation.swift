/// A property that a composition of rewards breaks, with the case that shows it.
public struct AuditViolation: Sendable, Hashable, Encodable {
  public enum Check: String, Sendable, Hashable, Encodable, CaseIterable {
    /// A reward is NaN or infinite.
    case finite
    /// A component's score lies outside its range.
    case range
    /// The same answer earns another amount the second time.
    case repeatable
    /// What cannot be read is not paid less than a wrong answer.
    case unreadable
    /// A wrong answer is paid as much as the right one, or any answer more.
    case wrong
    /// A refusal is paid more than an attempt.
    case refusal
    /// Moving an answer towards the truth lowers its reward.
    case monotone
    /// Writing an interval twice changes the reward.
    case duplication
    /// Cutting an interval in two changes the reward.
    case splitting
    /// Writing intervals in another order changes the reward.
    case permutation
    /// An answer outside the track earns more than the same answer inside.
    case outOfTrack = "out-of-track"
    /// A policy that never hears the track earns too much.
    case blind
    /// A policy that never hears the track earns at least what the right answers earn.
    case beatsRight = "beats-right"
    /// A constant instant earns too much.
    case constant
    /// A tiny answer in the right place earns as much as an honest one.
    case tiny
    /// Reward and benchmark metric rank answers differently.
    case spearman
    /// Groups of honest answers earn all the same, so that nothing is learnt from them.
    case ties
  }

  public var check: Check
  /// The first case that was seen.
  public var message: String
  /// How many cases were seen, and of how many.
  package var count: Int
  package var checked: Int
}

/// Collects violations: one a check, with its first case.
struct ViolationLog {
  private var checked: [AuditViolation.Check: Int] = [:]
  private var found: [AuditViolation.Check: AuditViolation] = [:]

  mutating func check(_ check: AuditViolation.Check, _ holds: Bool, _ message: @autoclosure () -> String) {
    checked[check, default: 0] += 1
    guard !holds else { return }
    found[check, default: AuditViolation(check: check, message: message(), count: 0, checked: 0)].count += 1
  }

  /// In the order of the checks.
  var violations: [AuditViolation] {
    AuditViolation.Check.allCases.compactMap { check in
      guard var violation = found[check] else { return nil }
      violation.checked = checked[check] ?? 0
      return violation
    }
  }
}
