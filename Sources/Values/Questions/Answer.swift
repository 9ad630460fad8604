public import Timelines

/// What kind of answer a question wants.
public enum AnswerKind: String, Sendable, Hashable, Codable, CaseIterable {
  case instant, intervals, choice, order, text

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let kind = AnswerKind(rawValue: name) else {
      let known = Self.allCases.map(\.rawValue).joined(separator: ", ")
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(name)' is no kind of answer; write one of \(known)")
    }
    self = kind
  }
}

/// An answer as a value: what a reference holds and what a reader finds in a completion.
public enum Answer: Sendable, Hashable {
  /// A time in seconds; may lie outside the track.
  case instant(Double)
  /// Intervals as written: not merged, not clipped, not sorted; may lie outside the track.
  case intervals([Interval])
  /// An option by its index, counted from 0.
  case choice(Int)
  /// Indices of the question's items in the order that was written.
  case order([Int])
  case text(String)

  public var kind: AnswerKind {
    switch self {
    case .instant: .instant
    case .intervals: .intervals
    case .choice: .choice
    case .order: .order
    case .text: .text
    }
  }
}
