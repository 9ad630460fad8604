import Synchronization

/// Parts made of a program's own values: they stand where a part's options have their defaults, and are held to the same ranges.
///
/// A typed initialiser runs the reading that an experiment file goes through, on no file, with the values that it was given as the
/// defaults. So every default, range and message stands once.
public enum TypedOptions {
  /// What ``checked(_:)`` finds.
  private final class Findings: Sendable {
    let issues = Mutex<[OptionIssue]>([])
  }

  @TaskLocal private static var findings: Findings?

  /// The part that `body` makes by reading options that no one gives; `name` stands before the keys in messages.
  ///
  /// Traps with the words of an experiment file's error where a value is out of range, unless ``checked(_:)`` asks.
  public static func make<Part>(_ name: String, _ body: (inout OptionReader) -> Part) -> Part {
    var reader = OptionReader(path: name, checksDefaults: true)
    let part = body(&reader)
    let issues = reader.closed()
    if let findings {
      findings.issues.withLock { $0 += issues }
    } else {
      precondition(issues.isEmpty, OptionError(issues).description)
    }
    return part
  }

  /// What `make` makes; throws everything that is wrong with values computed at run time, where a typed initialiser alone would trap.
  ///
  ///     let algorithm = try TypedOptions.checked { GRPO(clipHigh: width / 10, kl: KLOptions(coefficient: weight)) }
  public static func checked<Part>(_ make: () -> Part) throws(OptionError) -> Part {
    let found = Findings()
    let part = $findings.withValue(found) { make() }
    let issues = found.issues.withLock { $0 }
    guard issues.isEmpty else { throw OptionError(issues) }
    return part
  }
}
