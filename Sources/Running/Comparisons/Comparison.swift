public import Experiments
import Files
import Foundation
import Randomness
import RunReports
import SeedStatistics

/// Finished runs of one experiment, seed by seed, before and after, beside those of a control.
public struct Comparison: Sendable {
  public let table: PolicyComparison
  /// The names of the arms, and whether the other one is a control.
  let arms: SummaryArms
  /// In the order of their seeds.
  let runs: [RunDirectory]
  let control: [RunDirectory]
  /// Where the page is written: beside the run that was given first.
  private let first: RunDirectory?
  /// What the runs' configurations are read with.
  private let plugins: Plugins

  static let controlColumn = "control"
  static let blindColumn = "best blind"

  /// Throws where a run is unfinished, or where the control has another number of seeds.
  ///
  /// - Parameters:
  ///   - blind: whether the best constant answers are beside them.
  ///   - plugins: what the runs' configurations are read with.
  public init(runs: [String], control: [String], blind: Bool = false, plugins: Plugins = .current) throws {
    self.plugins = plugins
    guard control.isEmpty || control.count == runs.count else {
      throw NamedError("\(runs.count) runs and \(control.count) controls: give one control for each run, or none")
    }
    let given = try runs.map(RunDirectory.existing)
    first = given.first
    let (own, others) = (try Self.bySeed(given), try Self.bySeed(control.map(RunDirectory.existing)))
    (self.runs, self.control) = (own.map(\.directory), others.map(\.directory))
    arms = Self.arms(own, others)
    for group in [self.runs, self.control] {
      try ReportArm.refuseCopies(
        group.map {
          ($0.path, String(decoding: FileManager.default.contents(atPath: $0.resolvedFile) ?? Data(), as: UTF8.self))
        })
    }
    let answers = try self.runs.map { try EvaluationFile.read($0.evaluationFile) }
    let numbers = own.map(\.seed)
    var columns = [
      PolicyComparison.Column(name: "before", seeds: answers.map { $0.filter { $0.phase == .start } }, numbers: numbers),
      PolicyComparison.Column(name: "after", seeds: answers.map { $0.filter { $0.phase == .end } }, numbers: numbers),
    ]
    if !control.isEmpty {
      let ends = try self.control.map { try EvaluationFile.read($0.evaluationFile).filter { $0.phase == .end } }
      columns.append(PolicyComparison.Column(name: Self.controlColumn, seeds: ends, numbers: others.map(\.seed)))
    }
    if blind { columns.append(.bestBlind(on: columns[1].seeds, numbers: numbers, tasks: plugins.tasks)) }
    table = PolicyComparison(
      columns, subject: 1, tasks: plugins.tasks,
      bootstrap: Bootstrap(stream: RandomStream(seed: 0xB007), resamples: self.runs.first?.resamples ?? 2000))
  }

  private typealias Run = (directory: RunDirectory, seed: Int, isSupervised: Bool)

  /// In the order of their seeds, so that row s of two arms is one seed whatever the order in which they were given.
  private static func bySeed(_ directories: [RunDirectory]) throws -> [Run] {
    let runs = try directories.map { directory -> Run in
      let facts = try ReportRun.facts(of: directory)
      return (directory, facts.seed, facts.isSupervised)
    }
    if let odd = runs.first(where: { $0.isSupervised != runs[0].isSupervised }) {
      let (own, other) = runs[0].isSupervised ? ("without", "from") : ("from", "without")
      throw NamedError(
        "\(runs[0].directory.path) learnt \(own) rewards and \(odd.directory.path) \(other) them: they are no seeds of one arm; "
          + "give one of them with --control")
    }
    return runs.enumerated().sorted { ($0.element.seed, $0.offset) < ($1.element.seed, $1.offset) }.map(\.element)
  }

