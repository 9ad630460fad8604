import Annotations
import Files
import Foundation
import Timelines

/// A table of times: a row for each stretch of a recording that has a label.
///
/// Columns are divided by commas, semicolons or tabs. The first line names them: `track` (or `file`, `audio`, `path`), `start` (or `time`,
/// `onset`), `end` (or `offset`) or `duration`, `label` (or `instrument`, `value`); others are stepped over and said. Without such a line
/// they are track, start, end, label. Times are seconds or `M:SS`. Where a row has no end it lasts until the next row of its track begins,
/// the last until the end of the recording. Labels `end`, `silence` and none at all mark an end alone.
///
/// A row that cannot be read spoils its track: which rows are missing nobody knows.
struct AnnotationTable {
  struct Row {
    var line: Int
    var start: Double
    var end: Double?
    var label: String
  }

  /// The rows of each track, in the order of the tracks in the file; without those that have a fault.
  private(set) var tracks: [(name: String, rows: [Row])] = []
  /// What is wrong, in the order of the lines; of a track that rows name the first alone.
  private(set) var faults: [(track: String, error: FileError)] = []
  /// Columns that nothing is read from.
  private(set) var strange: [String] = []

  private static let columns: [(name: String, others: Set<String>)] = [
    ("track", ["track", "track_id", "file", "filename", "file_name", "audio", "path", "recording"]),
    ("start", ["start", "time", "onset", "begin", "start_time"]), ("end", ["end", "offset", "stop", "end_time"]),
    ("duration", ["duration", "length", "dur"]), ("label", ["label", "instrument", "value", "name", "event"]),
  ]

