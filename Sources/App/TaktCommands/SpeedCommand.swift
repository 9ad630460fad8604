#if Whole
  import SpeedBenchmark
  import ArgumentParser
  import Experiments

  struct SpeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "speed",
      abstract: "Takt's speed beside what the machine can do, measured in one run.",
      discussion: """
        Training, sampling, a GRPO step by its parts, music, rewards and metrics, in turns for up to a minute; medians with the
        range, and the limit beside each: the peak of matrix products, or memory. Close other programs first: the load is printed.

        EXAMPLES
          takt bench speed --quick
          takt bench speed --only answers --only metrics
        """.manual)

    @Flag(help: "One JSON object instead of a table.")
    var json = false

    @Flag(help: "At most 15 seconds; fewer rounds.")
    var quick = false

    @Option(help: "Measure only this; may be given again: \(Bench.Part.allCases.map(\.rawValue).joined(separator: ", ")).")
    var only: [Bench.Part] = []

    func run() async throws {
      let report = try await Bench(quick: quick, parts: only, progress: json ? .silent : TerminalRun.plainProgress).report()
      print(json ? try report.json : report.text, terminator: json ? "\n" : "")
    }
  }

  extension Bench.Part: ExpressibleByArgument {}
#else
  import ArgumentParser

  struct SpeedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "speed", abstract: AbsentCommand.abstract)
    @Argument(parsing: .captureForPassthrough) var words: [String] = []

    func run() throws { throw AbsentCommand.error() }
  }
#endif
