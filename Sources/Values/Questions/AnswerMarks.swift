/// The words such as *answer* in bytes that were not cut into tokens.
enum AnswerMarks {
  /// Where each ends.
  static func ends(in bytes: [UInt8]) -> [Int] {
    var ends: [Int] = []
    var position = 0
    while position < bytes.count {
      guard isPart(bytes[position]) else {
        position += 1
        continue
      }
      var key = AnswerKeywords.Key()
      let start = position
      while position < bytes.count, isPart(bytes[position]) {
        key.append(bytes[position].lowercased)
        position += 1
      }
      if isMark(key, bytes[start..<position]) { ends.append(position) }
    }
    return ends
  }

  private static func isPart(_ byte: UInt8) -> Bool { byte.isLetter || byte >= 0x80 }

  private static func isMark(_ key: AnswerKeywords.Key, _ word: ArraySlice<UInt8>) -> Bool {
    if word.allSatisfy({ $0 < 0x80 }) {
      let kind = AnswerKeywords.shared.token(for: key)?.kind
      return kind == .marker || kind == .box
    }
    guard word.count <= 64 else { return false }
    // Other scripts are folded; Chinese has no blanks, so that the word may be the end of a longer run.
    let folded = FoldedText.folded(Array(word).span, 0..<word.count)
    return folded.split(separator: UInt8(ascii: " ")).contains { part in
      var key = AnswerKeywords.Key()
      for byte in part { key.append(byte.lowercased) }
      return AnswerKeywords.shared.token(for: key)?.kind == .marker
    }
  }
}
