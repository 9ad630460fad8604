import Timelines

/// Where in a completion the parts of its answer stand, as offsets in the UTF-8 of its text.
///
/// Times are looked for by what they say, in the order of the answer, where the reader looks for the answer. A time that is not
/// written in ASCII digits as a clock time or as seconds (`one minute`, `1.5 min`) is not found.
public struct AnswerSpans: Sendable, Hashable {
  /// A time as it is written.
  public struct Time: Sendable, Hashable {
    public var bytes: Range<Int>
    /// Hours and minutes of a clock time, with their colon; empty where the time is a bare number.
    public var minutes: Range<Int>
    /// What follows them.
    public var seconds: Range<Int>
  }

  /// The instant, or one interval.
  public struct Part: Sendable, Hashable {
    public var times: [Time]

    /// From the first byte of the first time to the last byte of the last.
    public var bytes: Range<Int> { (times.first?.bytes.lowerBound ?? 0)..<(times.last?.bytes.upperBound ?? 0) }
  }

  /// One for an instant, of which the last mention counts; one an interval, in the order of the answer.
  public let parts: [Part]

  /// `nil` where the answer holds no times, or one of them is not found.
  package init?(of answer: Answer, in text: String) {
    let times = Self.times(in: text.utf8.span)
    switch answer {
    case .instant(let seconds):
      guard let last = times.last(where: { Self.isSame($0.value, seconds) }) else { return nil }
      parts = [Part(times: [last.time])]
    case .intervals(let intervals):
      var rest = times[...]
      var found: [Part] = []
      for interval in intervals {
        guard let start = Self.take(interval.start, from: &rest), let end = Self.take(interval.end, from: &rest) else {
          return nil
        }
        found.append(Part(times: [start, end]))
      }
      parts = found
    case .choice, .order, .text: return nil
    }
  }

  private typealias Found = (value: Double, time: Time)

  private static func take(_ value: Double, from rest: inout ArraySlice<Found>) -> Time? {
    guard let index = rest.firstIndex(where: { isSame($0.value, value) }) else { return nil }
    defer { rest = rest[(index + 1)...] }
    return rest[index].time
  }

  /// Readers ignore what is below a microsecond.
  private static func isSame(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 2e-6 }

  /// Every run of digits, points and colons that begins and ends with a digit, as seconds.
  private static func times(in bytes: Span<UInt8>) -> [Found] {
    let envelope = AnswerEnvelope(bytes)
    guard envelope.fault == nil else { return [] }
    var found: [Found] = []
    var position = envelope.body.lowerBound
    while position < envelope.body.upperBound {
      guard bytes[position].isDigit else {
        position += 1
        continue
      }
      let start = position
      var lastColon: Int?
      while position < envelope.body.upperBound, isPartOfTime(bytes, position, end: envelope.body.upperBound) {
        if bytes[position] == UInt8(ascii: ":") { lastColon = position }
        position += 1
      }
      if let value = seconds(bytes, start..<position) {
        let split = lastColon.map { $0 + 1 } ?? start
        found.append((value, Time(bytes: start..<position, minutes: start..<split, seconds: split..<position)))
      }
    }
    return found
  }

  private static func isPartOfTime(_ bytes: Span<UInt8>, _ position: Int, end: Int) -> Bool {
    let byte = bytes[position]
    if byte.isDigit { return true }
    guard byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".") else { return false }
    return position + 1 < end && bytes[position + 1].isDigit
  }

  private static func seconds(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
    guard range.count <= 64 else { return nil }
    var seconds = 0.0
    for field in String(decoding: FoldedText.copied(bytes, range), as: UTF8.self).split(separator: ":") {
      guard let value = Double(field) else { return nil }
      seconds = seconds * 60 + value
    }
    return seconds
  }
}
