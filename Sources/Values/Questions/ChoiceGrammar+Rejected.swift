/// Letters that a text names only to reject them, or to weigh them.
extension ChoiceGrammar {
  /// Whether *is wrong* follows, of this letter or of the list that it is part of, as in *A, B and C are wrong*.
  func isRejected(_ start: Int) -> Bool {
    var index = start
    var hasCopula = false
    while index < bytes.count, index - start < 48 {
      let first = index
      var key = AnswerKeywords.Key()
      while index < bytes.count, key.length <= 16, bytes[index].isLetter || bytes[index] == UInt8(ascii: "'") {
        key.append(bytes[index].lowercased)
        index += 1
      }
      if index == first {
        guard Self.closers.contains(bytes[index]) || Self.joints.contains(bytes[index]) else { return false }
        index += 1
      } else if key == Self.cross {
        return true
      } else if Self.are.contains(key) {
        hasCopula = true
      } else if hasCopula {
        return Self.rejecting.contains(key)
      } else if key.length > 1, !Self.alternatives.contains(key) {
        return false
      }
    }
    return false
  }

  private static let cross = AnswerKeywords.Key("wrongmark")
  private static let are = keys("is are be ist sind est sont would can't cannot seems seem looks look sounds isn't aren't")
  private static let rejecting = keys(
    "wrong incorrect false unlikely impossible out eliminated excluded falsch faux not implausible doubtful nicht pas")
  private static let joints = Set(" ,;/".utf8)

  /// Whether a percentage or a fraction of 1 stands behind the colon that follows.
  func isScored(_ start: Int) -> Bool {
    var index = start
    while index < bytes.count, Self.closers.contains(bytes[index]) { index += 1 }
    while index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 }
    guard index < bytes.count, [UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "(")].contains(bytes[index]) else {
      return false
    }
    index += 1
    while index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 }
    let digits = bytes[index...].prefix(8).prefix { $0.isDigit || $0 == UInt8(ascii: ".") }
    guard let first = digits.first else { return false }
    let isShare = digits.endIndex < bytes.count && bytes[digits.endIndex] == UInt8(ascii: "%")
    return isShare || ((first == UInt8(ascii: "0") || first == UInt8(ascii: ".")) && digits.contains(UInt8(ascii: ".")))
  }

  /// *And I*: what stands before is no option, as in *A and I agree*.
  func isWithPronoun(_ key: AnswerKeywords.Key, _ end: Int) -> Bool {
    guard key == Self.and, end + 3 < bytes.count, bytes[end] == UInt8(ascii: " "), bytes[end + 1] == UInt8(ascii: "I"),
      bytes[end + 2] == UInt8(ascii: " ")
    else { return false }
    return bytes[end + 3].isLetter
  }

  var isNone: Bool {
    let word = bytes.lazy.filter(\.isLetter).map(\.lowercased)
    return word.elementsEqual("none".utf8) || word.elementsEqual("null".utf8)
  }
}
