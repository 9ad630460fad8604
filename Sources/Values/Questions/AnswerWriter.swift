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

  /// Every answer can be written.
  ///
  /// What no reader finds is written so that none reads it: a time that is not in `0..<600 000 000` seconds as `-5.0 s` or `nan s`,
  /// an index without a letter or item as `#30`.
  public func write(_ answer: Answer) -> String {
    switch answer {
    case .instant(let seconds): return Self.clock(seconds)
    case .intervals(let intervals):
      let parts = intervals.map { "\(Self.clock($0.start))-\(Self.clock($0.end))" }
      return parts.isEmpty ? "none" : parts.joined(separator: ", ")
    case .choice(let index): return Self.letter(index)
    case .order(let order):
      return order.map { form.items.indices.contains($0) ? form.items[$0] : "#\($0)" }.joined(separator: ",")
    case .text(let text): return text
    }
  }

  /// `M:SS`, with a fraction where there is one; a time outside `0..<600 000 000` seconds as a number with its unit.
  public static func clock(_ seconds: Double) -> String {
    guard seconds >= 0, let rounded = AnswerTime.rounded(seconds) else { return "\(seconds) s" }
    let microseconds = Int(saturating: (rounded * 1e6).rounded())
    let (whole, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    let (minutes, remainder) = whole.quotientAndRemainder(dividingBy: 60)
    let clock = "\(minutes):\(remainder < 10 ? "0" : "")\(remainder)"
    guard rest > 0 else { return clock }
    var digits = String(rest + 1_000_000).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(clock).\(digits)"
  }

  /// The letter of an option: A for 0; `#26` for an index without one.
  public static func letter(_ index: Int) -> String {
    guard (0..<26).contains(index) else { return "#\(index)" }
    return String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index)))
  }
}
