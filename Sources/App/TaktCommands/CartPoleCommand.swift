#if Whole
  import ArgumentParser
  import ControlProblems

  struct CartPoleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "cartpole",
      abstract: "PPO solves CartPole-v1 with the code that trains language models: return and speed of each seed.",
      discussion: """
        50,000 environment steps a seed, on one thread. Stable-Baselines3 reaches 500 on every seed as well.

        EXAMPLE
          takt bench cartpole --seeds 5
        """.manual)

    @Option(help: "How many seeds, from 0.")
    var seeds: Int = 5

    func validate() throws {
      guard (1...1000).contains(seeds) else { throw ValidationError("--seeds must be in 1…1000, not \(seeds)") }
    }

    @Flag(help: "A JSON list at the end instead of lines.")
    var json = false

    func run() throws {
      let run = CartPoleRun()
      if json {
        print(try CartPoleRun.json((0..<seeds).map { run.row(seed: $0) }), terminator: "")
        return
      }
      print(CartPoleRun.header)
      var rows: [CartPoleRun.Row] = []
      for seed in 0..<seeds {
        rows.append(run.row(seed: seed))
        print(CartPoleRun.line(rows[seed]))
      }
      print(run.summary(rows))
    }
  }
#else
  import ArgumentParser

  struct CartPoleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "cartpole", abstract: AbsentCommand.abstract)
    @Argument(parsing: .captureForPassthrough) var words: [String] = []

    func run() throws { throw AbsentCommand.error() }
  }
#endif
