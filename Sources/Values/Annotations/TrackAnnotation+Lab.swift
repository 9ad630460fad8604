package import Files
import Timelines

extension TrackAnnotation {
  /// Reads a text with a segment a line: start, end and label (`.lab`, as Isophonics and mir_eval have it), or start and label, where each
  /// segment lasts until the next begins and the last line marks the end (SALAMI, Harmonix).
  ///
  /// Times are seconds; white space or a comma stands between the columns, and a label may hold spaces. Empty lines, and lines that begin
  /// with `#`, are passed over. `path` is what errors name.
  package init(lab text: String, path: String) throws(FileError) {
    var rows: [(line: Int, start: Double, end: Double?, label: String)] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let line = line.drop { $0 == "\u{FEFF}" }
      let words = line.split { $0.isWhitespace || $0 == "," }
      guard let first = words.first, !first.hasPrefix("#") else { continue }
      func fault(_ message: String) -> FileError {
        FileError(path: path, line: index + 1, message: message)
      }
      guard let start = Self.time(first) else {
        throw fault(
          "begins with '\(first.prefix(40))'; a line holds start, end and label, or start and label, times in 0…\(InputLimit.duration) s"
        )
      }
      if let number = Self.decimalComma(in: line, words) {
        throw fault(
          "has a comma in the number \(number), and white space between the columns: write \(number.replacing(",", with: "."))")
      }
      guard rows.count < InputLimit.segments else { throw fault("has more than \(InputLimit.segments) segments") }
      guard words.count > 1 else { throw fault("holds \(start) alone; a line holds start, end and label, or start and label") }
      let end = Double(words[1]) == nil ? nil : Self.time(words[1])
      if end == nil, Double(words[1]) != nil {
        throw fault("ends at \(words[1].prefix(40)) s; times lie in 0…\(InputLimit.duration) s")
      }
      if let end, end < start { throw fault("has the reversed segment \(start)–\(end) s: the end lies before the start") }
      if let row = rows.last, (row.end == nil) != (end == nil) {
        throw fault("has \(end == nil ? "no" : "an") end, unlike line \(row.line): all lines have one, or none has")
      }
      if end == nil, let row = rows.last, start < row.start {
        throw fault("begins at \(start) s, before line \(row.line): lines without ends are in order")
      }
      let label = line[words[end == nil ? 0 : 1].endIndex...].drop { $0.isWhitespace || $0 == "," }
      rows.append((index + 1, start, end, String(label.reversed().drop { $0.isWhitespace }.reversed())))
    }
    guard !rows.isEmpty else { throw FileError(path: path, message: "holds no segment") }
    guard rows[0].end != nil || rows.count > 1 else {
      throw FileError(
        path: path, line: rows[0].line, message: "is the only line, and says no end: add a last line, TIME end")
    }
    self.init(
      segments: rows.indices.compactMap { index in
        let row = rows[index]
        guard let end = row.end ?? (index + 1 < rows.count ? rows[index + 1].start : nil) else { return nil }
        return Segment(Interval(row.start, end), label: row.label)
      })
  }

  /// A number such as `10,5` in a line whose columns are not divided by commas; it would be read as two.
  private static func decimalComma(in line: Substring, _ words: [Substring]) -> String? {
    let gaps = zip(words, words.dropFirst()).prefix(2).map { line[$0.endIndex..<$1.startIndex] }
    guard gaps.count == 2, let index = gaps.firstIndex(of: ","), !gaps[1 - index].contains(",") else { return nil }
    let (whole, part) = (words[index], words[index + 1])
    return Double(whole) != nil && part.allSatisfy(\.isNumber) ? "\(whole),\(part)" : nil
  }

  private static func time(_ text: Substring) -> Double? {
    Double(text).flatMap { (0...InputLimit.duration).contains($0) ? $0 : nil }
  }
}
