import Numbers
import Timelines

/// Writes an answer in the prescribed form, which `AnswerReader` reads back as the same answer.
///
/// Times are written to the microsecond; only whole seconds give the prescribed form (`0:57`), others its extension with a
/// fraction (`0:57.25`).
public struct AnswerWriter: Sendable, Hashable {
  public let form: AnswerForm

  public init(_ form: AnswerForm) {
    self.form = form
  }

  /// Traps where a time is not in `0..<1e9` seconds, or an index is not among the options or items.
  public func write(_ answer: Answer) -> String {
    switch answer {
    case .instant(let seconds): return Self.clock(seconds)
    case .intervals(let intervals):
      let parts = intervals.map { "\(Self.clock($0.start))-\(Self.clock($0.end))" }
      return parts.isEmpty ? "none" : parts.joined(separator: ", ")
    case .choice(let index): return Self.letter(index)
    case .order(let order): return order.map { form.items[$0] }.joined(separator: ",")
    case .text(let text): return text
    }
  }

  /// `M:SS`, with a fraction where there is one.
  public static func clock(_ seconds: Double) -> String {
    precondition(seconds >= 0 && seconds < 1e9, "a time lies in 0..<1e9 seconds")
    let microseconds = Int(saturating: seconds * 1e6 + 0.5)
    let (whole, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    let (minutes, remainder) = whole.quotientAndRemainder(dividingBy: 60)
    let clock = "\(minutes):\(remainder < 10 ? "0" : "")\(remainder)"
    guard rest > 0 else { return clock }
    var digits = String(rest + 1_000_000).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(clock).\(digits)"
  }

  /// The letter of an option: A for 0.
  public static func letter(_ index: Int) -> String {
    precondition((0..<26).contains(index), "an option has a letter from A to Z")
    return String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index)))
  }
}
