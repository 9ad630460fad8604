package import Files
import Foundation

/// A table with one row an event and one column a metric, after RFC 4180.
///
/// The columns are `kind`, `step`, `total_steps`, `text`, then the metrics in the order in which they first came, those of one
/// event sorted by name. A metric that comes late adds its column at the right end: the file is then written anew, in one
/// piece, with an empty cell in each earlier row.
///
/// A text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return) has a `'` before it.
package actor CSVSink: RunLogSink {
  private let path: String
  private var columns: [String]
  private var file: AppendOnlyFile

  private static let fixedColumns = ["kind", "step", "total_steps", "text"]

  /// Starts the file anew; what it held is lost.
  package init(path: String) throws(FileError) {
    self.path = path
    columns = Self.fixedColumns
    file = try AppendOnlyFile(path: path)
    try file.append(Self.row(columns))
  }

  /// Goes on with the file of a run whose checkpoint stands after `step` steps: the first row that does not stand, and all
  /// after it, are cut off, as is a last row that was torn.
  package init(path: String, resumingAt step: Int) throws(FileError) {
    self.path = path
    let rows = Self.rows(of: try AppendOnlyFile.contents(path: path))
    guard let header = rows.first else {
      columns = Self.fixedColumns
      file = try AppendOnlyFile(path: path)
      try file.append(Self.row(columns))
      return
    }
    guard header.cells.starts(with: Self.fixedColumns) else {
      throw FileError(.damaged, path: path, "its first row is not that of a log: restore the file or start a new run")
    }
    columns = header.cells.map(Self.unguarded)
    var length = header.end
    for (index, row) in rows.enumerated().dropFirst() {
      guard row.cells.count == columns.count, let kind = RunEvent.Kind(rawValue: row.cells[0]), let rowStep = Int(row.cells[1])
      else { throw FileError(.damaged, path: path, "row \(index + 1) is not that of a log: restore the file") }
      guard RunEvent(kind: kind, step: rowStep, totalSteps: 0).stands(whenResumingAt: step) else { break }
      length = row.end
    }
    file = try AppendOnlyFile(path: path, length: UInt64(length))
  }

  package func record(_ event: RunEvent) throws(FileError) {
    let added = event.scalars.keys.filter { !columns.contains($0) }.sorted()
    if !added.isEmpty { try widen(by: added) }
    let cells =
      [event.kind.rawValue, "\(event.step)", "\(event.totalSteps)", Self.guarded(event.text)]
      + columns.dropFirst(Self.fixedColumns.count).map { event.scalars[$0].map { "\($0)" } ?? "" }
    try file.append(Self.row(cells))
  }

  package func finish() {}

  private func widen(by added: [String]) throws(FileError) {
    let rows = Self.rows(of: try AppendOnlyFile.contents(path: path)).dropFirst()
    let wider = columns + added
    let empty = [String](repeating: "", count: added.count)
    let text = Self.row(wider.map(Self.guarded)) + rows.map { Self.row($0.cells + empty) }.joined()
    try AppendOnlyFile.replace(path: path, with: text)
    file.close()
    file = try AppendOnlyFile(path: path, length: UInt64(text.utf8.count))
    columns = wider
  }

  private static let formulaStarts: [Character] = ["=", "+", "-", "@", "\t", "\r"]

  private static func guarded(_ text: String) -> String {
    text.first.map(formulaStarts.contains) == true ? "'" + text : text
  }

  private static func unguarded(_ text: String) -> String {
    text.first == "'" && text.dropFirst().first.map(formulaStarts.contains) == true ? String(text.dropFirst()) : text
  }

  private static func row(_ cells: [String]) -> String {
    cells.map { cell in
      cell.utf8.contains { [UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains($0) }
        ? "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"" : cell
    }.joined(separator: ",") + "\n"
  }

  /// The complete rows, each with the offset at which it ends; what follows the last end of line is torn and left out.
  private static func rows(of data: Data) -> [(cells: [String], end: Int)] {
    var rows: [(cells: [String], end: Int)] = []
    var cells: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    var closesQuote = false
    for (offset, byte) in data.enumerated() {
      switch byte {
      case UInt8(ascii: "\""):
        if closesQuote { cell.append(byte) }
        closesQuote = isQuoted && !closesQuote
        isQuoted.toggle()
        continue
      case UInt8(ascii: ",") where !isQuoted:
        cells.append(String(decoding: cell, as: UTF8.self))
        cell = []
      case UInt8(ascii: "\n") where !isQuoted:
        rows.append((cells + [String(decoding: cell, as: UTF8.self)], offset + 1))
        cells = []
        cell = []
      default: cell.append(byte)
      }
      closesQuote = false
    }
    return rows
  }
}
