import Files
import Foundation

/// What a run of the benchmark measured.
package struct BenchReport: Sendable, Codable {
  package struct Machine: Sendable, Codable {
    package var threads: Int
    /// The processor that OpenBLAS chose its kernels for.
    package var blasCore: String
    /// Load average of the last minute, before and after.
    package var loadBefore: Double
    package var loadAfter: Double
  }

  package var machine: Machine
  package var quick: Bool
  /// Measurements of each figure.
  package var rounds: Int
  /// Duration of the run.
  package var seconds: Double
  package var figures: [BenchFigure]

  /// One JSON object.
  package var json: String {
    get throws {
      let encoder = JSONText.encoder()
      encoder.nonConformingFloatEncodingStrategy = .convertToString(
        positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }

  /// A table with a line of explanation under each figure.
  package var text: String {
    let cells = [["", "median", "min … max", "unit", "limit", ""]] + figures.map(\.cells)
    let widths = cells[0].indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    var lines = cells.map { row in
      let line = row.indices.map { column in
        let blanks = String(repeating: " ", count: widths[column] - row[column].count)
        return [1, 4].contains(column) ? blanks + row[column] : row[column] + blanks
      }.joined(separator: "  ")
      return String(line.prefix(line.count - line.reversed().prefix { $0 == " " }.count))
    }
    for (index, figure) in figures.enumerated().reversed() { lines.insert("    " + figure.explanation, at: index + 2) }
    return note + "\n\n" + lines.joined(separator: "\n") + "\n"
  }

  private var note: String {
    """
    \(machine.threads) threads, OpenBLAS kernels for \(machine.blasCore), load \(BenchNumber.text(machine.loadBefore)) before and \
    \(BenchNumber.text(machine.loadAfter)) after; medians of \(rounds) rounds in \(BenchNumber.text(seconds)) s.
    Each round measures everything in turn, the machine's limits first; shares and multiples compare within a round.
    Times of work on \(machine.threads) threads are on the wall, of work on one core those of its thread alone.
    Encoder and policy are freshly drawn, tracks composed: the speed of their arithmetic does not depend on training.
    """
  }
}

/// One row with its measurements.
package struct BenchFigure: Sendable, Codable {
  /// What the machine would do at best, in the figure's unit, and the median of value / limit within a round.
  package struct Limit: Sendable, Codable {
    package var name: String
    package var median: Double
    package var share: Double
  }

  package var key: String
  package var title: String
  package var unit: String
  /// Whether less is better.
  package var isTime: Bool
  package var median: Double
  package var minimum: Double
  package var maximum: Double
  package var limit: Limit?
  package var explanation: String

  init(_ row: BenchRow, _ samples: [BenchSample]) {
    let values = samples.map(\.value).sorted()
    key = row.key
    title = row.title
    unit = row.unit
    isTime = row.direction == .time
    median = BenchNumber.median(values)
    minimum = values.first ?? .nan
    maximum = values.last ?? .nan
    let limited = samples.compactMap { sample in sample.limit.map { (limit: $0, share: sample.value / $0) } }
    limit =
      limited.isEmpty
      ? nil
      : Limit(
        name: row.limit, median: BenchNumber.median(limited.map(\.limit)), share: BenchNumber.median(limited.map(\.share)))
    explanation = row.explanation
  }

  var cells: [String] {
    let range = "\(BenchNumber.text(minimum)) … \(BenchNumber.text(maximum))"
    let first = [title, BenchNumber.text(median), range, unit]
    guard let limit else { return first + ["", ""] }
    let share =
      isTime || limit.share >= 2 ? "\(BenchNumber.text(limit.share)) ×" : "\(BenchNumber.text(100 * limit.share)) % of"
    return first + [BenchNumber.text(limit.median), "\(share) \(limit.name)"]
  }
}
