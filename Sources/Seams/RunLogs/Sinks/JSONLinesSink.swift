package import Files
import Foundation

/// One JSON object a line, an event a line, as ``RunEvent/jsonLine`` writes it.
///
/// Two runs of one seed leave the same bytes but for the metrics under `time/`, see ``comparable(_:)``. A line is on its way to
/// the disk before `record` returns, so a killed process loses nothing that it had recorded.
package actor JSONLinesSink: RunLogSink {
  private var file: AppendOnlyFile

  /// Starts the file anew; what it held is lost.
  package init(path: String) throws(FileError) {
    file = try AppendOnlyFile(path: path)
  }

  /// Goes on with the file of a run whose checkpoint stands after `step` steps: the first event that does not stand, and all
  /// after it, are cut off, as is a last line that was torn.
  package init(path: String, resumingAt step: Int) throws(FileError) {
    file = try AppendOnlyFile(path: path, length: Self.prefixLength(path: path, resumingAt: step))
  }

  package func record(_ event: RunEvent) throws(FileError) {
    try file.append(event.jsonLine + "\n")
  }

  /// Every line is on the disk when it returns: a log is never behind the checkpoint that follows it, not even after a power cut.
  package func sync() throws(FileError) { try file.sync() }

  package func finish() throws(FileError) { try file.sync() }

  /// The events of a log, in order; a torn last line is left out, a damaged one before it is an error that names its number.
  package static func events(path: String) throws(FileError) -> [RunEvent] {
    guard FileManager.default.fileExists(atPath: path) else {
      throw FileError(.unreadable, path: path, "there is no such log: check the run's folder")
    }
    return try lines(path: path).map(\.event)
  }

  /// The log without what may differ between two runs of one seed, for a comparison byte by byte.
  package static func comparable(_ events: [RunEvent]) -> String {
    events.map { $0.withoutTimes.jsonLine + "\n" }.joined()
  }

  private static func prefixLength(path: String, resumingAt step: Int) throws(FileError) -> UInt64 {
    try lines(path: path).prefix { $0.event.stands(whenResumingAt: step) }.last.map { UInt64($0.end) } ?? 0
  }

  private static func lines(path: String) throws(FileError) -> [(event: RunEvent, end: Int)] {
    let data = try AppendOnlyFile.contents(path: path)
    let tape = JSONTape()
    // The parser reads some bytes behind a line.
    let bytes = [UInt8](data) + [UInt8](repeating: 0, count: JSONTape.padding)
    var lines: [(event: RunEvent, end: Int)] = []
    var start = 0
    while let end = bytes[start..<data.count].firstIndex(of: UInt8(ascii: "\n")) {
      let line = start..<end
      let taped = bytes.withUnsafeBufferPointer { bytes in
        tape.read(UnsafeBufferPointer(rebasing: bytes[line])) { RunEvent(tape: $0) }
      }
      guard let event = taped ?? RunEvent(jsonLine: bytes[line]) else {
        throw FileError(
          .damaged, path: path, "line \(lines.count + 1) is not an event of a run: restore the file or start a new run")
      }
      lines.append((event, end + 1))
      start = end + 1
    }
    return lines
  }
}
