import Foundation
import Options
import RunLogs
import Testing

struct ChosenLogTests {
  private static let catalog = LogCatalog().listing([JSONLinesLog.self, CSVLog.self, TensorBoardLog.self])

  private func entry(_ pairs: [(String, OptionValue.Content)]) -> OptionValue {
    OptionValue(.map(pairs.map { OptionEntry(key: $0.0, value: OptionValue($0.1)) }))
  }

  private func words(_ list: [String]) -> OptionValue.Content { .list(list.map { OptionValue(.text($0)) }) }

  private func chosen(_ items: [OptionValue]) -> (logs: [ChosenLog], issues: [String]) {
    var options = OptionReader(OptionValue(.map([OptionEntry(key: "log", value: OptionValue(.list(items)))])))
    let logs = options.sections("log", shorthand: "sink") { ChosenLog(options: &$0, catalog: Self.catalog) }
    return (logs.compactMap { $0 }, options.closed().map(\.description))
  }

  @Test func namesAndMapsAreRead() {
    let (logs, issues) = chosen([
      OptionValue(.text("jsonl")),
      entry([("sink", .text("tensorboard")), ("every", .number(10)), ("include", words(["reward/*"])), ("bins", .number(5))]),
    ])
    #expect(issues.isEmpty)
    #expect(logs.map(\.name) == ["jsonl", "tensorboard"])
    #expect(logs.map(\.isOwnLog) == [true, false])
    #expect(logs[1].every == 10 && logs[1].include == ["reward/*"])
    #expect((logs[1].recipe as? TensorBoardLog)?.bins == 5)
  }

  @Test func whatIsWrongIsNamedWithWhatIsAllowed() {
    let (logs, issues) = chosen([
      OptionValue(.text("wandb")), entry([("sink", .text("jsonl")), ("every", .number(2))]),
      entry([("sink", .text("csv")), ("file", .text("a/b.csv")), ("colour", .flag(true))]),
    ])
    #expect(logs.map(\.name) == ["jsonl", "csv"])
    #expect(
      issues == [
        "log[0].sink: no log is named 'wandb'; known: jsonl, csv, tensorboard",
        "log[1].file: must be another name: log.jsonl is the run's own log and holds every step and every name",
        "log[2].file: must be a name without folders, not 'a/b.csv'",
        "log[2].colour: is not an option here; known: every, exclude, file, include, sink",
      ], "\(issues)")
  }

  private func clashes(_ items: [OptionValue]) -> [String] {
    var files = LogFiles(own: ["log.jsonl", "rollouts.bin", ".lock"])
    var options = OptionReader(OptionValue(.map([OptionEntry(key: "log", value: OptionValue(.list(items)))])))
    _ = options.sections("log", shorthand: "sink") { reader in
      if let log = ChosenLog(options: &reader, catalog: Self.catalog) { files.claim(log, options: &reader) }
    }
    return options.closed().map(\.description)
  }

  @Test func aLogMayNotWriteIntoAFileOfTheRunOrOfAnotherLog() {
    for name in ["rollouts.bin", "Rollouts.bin", ".lock", "rollouts.bin.partial"] {
      let issues = clashes([entry([("sink", .text("jsonl")), ("file", .text(name))])])
      #expect(issues.count == 1, "\(name): \(issues)")
      #expect(
        issues.first?.hasPrefix("log[0].file: must be a file of its own, not '\(name)', which the run itself writes") == true,
        "\(issues)")
    }
    #expect(clashes([entry([("sink", .text("csv")), ("file", .text("log.jsonl"))])]).count == 1)
    let taken = clashes([OptionValue(.text("csv")), entry([("sink", .text("jsonl")), ("file", .text("metrics.csv"))])])
    #expect(taken.count == 1 && taken[0].contains("another log of this list, 'csv', writes"), "\(taken)")
    let twice = clashes([OptionValue(.text("tensorboard")), OptionValue(.text("tensorboard"))])
    #expect(twice.count == 1 && twice[0].hasPrefix("log[1].sink:"), "\(twice)")
    #expect(
      clashes([
        OptionValue(.text("jsonl")), OptionValue(.text("csv")), entry([("sink", .text("csv")), ("file", .text("b.csv"))]),
      ])
      .isEmpty)
    #expect(!clashes([entry([("sink", .text("csv")), ("file", .text(""))])]).isEmpty)
  }

  @Test func patternsThatNoNameFitsAreAnIssue() {
    let (_, issues) = chosen([
      entry([("sink", .text("csv")), ("include", words(["rewrd/*", "time/*"])), ("exclude", words(["x"]))])
    ])
    #expect(
      issues.count == 2 && issues[0].hasPrefix("log[0].include: is no name that a run logs: 'rewrd/*'; closest: "), "\(issues)")
    #expect(issues.first?.contains("'reward/") == true && issues.last?.hasPrefix("log[0].exclude") == true, "\(issues)")
  }

  /// A run that goes on: the table is made anew from the run's own log, so that nothing which a kill left unwritten is missing.
  @Test func aTableOfARunThatGoesOnHoldsWhatStood() async throws {
    try await withScratchDirectory { directory in
      let history = (0..<3).map {
        RunEvent(kind: .step, step: $0, totalSteps: 4, scalars: ["reward/mean": Double($0), "a/b": 1])
      }
      let (logs, _) = chosen([entry([("sink", .text("csv")), ("every", .number(2)), ("include", words(["reward/*"]))])])
      try "torn".write(toFile: directory + "/metrics.csv", atomically: true, encoding: .utf8)
      let sink = logs[0].sink(for: LoggedRun(name: "x", directory: directory, stepsDone: 3, history: history))
      try await sink.record(RunEvent(kind: .step, step: 3, totalSteps: 4, scalars: ["reward/mean": 3]))
      try await sink.finish()
      #expect(
        try text(at: directory + "/metrics.csv")
          == "kind,step,total_steps,text,reward/mean\nstep,0,4,,0.0\nstep,2,4,,2.0\nstep,3,4,,3.0\n")
    }
  }
}
