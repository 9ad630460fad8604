import ArgumentParser
import CStart
public import Experiments
import Foundation
import Options

/// The command line.
public enum Takt {
  /// Runs the command that the process was started with, and ends the process.
  ///
  /// A program of another package is `takt` with parts of its own in two lines:
  ///
  ///     import TaktCommands
  ///     await Takt.main(plugins: try .builtIn.adding(rewards: [LeadTime.self]))
  ///
  /// What is wrong with `plugins`, such as a name that is taken, is said and ends the process with 1.
  public static func main(plugins: @autoclosure () throws -> Plugins = .builtIn) async {
    StandardStreams.open()
    for warning in ProcessSettings.warnings() { StandardStreams.say("warning: \(warning)\n") }
    do {
      let plugins = try plugins()
      await Plugins.$current.withValue(plugins) {
        let words = CommandWords(Array(CommandLine.arguments.dropFirst()), rewards: plugins.rewards.names)
        if let advice = words.advice { StandardStreams.say("\(advice)\n") }
        if let fault = words.fault {
          StandardStreams.say("Error: \(fault)\n")
          exit(ExitCode.validationFailure.rawValue)
        }
        await TaktCommand.main(words.current)
      }
    } catch {
      StandardStreams.say("Error: \(error)\n")
      exit(1)
    }
  }
}

struct TaktCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "takt",
    abstract: "Temporal rewards and the RL stage for models that must know when.",
    version: Manifest.version,
    subcommands: [
      TrainCommand.self, DemoCommand.self, AblateCommand.self, ReportCommand.self, RunsCommand.self, TracksCommand.self,
      QuestionsCommand.self, AnswersCommand.self, RewardsCommand.self, PolicyCommand.self, ListCommand.self, BenchCommand.self,
    ])
}
