import ArgumentParser

struct BenchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure Takt itself: takt bench speed --quick",
    discussion: """
      How fast Takt is beside what the machine can do, and whether its PPO learns as PPO does elsewhere.

      EXAMPLES
        takt bench speed --quick
        takt bench cartpole --seeds 5
      """.manual,
    subcommands: [SpeedCommand.self, CartPoleCommand.self], defaultSubcommand: SpeedCommand.self)
}
