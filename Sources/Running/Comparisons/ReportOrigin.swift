import Experiments
import Foundation
import RunLogs
import RunReports

/// Where the numbers come from: facts, warnings, commands, configurations and manifests of the runs.
struct ReportOrigin {
  let arms: [ReportArm]
  /// Commands beyond these are counted and left out.
  private static let commandLimit = 24

  /// What a grid adds for its workers: not needed, and the second not wanted, where a person repeats a run.
  private static let unsaid = ["--quiet", "--leashed"]

  private var runs: [ReportRun] { arms.flatMap(\.runs) }

  func facts(_ scores: ReportScores) -> [SummaryFact] {
    let steps = Set(runs.compactMap { $0.events.last { $0.kind == .step }?.totalSteps }).sorted()
    let seconds = runs.reduce(0) { $0 + ($1.events.last { $0.kind == .step }?.scalars["time/elapsed"] ?? 0) }
    let tracks = Set(scores.columns.flatMap { $0.runs.joined().map(\.pieceID) }).count
    let seeds = Set(runs.map(\.seed)).sorted()
    let first = runs.first?.manifest
    return [
      SummaryFact("arms", "\(arms.count)"),
      SummaryFact(seeds.count == 1 ? "seed" : "seeds", Self.listed(seeds)), SummaryFact("steps", Self.listed(steps)),
      SummaryFact(
        "training time", seconds < 600 ? String(format: "%.0f s", seconds) : String(format: "%.0f min", seconds / 60)),
      SummaryFact("held-out tracks", "\(tracks)"), SummaryFact("Takt", first?.taktVersion ?? "–"),
      SummaryFact("commit", Set(runs.compactMap { $0.manifest?.commit }).sorted().joined(separator: ", ")),
      SummaryFact("host", first?.host ?? "–"), SummaryFact("BLAS", first?.blas ?? "–"),
    ]
  }

  private static func listed(_ numbers: [Int]) -> String {
    guard let first = numbers.first, let last = numbers.last else { return "–" }
    let isRange = numbers.count > 2 && last - first == numbers.count - 1
    return isRange ? "\(first)–\(last)" : numbers.map(String.init).joined(separator: ", ")
  }

  /// Every warning of every log with its run and step: reward-hacking alarms, sinks that failed, what a resume found.
  var warnings: [String] {
    runs.flatMap { run in
      run.events.filter { $0.kind == .warning }.map { event in
        runs.count > 1 ? "\(run.name), step \(event.step): \(event.text)" : "Step \(event.step): \(event.text)"
      }
    }
  }

  /// One line a run, the program by its name alone.
  var commands: String {
    let lines = runs.compactMap { run -> String? in
      guard let command = run.manifest?.command, let program = command.first else { return nil }
      return
        ([URL(fileURLWithPath: program).lastPathComponent]
        + command.dropFirst().filter { !Self.unsaid.contains($0) }.map(Self.quoted)).joined(separator: " ")
    }
    let rest = lines.count - Self.commandLimit
    return (lines.prefix(Self.commandLimit) + (rest > 0 ? ["# and \(rest) more, in the manifests of their runs"] : []))
      .joined(separator: "\n")
  }

  private static func quoted(_ argument: String) -> String {
    let isPlain = argument.allSatisfy { $0.isLetter || $0.isNumber || "-_./=,:+@%".contains($0) }
    return isPlain && !argument.isEmpty ? argument : "'" + argument.replacing("'", with: "'\\''") + "'"
  }

  /// The first run's configuration whole, and of the other arms the lines that differ.
  var configuration: String {
    guard let first = arms.first?.runs.first else { return "" }
    let known = Set(first.configuration.split(separator: "\n"))
    let others = arms.dropFirst().compactMap { arm -> String? in
      guard let run = arm.runs.first else { return nil }
      let lines = run.configuration.split(separator: "\n").filter { !known.contains($0) }
      return "# \(arm.name) differs in\n" + lines.joined(separator: "\n")
    }
    return (["# \(first.name)\n" + first.configuration] + others).joined(separator: "\n")
  }

  var manifests: String {
    arms.compactMap { $0.runs.first }.map { "# \($0.name)\n" + $0.manifestText }.joined(separator: "\n")
  }
}