  init(path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw FileError(path: path, message: "cannot be read: is it there, and may it be read?")
    }
    guard data.count <= InputLimit.annotationBytes else {
      throw FileError(path: path, message: "has \(data.count) bytes; at most \(InputLimit.annotationBytes) are allowed")
    }
    let text = String(data: data, encoding: .utf8) ?? String(decoding: data.map { UInt16($0) }, as: UTF16.self)
    try self.init(text: text, path: path)
  }

  init(text: String, path: String) throws {
    var places: [String: Int] = ["track": 0, "start": 1, "end": 2, "label": 3]
    var separator: Character?
    var numbers: [String: Int] = [:]
    var spoilt: Set<String> = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let line = line.drop { $0 == "\u{FEFF}" }
      guard line.contains(where: { !$0.isWhitespace }), !line.hasPrefix("#") else { continue }
      func fault(_ message: String) -> FileError { FileError(path: path, line: index + 1, message: message) }
      let divider = separator ?? Self.separator(of: line)
      let cells = Self.cells(of: line, divider)
      if separator == nil {
        separator = divider
        if let named = Self.places(in: cells) {
          guard named["track"] != nil, named["start"] != nil, named["label"] != nil else {
            let missing = ["track", "start", "label"].filter { named[$0] == nil }
            throw fault(
              "has the columns \(cells.joined(separator: ", ")), and none that is \(missing.joined(separator: ", nor ")); a table "
                + "of times has track, start, end and label, of which end may be missing")
          }
          places = named
          strange = cells.indices.filter { !named.values.contains($0) && !cells[$0].isEmpty }.map { cells[$0] }
          try checkMeant(beside: Set(named.keys), fault)
          continue
        }
      }
      let name = places["track"].flatMap { $0 < cells.count ? cells[$0] : nil } ?? ""
      do {
        let row = try Self.row(of: cells, places, line: index + 1, fault: fault)
        if numbers[name] == nil {
          numbers[name] = tracks.count
          tracks.append((name, []))
        }
        tracks[numbers[name] ?? 0].rows.append(row)
      } catch let error as FileError {
        if spoilt.insert(name).inserted || Identifier.fault(of: name) != nil { faults.append((name, error)) }
      }
    }
    tracks.removeAll { spoilt.contains($0.name) }
    guard !tracks.isEmpty || !faults.isEmpty else {
      throw FileError(path: path, message: "holds no row: write track,start,end,label")
    }
  }

  /// What a line says of its track.
  private static func row(
    of cells: [String], _ places: [String: Int], line: Int, fault: (String) -> FileError
  ) throws -> Row {
    func cell(_ column: String) -> String {
      guard let place = places[column], place < cells.count else { return "" }
      return cells[place]
    }
    func time(_ column: String) throws -> Double? {
      let text = cell(column)
      guard !text.isEmpty else { return nil }
      guard let time = TrackLength.seconds(in: text), time <= InputLimit.duration else {
        throw fault("has the \(column) '\(text.shown)': write seconds in 0…\(InputLimit.duration), or M:SS")
      }
      return time
    }
    if let wrong = Identifier.fault(of: cell("track")) { throw fault("has a track whose name \(wrong)") }
    guard let start = try time("start") else { throw fault("has no start: write seconds, or M:SS") }
    let (stated, duration) = (try time("end"), try time("duration"))
    if let stated, stated < start { throw fault("ends at \(stated) s, before its start at \(start) s") }
    let last = duration.map { start + $0 }
    if let stated, let last, abs(stated - last) > AnnotatedRecordings.tolerance {
      throw fault("ends at \(stated) s, but its start and duration say \(last) s: leave one of the columns out")
    }
    let label = cell("label")
    guard label.utf8.count <= InputLimit.label else {
      throw fault("has a label of \(label.utf8.count) bytes; at most \(InputLimit.label) are allowed")
    }
    return Row(line: line, start: start, end: stated ?? last, label: label)
  }

  /// Throws where a column that is not known is all but the name of one that is, and is not there.
  private func checkMeant(beside named: Set<String>, _ fault: (String) -> FileError) throws {
    for column in strange {
      let name = column.lowercased()
      guard
        let meant = ["end", "duration"].first(where: { known in
          !named.contains(known)
            && (name.hasPrefix(known.prefix(3)) || name.count == known.count && name.sorted() == known.sorted())
        })
      else { continue }
      throw fault("has a column '\(column)', which is none that is known; did you mean '\(meant)'?")
    }
  }

  /// The stretches of a track's rows, in a recording of this length.
  static func annotation(of rows: [Row], length: Double) -> TrackAnnotation {
    let rows = rows.sorted { ($0.start, $0.line) < ($1.start, $1.line) }
    return TrackAnnotation(
      segments: rows.indices.map { index in
        let row = rows[index]
        let next = rows[(index + 1)...].first { $0.start > row.start }?.start ?? max(length, row.start)
        return .init(Interval(row.start, row.end ?? next), label: row.label)
      })
  }

  private static func separator(of line: Substring) -> Character {
    ["\t", ";"].first { line.contains($0) } ?? ","
  }

  /// Where columns stand, if the cells name any.
  private static func places(in cells: [String]) -> [String: Int]? {
    var places: [String: Int] = [:]
    for (index, cell) in cells.enumerated() {
      for column in columns where column.others.contains(cell.lowercased()) && places[column.name] == nil {
        places[column.name] = index
      }
    }
    return places.count > 1 || cells.count > 1 && TrackLength.seconds(in: cells[1]) == nil ? places : nil
  }

  /// The cells of a line; one in quotes may hold the separator, and two quotes for one.
  private static func cells(of line: Substring, _ separator: Character) -> [String] {
    var cells = [""]
    var isQuoted = false
    var place = line.startIndex
    while place < line.endIndex {
      let character = line[place]
      place = line.index(after: place)
      if isQuoted, character == "\"", place < line.endIndex, line[place] == "\"" {
        cells[cells.count - 1].append(character)
        place = line.index(after: place)
      } else if character == "\"" {
        isQuoted.toggle()
      } else if character == separator, !isQuoted {
        cells.append("")
      } else {
        cells[cells.count - 1].append(character)
      }
    }
    return cells.map { String($0.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()) }
  }
}
