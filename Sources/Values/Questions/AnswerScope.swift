/// Which parts of a text name the answer: what stands behind *answer is*, `Answer:`, a key of that name, or in a box.
///
/// A part ends with its sentence or list: at a full stop, a blank line, a line that is no item, the next key, the bracket that it
/// stands in.
struct AnswerScope {
  struct Part {
    let tokens: Range<Int>
    /// Whether *final* or a box names it, which counts for more.
    let isFinal: Bool
  }

  /// In the order of the text.
  static func parts(_ tokens: [AnswerToken]) -> [Part] {
    var parts: [Part] = []
    var isCovered = 0
    for index in tokens.indices where index >= isCovered {
      guard let part = part(tokens, at: index) else { continue }
      parts.append(part)
      isCovered = part.tokens.upperBound
    }
    return parts
  }

  /// What the parts say together; `nil` where none says anything.
  ///
  /// Parts that are called final count before others; several that differ are hedging.
  static func reading(_ tokens: [AnswerToken], _ kinds: KindSet, _ read: ([AnswerToken]) -> Reading) -> Reading? {
    guard kinds.hasMark else { return nil }
    let said = parts(tokens).compactMap { part -> (reading: Reading, isFinal: Bool, end: Int)? in
      let named = Array(tokens[part.tokens])
      if isUnknown(named) { return (.unreadable(.refused), part.isFinal, part.tokens.upperBound) }
      let reading = read(named)
      return says(reading) ? (reading, part.isFinal, part.tokens.upperBound) : nil
    }
    let final = said.filter(\.isFinal)
    let meant = final.isEmpty ? said : final
    guard let first = meant.first?.reading else { return nil }
    if let answer = first.answer, said.contains(where: { Retraction.follows($0.end, answer, tokens) }) {
      return .unreadable(.hedged)
    }
    return meant.allSatisfy { $0.reading.answer == first.answer && $0.reading.outcome == first.outcome }
      ? first : .unreadable(.hedged)
  }

  /// Whether a part says that the answer is not known: *I don't know*, *unknown*.
  private static func isUnknown(_ part: [AnswerToken]) -> Bool {
    for index in part.indices {
      if part[index].isTime { return false }
      if part[index].sense == .unknown { return true }
      if part[index].kind == .lack, index + 1 < part.count, part[index + 1].kind == .tell { return true }
    }
    return false
  }

  private static func says(_ reading: Reading) -> Bool {
    switch reading.outcome {
    case .unreadable(.noAnswer), .unreadable(.absent): false
    default: true
    }
  }

  private static func part(_ tokens: [AnswerToken], at index: Int) -> Part? {
    switch tokens[index].kind {
    case .box:
      guard index + 1 < tokens.count, tokens[index + 1].kind == .open else { return nil }
      return Part(tokens: (index + 1)..<bracketEnd(tokens, from: index + 1), isFinal: true)
    case .marker where index > 0 && (tokens[index - 1].sense == .wrong || tokens[index - 1].kind == .doubt): return nil
    case .marker:
      guard let start = named(tokens, at: index) else { return nil }
      // `Should I answer 0:57?`
      if start == index + 1, index > 0, !tokens[index - 1].isEnd, start + 1 < tokens.count, tokens[start + 1].sense == .asking {
        return nil
      }
      let isFinal = tokens[max(0, index - 2)..<index].contains { $0.kind == .final }
      return Part(tokens: start..<end(tokens, from: start), isFinal: isFinal)
    case .final:
      // `Final: 0:57`.
      guard index + 1 < tokens.count, tokens[index + 1].kind == .colon else { return nil }
      return Part(tokens: (index + 2)..<end(tokens, from: index + 2), isFinal: true)
    default: return nil
    }
  }

  // MARK: Where a part begins

  /// Where the answer begins that the word at `index` names; `nil` where it is just a word, as in *to answer this*.
  private static func named(_ tokens: [AnswerToken], at index: Int) -> Int? {
    let isLineStart =
      index == 0 || tokens[..<index].last { $0.kind != .final && $0.kind != .word && $0.kind != .open }?.isEnd ?? true
    var next = index + 1
    while next < tokens.count, next - index <= 7 {
      switch tokens[next].kind {
      case .colon, .copula: return next + 1
      case .clock, .seconds, .number, .fault, .none, .null, .open: return next == index + 1 && isLineStart ? next : nil
      case .newline: return isLineStart && next <= index + 2 ? next : nil
      case .word, .range, .stretch, .introducing, .close, .unitWord, .relative, .lasting, .you, .final: next += 1
      default: return nil
      }
    }
    return nil
  }

  // MARK: Where a part ends

  private static func bracketEnd(_ tokens: [AnswerToken], from start: Int) -> Int {
    var depth = 0
    for index in start..<tokens.count {
      if tokens[index].kind == .open { depth += 1 }
      if tokens[index].kind == .close { depth -= 1 }
      if depth == 0 { return index + 1 }
    }
    return tokens.count
  }

  private static func end(_ tokens: [AnswerToken], from start: Int) -> Int {
    var hasAnswer = false
    var depth = 0
    var index = start
    while index < tokens.count {
      switch tokens[index].kind {
      case .open: depth += 1
      case .close:
        if depth == 0, hasAnswer { return index }
        depth = max(0, depth - 1)
      case .clock, .seconds, .number, .fault, .none, .null, .literal: hasAnswer = true
      case .marker, .box: return index
      case .key where hasAnswer && depth == 0: return index
      case .stop where depth == 0: return index
      case .newline where hasAnswer && depth == 0:
        if !isItem(tokens, from: index + 1), !isLabelled(tokens, from: index + 1, after: start) { return index }
      default: break
      }
      index += 1
    }
    return tokens.count
  }

  /// Whether the line at `start` names what its times belong to, as one before it does.
  private static func isLabelled(_ tokens: [AnswerToken], from start: Int, after first: Int) -> Bool {
    guard tokens[first..<start].contains(where: { $0.kind == .colon && $0.label != 0 }) else { return false }
    var index = start
    while index < tokens.count, index - start < 8, !tokens[index].isEnd {
      if tokens[index].kind == .colon { return tokens[index].label != 0 && AnswerLabels.isValued(index, tokens) }
      index += 1
    }
    return false
  }

  /// Whether the line at `start` goes on with the list: with a bullet or a time.
  private static func isItem(_ tokens: [AnswerToken], from start: Int) -> Bool {
    var index = start
    while index < tokens.count {
      let token = tokens[index]
      if token.kind == .bullet || token.isTime || token.kind == .fault { return true }
      guard token.isFiller, token.kind != .final else { return false }
      index += 1
    }
    return false
  }
}
