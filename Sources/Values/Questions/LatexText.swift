/// Formulas as plain text: `0{:}57`, `1\!:\!23` and `57\,\text{s}` are `0:57`, `1:23` and `57 s`.
enum LatexText {
  /// Names of text in a formula, spaces and signs leave what they show; other commands stay as they are.
  static func rewritten(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "{") }),
      bytes.contains(UInt8(ascii: "\\")) || holdsBracedColon(bytes)
    else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    /// For each open brace, whether it was left out.
    var braces: [Bool] = []
    var position = 0
    while position < bytes.count {
      let current = bytes[position]
      switch current {
      case UInt8(ascii: "{") where isBracedColon(bytes, at: position):
        result.append(UInt8(ascii: ":"))
        position += 3
      case UInt8(ascii: "{"):
        braces.append(false)
        result.append(current)
        position += 1
      case UInt8(ascii: "}"):
        if braces.popLast() != true { result.append(current) }
        position += 1
      case UInt8(ascii: "\\"): position = command(bytes, at: position, to: &result, &braces)
      default:
        result.append(current)
        position += 1
      }
    }
    return result
  }

  private static func command(
    _ bytes: [UInt8], at start: Int, to result: inout [UInt8], _ braces: inout [Bool]
  ) -> Int {
    guard start + 1 < bytes.count else { return start + 1 }
    switch bytes[start + 1] {
    case UInt8(ascii: "!"): return start + 2
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: ")"):
      result.append(UInt8(ascii: " "))
      return start + 2
    case UInt8(ascii: ":"):
      result.append(UInt8(ascii: ":"))
      return start + 2
    default: break
    }
    var end = start + 1
    var key = AnswerKeywords.Key()
    while end < bytes.count, bytes[end].isLetter, bytes[end] != UInt8(ascii: "_"), key.length <= 16 {
      key.append(bytes[end])
      end += 1
    }
    if texts.contains(key), end < bytes.count, bytes[end] == UInt8(ascii: "{") {
      braces.append(true)
      return end + 1
    }
    if let sign = signs[key] {
      result += sign
      return end
    }
    result.append(UInt8(ascii: "\\"))
    return start + 1
  }

  private static func holdsBracedColon(_ bytes: [UInt8]) -> Bool {
    bytes.indices.contains { isBracedColon(bytes, at: $0) }
  }

  private static func isBracedColon(_ bytes: [UInt8], at index: Int) -> Bool {
    bytes[index] == UInt8(ascii: "{") && index + 2 < bytes.count && bytes[index + 1] == UInt8(ascii: ":")
      && bytes[index + 2] == UInt8(ascii: "}")
  }

  private static let texts = Set(
    "text textbf textit textrm texttt mathrm mathbf mathsf mathtt operatorname mbox emph".split(separator: " ")
      .map { AnswerKeywords.Key(String($0)) })

  private static let signs: [AnswerKeywords.Key: [UInt8]] = [
    AnswerKeywords.Key("colon"): [UInt8(ascii: ":")], AnswerKeywords.Key("approx"): [UInt8(ascii: " ")],
    AnswerKeywords.Key("quad"): [UInt8(ascii: " ")], AnswerKeywords.Key("pm"): Array("+/-".utf8),
    AnswerKeywords.Key("left"): [], AnswerKeywords.Key("right"): [], AnswerKeywords.Key("to"): Array("->".utf8),
    AnswerKeywords.Key("rightarrow"): Array("->".utf8),
  ]
}
