import ArgumentParser

@main
struct Takt: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "takt", abstract: "Temporal rewards and the RL stage for models that must know when.")
}
