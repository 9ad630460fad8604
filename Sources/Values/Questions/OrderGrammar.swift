/// All items of a question in some order, however they are strung together.
///
/// Items are found by name, between characters that cannot belong to a name; those after the last *answer* count where
/// they are complete. Case matters only for names of one letter. The same order twice is one answer, two orders are hedging.
struct OrderGrammar {
  static func read(_ bytes: [UInt8], items: [String]) -> Reading {
    let grammar = OrderGrammar(bytes: bytes, items: items.map { Array($0.utf8) })
    if let run = grammar.run { return grammar.decide(run) }
    let mentions = grammar.mentions()
    if let named = grammar.named(mentions) {
      let reading = grammar.decide(named)
      let contradict =
        reading.outcome == .answered
        && (grammar.isTakenBack(named, mentions) || OrderFrame(bytes, names: grammar.ranges(named), isNamed: true).isOtherwise
          || OrderWords(bytes, names: grammar.ranges(named)).contradict || AnswerDoubts.reachNamed(bytes))
      return contradict ? .unreadable(.ambiguous) : reading
    }
    if let ranked = grammar.ranked(mentions) { return AnswerGrammar.answered(.order(ranked)) }
    let reading = grammar.decide(mentions)
    if reading.outcome == .answered,
      OrderFrame(bytes, names: grammar.ranges(mentions), isNamed: false).isOtherwise
        || OrderWords(bytes, names: grammar.ranges(mentions)).contradict || AnswerDoubts.reachOrder(bytes)
    {
      return .unreadable(.ambiguous)
    }
    guard reading.outcome == .answered, bytes.count > Self.shortest else { return reading }
    return Declining.isRefusal(bytes) ? .unreadable(.refused) : reading
  }

  /// Shorter texts decline nothing.
  private static let shortest = 24

  /// The items behind the last word such as *answer* behind which all stand, to the end of their sentence.
  private func named(_ mentions: [Mention]) -> [Mention]? {
    let words = AnswerMarks.ends(in: bytes)
    guard let mark = words.last(where: { mark in mentions.count { $0.position > mark } >= items.count }) else { return nil }
    let behind = mentions.filter { $0.position > mark }
    guard behind.count > items.count else { return behind }
    let first = behind[items.count - 1].position
    let end = (first..<bytes.count).first { bytes[$0] == UInt8(ascii: "\n") || isStop($0) } ?? bytes.count
    return behind.filter { $0.position < end }
  }

  /// Whether another order of the items stands behind the one that is named, with a word that takes that back.
  private func isTakenBack(_ named: [Mention], _ mentions: [Mention]) -> Bool {
    guard let last = named.prefix(items.count).last else { return false }
    let behind = mentions.filter { $0.position > last.position }
    guard behind.count >= items.count, behind.map(\.item) != named.prefix(items.count).map(\.item) else { return false }
    return OrderFrame.isTakenBack(bytes[(last.position + items[last.item].count)..<behind[0].position])
  }

  /// The order in which places behind the names put them, as in `piano: 3, flute: 1, oboe: 2`; `nil` where the text is anything else.
  private func ranked(_ mentions: [Mention]) -> [Int]? {
    guard mentions.count == items.count, items.count > 1, Set(mentions.map(\.item)).count == items.count, !hasDigits else {
      return nil
    }
    var places: [Int: Int] = [:]
    for (index, mention) in mentions.enumerated() {
      let start = mention.position + items[mention.item].count
      let end = index + 1 < mentions.count ? mentions[index + 1].position : bytes.count
      let between = bytes[start..<end].filter { !$0.isBlank && !Self.marks.contains($0) }
      guard between.count > 1, between[0] == UInt8(ascii: ":"), between[1].isDigit,
        between.count == 2 || (between.count == 3 && (between[2] == UInt8(ascii: ",") || between[2] == UInt8(ascii: ";")))
      else { return nil }
      places[between[1].digit] = mention.item
    }
    guard bytes[..<mentions[0].position].allSatisfy({ $0.isBlank || Self.marks.contains($0) }) else { return nil }
    let order = (1...items.count).compactMap { places[$0] }
    return order.count == items.count ? order : nil
  }

  private static let marks = Array("`*-".utf8)

