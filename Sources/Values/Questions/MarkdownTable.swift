/// Rewrites tables in Markdown as lists of intervals or times, so that a grammar meets `[0:57, 1:12]` for a row of starts and ends.
///
/// Columns whose head begins with *start* and *end* (or *from* and *to*) are the ends of an interval a row; else those whose head says
/// *time*, *interval* or the like hold the answers. A table without such heads is left as it is.
enum MarkdownTable {
  static func rewritten(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(UInt8(ascii: "|")) else { return bytes }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard let rule = lines.firstIndex(where: isRule), rule > 0, let columns = columns(cells(lines[rule - 1])) else {
      return bytes
    }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 8)
    for line in lines[..<(rule - 1)] { append(line, to: &result) }
    var index = rule + 1
    let end = lines[index...].firstIndex { !$0.contains(UInt8(ascii: "|")) } ?? lines.count
    let name = end - index > 1 ? nameColumn(cells(lines[rule - 1]), beside: columns, rows: lines[index..<end]) : nil
    while index < end {
      let row = cells(lines[index])
      if let name, row.indices.contains(name) {
        result += row[name].filter { $0.isLetter || $0 == UInt8(ascii: " ") }
        result += Array(": ".utf8)
      }
      switch columns {
      case .pair(let start, let end):
        if row.indices.contains(start), row.indices.contains(end) {
          result.append(UInt8(ascii: "["))
          result += row[start]
          result += Array(", ".utf8)
          result += row[end]
          result.append(UInt8(ascii: "]"))
        }
      case .single(let column):
        if row.indices.contains(column) { result += row[column].allSatisfy(\.isBlank) ? Array("-".utf8)[...] : row[column] }
      }
      result.append(UInt8(ascii: "\n"))
      index += 1
    }
    for line in lines[index...] { append(line, to: &result) }
    return result
  }

  private enum Columns {
    case pair(Int, Int)
    case single(Int)
  }

  /// The first column beside those of the times that may say whose they are; no notes, numbers or lengths.
  private static func nameColumn(_ heads: [ArraySlice<UInt8>], beside columns: Columns, rows: ArraySlice<ArraySlice<UInt8>>)
    -> Int?
  {
    heads.indices.first { index in
      switch columns {
      case .pair(let start, let end): if index == start || index == end { return false }
      case .single(let column): if index == column { return false }
      }
      let words = heads[index].split { !$0.isLetter }
      guard let word = words.first else { return false }
      let kind = kind(heads[index])
      guard ![.lasting, .unitWord].contains(kind), !AnswerLexer.isRemark(AnswerKeywords.Key(word)) else { return false }
      return rows.contains { row in
        let cells = cells(row)
        return cells.indices.contains(index) && cells[index].contains(where: \.isLetter)
      }
    }
  }

  private static func append(_ line: ArraySlice<UInt8>, to result: inout [UInt8]) {
    result += line
    result.append(UInt8(ascii: "\n"))
  }

  /// Whether a line is the rule under the heads of a table.
  private static func isRule(_ line: ArraySlice<UInt8>) -> Bool {
    line.contains(UInt8(ascii: "|")) && line.contains(UInt8(ascii: "-"))
      && line.allSatisfy { $0.isBlank || $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":") }
  }

  private static func cells(_ line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var line = line
    while let first = line.first, first.isBlank { line = line.dropFirst() }
    while let last = line.last, last.isBlank { line = line.dropLast() }
    if line.first == UInt8(ascii: "|") { line = line.dropFirst() }
    if line.last == UInt8(ascii: "|") { line = line.dropLast() }
    return line.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
  }

  private static func columns(_ heads: [ArraySlice<UInt8>]) -> Columns? {
    let kinds = heads.map(kind)
    guard !heads.contains(where: countsMinutes) else { return nil }
    if let start = kinds.firstIndex(of: .start), let end = kinds.firstIndex(where: { $0 == .end || $0 == .range }) {
      return .pair(start, end)
    }
    return kinds.firstIndex { [.introducing, .stretch, .start, .marker].contains($0) }.map { .single($0) }
  }

  /// Whether a head says that its numbers are minutes or hours.
  private static func countsMinutes(_ head: ArraySlice<UInt8>) -> Bool {
    head.split { !$0.isLetter }.contains { word in
      var key = AnswerKeywords.Key()
      for byte in word { key.append(byte.lowercased) }
      let token = AnswerKeywords.shared.token(for: key)
      return token?.kind == .unitWord && token?.unit != .second
    }
  }

  /// What the first word of a head means, emphasis aside.
  private static func kind(_ head: ArraySlice<UInt8>) -> AnswerToken.Kind {
    var key = AnswerKeywords.Key()
    for byte in head.drop(while: { !$0.isLetter }).prefix(while: \.isLetter) { key.append(byte.lowercased) }
    if let end = ends[key] { return end }
    guard let token = AnswerKeywords.shared.token(for: key) else { return .word }
    return token.kind == .stretch && token.sense == .length ? .lasting : token.kind
  }

  /// Heads of other languages than English, which are common words elsewhere.
  static let ends: [AnswerKeywords.Key: AnswerToken.Kind] = {
    let words: [(AnswerToken.Kind, String)] = [
      (.start, "beginn anfang debut inicio comienzo inizio"), (.end, "ende fin fim fine final termino schluss"),
    ]
    return Dictionary(
      uniqueKeysWithValues: words.flatMap { kind, list in
        list.split(separator: " ").map { (AnswerKeywords.Key(String($0)), kind) }
      })
  }()
}
