/// Text that its writer took back: `~~0:31~~`, `<s>…</s>`, `<del>…</del>`, `<strike>…</strike>`, and comments of HTML.
enum StruckText {
  /// The text without what is struck out; `nil` where nothing is.
  static func removed(_ bytes: Span<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    var isStruck = false
    var kept = 0
    var position = 0
    // Marks that are never closed are looked for once.
    var isOpen: Set<Int> = []
    while position + 2 < bytes.count {
      guard bytes[position] == UInt8(ascii: "~") || bytes[position] == UInt8(ascii: "<"),
        let mark = marks.indices.first(where: { !isOpen.contains($0) && bytes.holds(marks[$0].open, at: position) })
      else {
        position += 1
        continue
      }
      let start = position + marks[mark].open.utf8CodeUnitCount
      guard let end = end(bytes, from: start, of: marks[mark].close) else {
        isOpen.insert(mark)
        position += 1
        continue
      }
      bytes.withUnsafeBufferPointer { result.append(contentsOf: $0[kept..<position]) }
      isStruck = true
      kept = end
      position = end
    }
    guard isStruck else { return nil }
    bytes.withUnsafeBufferPointer { result.append(contentsOf: $0[kept...]) }
    return result
  }

  private static let marks: [(open: StaticString, close: StaticString)] = [
    ("~~", "~~"), ("<s>", "</s>"), ("<del>", "</del>"), ("<strike>", "</strike>"), ("<!--", "-->"),
  ]

  /// Behind the mark that closes; `nil` where there is none.
  private static func end(_ bytes: Span<UInt8>, from start: Int, of close: StaticString) -> Int? {
    var position = start
    while position + close.utf8CodeUnitCount <= bytes.count {
      if bytes.holds(close, at: position) { return position + close.utf8CodeUnitCount }
      position += 1
    }
    return nil
  }
}
