import Timelines

/// A reference answer as a file holds it: text in a form that `AnswerReader` knows, or the numbers themselves.
indirect enum ReferenceValue: Sendable, Hashable {
  case text(String)
  /// Seconds.
  case number(Double)
  case list([ReferenceValue])

  /// What each of `answers` holds; what is no list is one answer.
  var alternatives: [ReferenceValue] {
    if case .list(let values) = self { values } else { [self] }
  }

  /// How it would be written in JSON, for messages, at most 60 characters.
  var shown: String { String(written.prefix(60)) }

  private var written: String {
    switch self {
    case .text(let text): text.shown
    case .number(let number): "\(number)"
    case .list(let values): "[" + values.prefix(8).map(\.written).joined(separator: ", ") + (values.count > 8 ? ", …]" : "]")
    }
  }

  private var number: Double? {
    if case .number(let number) = self { number } else { nil }
  }

  /// Two numbers: a start and an end.
  private var pair: (start: Double, end: Double)? {
    guard case .list(let ends) = self, ends.count == 2, let start = ends[0].number, let end = ends[1].number else { return nil }
    return (start, end)
  }

  /// The answers that the values of `answers` stand for.
  ///
  /// - instant: numbers are seconds, each an alternative.
  /// - intervals: a pair of numbers is one interval, a list of pairs several of one answer; two bare numbers, `[57, 72]`, are one pair.
  /// - choice: the text of an option stands for its letter.
  /// - order: a list of items is one order.
  ///
  /// Throws a ``JSONLines/Refusal`` that names the value and what may be written.
  static func answers(_ values: [ReferenceValue], form: AnswerForm, choices: [String]) throws -> [Answer] {
    let reader = AnswerReader(form)
    if form.kind == .intervals, values.count == 2, values.allSatisfy({ $0.number != nil }) {
      return [try ReferenceValue.list(values).answer(reader, choices)]
    }
    return try values.map { try $0.answer(reader, choices) }
  }

  private func answer(_ reader: AnswerReader, _ choices: [String]) throws -> Answer {
    switch self {
    case .text(let text): return try read(text, reader, choices)
    case .number(let number):
      guard reader.form.kind == .instant else { throw refusal(reader, "a number") }
      return .instant(try Self.time(number))
    case .list(let values):
      switch reader.form.kind {
      case .intervals:
        let spans = pair.map { [$0] } ?? values.compactMap(\.pair)
        guard !spans.isEmpty || values.isEmpty, spans.count == values.count || pair != nil else {
          throw refusal(reader, "a list that is no pair of start and end")
        }
        return .intervals(try spans.map { try Self.interval($0) })
      case .order:
        let names = values.compactMap { if case .text(let name) = $0 { name } else { nil } }
        guard names.count == values.count else { throw refusal(reader, "a list that holds no items") }
        return try read(names.joined(separator: ","), reader, choices)
      case .instant, .choice, .text: throw refusal(reader, pair == nil ? "a list" : "an interval")
      }
    }
  }

  private func read(_ text: String, _ reader: AnswerReader, _ choices: [String]) throws -> Answer {
    let isLetter = text.utf8.count == 1
    if reader.form.kind == .choice, !isLetter {
      let named = choices.indices.filter { Self.folded(choices[$0]) == Self.folded(text) }
      if named.count == 1 { return .choice(named[0]) }
    }
    let reading = reader.read(text)
    if let answer = reading.answer { return answer }
    if reading.outcome == .empty, reader.form.kind == .intervals { return .intervals([]) }
    let why = if case .unreadable(let fault) = reading.outcome { fault.rawValue } else { "it says none" }
    throw refusal(reader, why)
  }

  private func refusal(_ reader: AnswerReader, _ why: String) -> JSONLines.Refusal {
    var remedy = "write \(reader.form.prescription)"
    switch reader.form.kind {
    case .instant: remedy += ", or seconds as a number, 57.25"
    case .intervals: remedy += ", or pairs of seconds, [[57, 72], [130, 145]]"
    case .choice:
      remedy += ", or the text of one of 'choices'; for an order of items of your own add \"kind\": \"order\" and 'items'"
    case .order where reader.form.items.isEmpty: remedy = "name what is put in order in 'items', such as [\"X\", \"Y\", \"Z\"]"
    case .order, .text: break
    }
    return .init("'\(shown)', which is no \(reader.form.kind.rawValue) answer (\(why)); \(remedy)")
  }

  private static func time(_ seconds: Double) throws -> Double {
    guard seconds >= 0, seconds <= InputLimit.duration else {
      throw JSONLines.Refusal("at \(seconds) s: times lie in 0…\(InputLimit.duration) s")
    }
    return seconds
  }

  private static func interval(_ ends: (start: Double, end: Double)) throws -> Interval {
    guard let interval = Interval(start: try time(ends.start), end: try time(ends.end)) else {
      throw JSONLines.Refusal("\(ends.start)–\(ends.end) s, which is reversed: the end lies before the start")
    }
    return interval
  }

  /// Without case, blanks at the ends and a full stop.
  private static func folded(_ text: String) -> String {
    let words = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.hasSuffix(".") ? String(words.dropLast()) : words
  }
}

extension ReferenceValue: Decodable {
  /// Deeper lists are refused: a reference is at most a list of pairs, and there may be several.
  static let deepest = 3

  init(from decoder: any Decoder) throws {
    try self.init(from: decoder, depth: 0)
  }

  private init(from decoder: any Decoder, depth: Int) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if depth < Self.deepest, var list = try? decoder.unkeyedContainer() {
      var values: [ReferenceValue] = []
      while !list.isAtEnd {
        values.append(try ReferenceValue(from: list.superDecoder(), depth: depth + 1))
      }
      self = .list(values)
    } else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "an answer is text, a number or a list of these"))
    }
  }
}