  private static func arms(_ own: [Run], _ others: [Run]) -> SummaryArms {
    // Runs of folds differ in more than their seed: what their names have in common.
    func name(_ runs: [Run]) -> String {
      let names = runs.map { ReportArm.shortened(ReportRun.name(of: $0.directory), seed: $0.seed) }
      guard let first = names.first else { return "" }
      let common = names.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
      let trimmed = common == first ? first : common.trimmingCharacters(in: CharacterSet(charactersIn: "-_. "))
      return trimmed.isEmpty ? "\(first) and \(names.count - 1) more" : trimmed
    }
    let role = others.allSatisfy(\.isSupervised) ? controlColumn : "baseline"
    let (subject, other) = (name(own), name(others))
    return SummaryArms(subject: subject, other: other == subject && !others.isEmpty ? "\(other) (\(role))" : other, role: role)
  }

  /// Whether the sampled headline of every task is better than at the start, with intervals that leave out 0.
  public var hasImproved: Bool {
    let rows = table.rows.filter { $0.decoding == .sampled && $0.isHeadline }
    return !rows.isEmpty
      && rows.allSatisfy { row in
        guard let gain = row.differences.first ?? nil else { return false }
        return row.isHigherBetter ? gain.lower > 0 : gain.upper < 0
      }
  }

  package var summaryFile: String { first?.summaryFile ?? "" }

  /// Writes `summary.html` into the first run's folder.
  public func writeSummary() throws {
    try AtomicFile.write(SummaryPage(try content(hasPictures: true)).html, to: summaryFile)
  }

  /// Tables and a few answers for a terminal.
  public func terminalText(columns: Int = 110) throws -> String {
    TerminalSummary(try content(hasPictures: false), columns: columns).text
  }

  private func content(hasPictures: Bool) throws -> SummaryContent {
    let subject = ReportArm(name: arms.subject, runs: try runs.map { try ReportRun($0.path) })
    let others = control.isEmpty ? [] : [ReportArm(name: arms.other, runs: try control.map { try ReportRun($0.path) })]
    let title = control.isEmpty ? subject.runs.first?.name ?? "" : "\(arms.subject) and \(arms.other)"
    return try Report(
      title: title, arms: [subject] + others, baseline: control.isEmpty ? nil : arms.other, sound: .none,
      hasPictures: hasPictures, comparison: self, plugins: plugins
    ).content
  }

  public var markdown: String {
    let rows = cells.map { "| " + $0.joined(separator: " | ") + " |" }
    let rule = "|" + String(repeating: "---|", count: cells[0].count)
    return note + "\n\n" + ([rows[0], rule] + rows.dropFirst()).joined(separator: "\n") + "\n"
  }

  /// How the figures were made, of whom they are, and what the intervals cover.
  var note: String {
    let names = control.isEmpty ? "" : "; after: \(arms.subject), \(arms.role): \(arms.other)"
    let compared = table.rows.filter { $0.differences.contains { $0 != nil } }
    let hasPoint = compared.contains { ($0.means + $0.differences).contains { $0.map { $0.lower == $0.upper } ?? false } }
    return "\(table.trackCount) held-out tracks; 95 % bootstrap intervals \(table.coverage); differences paired by track"
      + (table.seedCount > 1 ? " and \(table.unit)" : "")
      + (table.leastShared.map { ", over the tracks that both answered alike (\($0) at least), means over all of an arm's" }
        ?? "")
      + names + "; ▲ ▼ row by row, not corrected for \(compared.count) rows"
      + (hasPoint ? "; an interval without width: every draw is alike" : "")
  }

  private var cells: [[String]] {
    let others = table.columns.indices.filter { $0 != table.subject }.map { table.columns[$0] }
    func named(_ column: String) -> String { column == Self.controlColumn ? arms.role : column }
    let header = ["", "decoding"] + table.columns.map(named) + others.map { "after − \(named($0))" }
    return [header]
      + table.rows.map { row in
        [row.title, row.decoding.rawValue] + row.means.map { Self.text($0, signed: false) }
          + row.differences.map { Self.text($0, signed: true) }
      }
  }

  private static func text(_ interval: ConfidenceInterval?, signed: Bool) -> String {
    guard let interval else { return "–" }
    let format = signed ? "%+.3f [%+.3f, %+.3f]" : "%.3f [%.3f, %.3f]"
    return String(format: format, interval.estimate, interval.lower, interval.upper)
  }
}