  /// Whether a name holds a digit, so that a number may be part of one.
  private var hasDigits: Bool { items.contains { $0.contains(where: \.isDigit) } }

  private func isStop(_ position: Int) -> Bool {
    let isMark = bytes[position] == UInt8(ascii: ".") || bytes[position] == UInt8(ascii: "!")
    return isMark && (position + 1 == bytes.count || bytes[position + 1].isBlank)
  }

  private struct Mention {
    let item: Int
    let position: Int
  }

  private func ranges(_ mentions: [Mention]) -> [Range<Int>] {
    mentions.prefix(items.count).map { $0.position..<($0.position + items[$0.item].count) }
  }

  private let bytes: [UInt8]
  private let items: [[UInt8]]

  private func decide(_ mentions: [Mention]) -> Reading {
    guard !mentions.isEmpty, !items.isEmpty else { return .unreadable(hasStranger ? .unknownOption : .noAnswer) }
    if hasStranger { return .unreadable(.unknownOption) }
    let order = mentions.map(\.item)
    let count = items.count
    guard order.count.isMultiple(of: count) else { return .unreadable(.incompleteOrder) }
    let first = Array(order[..<count])
    guard Set(first).count == count else { return .unreadable(.incompleteOrder) }
    for start in stride(from: count, to: order.count, by: count) where Array(order[start..<(start + count)]) != first {
      let isComplete = Set(order[start..<(start + count)]).count == count
      return .unreadable(isComplete ? .hedged : .incompleteOrder)
    }
    return AnswerGrammar.answered(.order(first))
  }

  /// Names of one character each, written without anything between them, such as `XZY`.
  private var run: [Mention]? {
    guard bytes.count == items.count, items.count > 1, items.allSatisfy({ $0.count == 1 }) else { return nil }
    let found = bytes.indices.compactMap { position in
      items.firstIndex(of: [bytes[position]]).map { Mention(item: $0, position: position) }
    }
    return found.count == items.count ? found : nil
  }

  /// Where items are named; of two names that begin there, the longer.
  private func mentions() -> [Mention] {
    let byLength = items.indices.sorted { items[$0].count > items[$1].count }
    var found: [Mention] = []
    var position = 0
    while position < bytes.count {
      if let item = byLength.first(where: { names($0, at: position) }) {
        found.append(Mention(item: item, position: position))
        position += items[item].count
      } else {
        position += 1
      }
    }
    return found
  }

  private func names(_ item: Int, at position: Int) -> Bool {
    let name = items[item]
    let end = position + name.count
    guard let first = name.first, let last = name.last, end <= bytes.count,
      bytes[position] == first || (name.count > 1 && bytes[position].lowercased == first.lowercased),
      name.count == 1 || zip(bytes[position..<end], name).allSatisfy({ $0.lowercased == $1.lowercased })
    else { return false }
    return !continues(first, from: position - 1, outward: -1) && !continues(last, from: end, outward: 1)
  }

  /// Whether the byte beside a name belongs to the same word or number.
  private func continues(_ edge: UInt8, from neighbour: Int, outward: Int) -> Bool {
    guard bytes.indices.contains(neighbour), edge.isDigit || edge.isLetter else { return false }
    let byte = bytes[neighbour]
    if byte.isDigit || byte.isLetter { return true }
    guard edge.isDigit, byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".") else { return false }
    return bytes.indices.contains(neighbour + outward) && bytes[neighbour + outward].isDigit
  }

  /// Whether a number or a single capital letter stands where an item should, but is none: only where all items are numbers,
  /// or all are single letters.
  private var hasStranger: Bool {
    let areDigits = items.allSatisfy { $0.count == 1 && $0[0].isDigit }
    let areCapitals = items.allSatisfy { $0.count == 1 && $0[0].isCapital }
    guard areDigits || areCapitals else { return false }
    return bytes.indices.contains { position in
      let byte = bytes[position]
      guard areDigits ? byte.isDigit : byte.isCapital && byte != UInt8(ascii: "A") && byte != UInt8(ascii: "I") else {
        return false
      }
      let isAlone = !continues(byte, from: position - 1, outward: -1) && !continues(byte, from: position + 1, outward: 1)
      return isAlone && !items.contains([byte])
    }
  }
}
