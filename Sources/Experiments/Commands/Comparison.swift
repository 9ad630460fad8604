import Foundation
import Randomness
import RunReports
import SeedStatistics
import Training

/// Finished runs of one experiment, seed by seed, before and after, beside those of a control.
public struct Comparison: Sendable {
  public let table: PolicyComparison
  let runs: [RunDirectory]
  let control: [RunDirectory]

  static let controlColumn = "control"
  static let blindColumn = "best blind"

  /// Throws where a run is unfinished, or where the control has another number of seeds.
  ///
  /// - Parameter blind: whether the best constant answers are beside them.
  public init(runs: [String], control: [String], blind: Bool = false) throws {
    guard control.isEmpty || control.count == runs.count else {
      throw NamedError("\(runs.count) runs and \(control.count) controls: give one control for each run, or none")
    }
    self.runs = try runs.map(RunDirectory.existing)
    self.control = try control.map(RunDirectory.existing)
    for group in [self.runs, self.control] {
      try ReportArm.refuseCopies(
        group.map {
          ($0.path, String(decoding: FileManager.default.contents(atPath: $0.resolvedFile) ?? Data(), as: UTF8.self))
        })
    }
    let answers = try self.runs.map { try EvaluationFile.read($0.evaluationFile) }
    var columns = [
      PolicyComparison.Column(name: "before", seeds: answers.map { $0.filter { $0.phase == .start } }),
      PolicyComparison.Column(name: "after", seeds: answers.map { $0.filter { $0.phase == .end } }),
    ]
    if !control.isEmpty {
      let others = try self.control.map { try EvaluationFile.read($0.evaluationFile).filter { $0.phase == .end } }
      columns.append(PolicyComparison.Column(name: Self.controlColumn, seeds: others))
    }
    if blind { columns.append(.bestBlind(on: columns[1].seeds)) }
    table = PolicyComparison(
      columns, subject: 1,
      bootstrap: Bootstrap(stream: RandomStream(seed: 0xB007), resamples: self.runs.first?.resamples ?? 2000))
  }

  /// `demo.yaml` → `demo-control.yaml`.
  public static func controlFile(of file: String) -> String {
    file.hasSuffix(".yaml") ? file.dropLast(5) + "-control.yaml" : file + "-control"
  }

  /// Whether the sampled TSG Hit@3s and MTR IoU both rose over the start, with intervals above 0.
  public var hasImproved: Bool {
    let rows = table.rows.filter { row in
      row.decoding == .sampled && [("tsg", "hit@3s"), ("mtr", "iou")].contains { $0 == (row.task, row.metric) }
    }
    return !rows.isEmpty && rows.allSatisfy { ($0.differences.first??.lower ?? 0) > 0 }
  }

  public var summaryFile: String { runs.first?.summaryFile ?? "" }

  /// Writes `summary.html` into the first run's folder.
  public func writeSummary() throws {
    try TextFile.write(SummaryPage(try content(hasPictures: true)).html, to: summaryFile)
  }

  /// Tables and a few answers for a terminal.
  public func terminalText(columns: Int = 110) throws -> String {
    TerminalSummary(try content(hasPictures: false), columns: columns).text
  }

  private func content(hasPictures: Bool) throws -> SummaryContent {
    let subject = ReportArm(name: "after", runs: try runs.map { try ReportRun($0.path) })
    let others = control.isEmpty ? [] : [ReportArm(name: "control", runs: try control.map { try ReportRun($0.path) })]
    let title = subject.runs.first?.name ?? ""
    return try Report(
      title: title, arms: [subject] + others, baseline: control.isEmpty ? nil : "control", sound: .none,
      hasPictures: hasPictures, comparison: self
    ).content
  }

  public var markdown: String {
    let rows = cells.map { "| " + $0.joined(separator: " | ") + " |" }
    let rule = "|" + String(repeating: "---|", count: cells[0].count)
    return note + "\n\n" + ([rows[0], rule] + rows.dropFirst()).joined(separator: "\n") + "\n"
  }

  /// How the figures were made.
  var note: String {
    "\(table.trackCount) held-out tracks, \(table.seedCount == 1 ? "1 seed" : "\(table.seedCount) seeds"); "
      + "95 % bootstrap intervals over tracks, differences paired by track"
  }

  private var cells: [[String]] {
    let others = table.columns.indices.filter { $0 != table.subject }.map { table.columns[$0] }
    let header = ["", "decoding"] + table.columns + others.map { "after − \($0)" }
    return [header]
      + table.rows.map { row in
        [Self.title(row), row.decoding.rawValue] + row.means.map { Self.text($0, signed: false) }
          + row.differences.map { Self.text($0, signed: true) }
      }
  }

  static func title(_ row: PolicyComparison.Row) -> String {
    "\(row.task.uppercased()) \(measureTitle(row.metric))"
  }

  /// A measure as a table writes it.
  static func measureTitle(_ measure: String) -> String {
    ["hit@3s": "Hit@3s", "hit@1s": "Hit@1s", "iou": "IoU", "f1": "F1", "meteor": "METEOR"][measure] ?? measure
  }

  private static func text(_ interval: ConfidenceInterval?, signed: Bool) -> String {
    guard let interval else { return "–" }
    let format = signed ? "%+.3f [%+.3f, %+.3f]" : "%.3f [%.3f, %.3f]"
    return String(format: format, interval.estimate, interval.lower, interval.upper)
  }
}

extension RunDirectory {
  /// Writes `summary.html` where it is missing beside scores of start and end: the run was killed between the two files.
  func completeSummary() throws {
    func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
    guard exists(evaluationFile), !exists(summaryFile) else { return }
    let isCompared = try EvaluationFile.read(evaluationFile).contains { $0.phase == .start }
    if isCompared { try Comparison(runs: [path], control: []).writeSummary() }
  }
}
