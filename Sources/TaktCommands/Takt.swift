import ArgumentParser
import CStart
public import Experiments
import Foundation

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
      await Plugins.$current.withValue(plugins) { await TaktCommand.main(nil) }
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
    discussion: """
      EXAMPLES
        takt demo experiments/demo.yaml                 the RL stage on the embedded policy, with a control, and the result
        takt train experiments/must/4-grpo.yaml         one experiment in runs/must-grpo
        takt score QUESTIONS.jsonl COMPLETIONS.jsonl --rewards experiments/rewards/must.yaml
        takt list rewards                               what an experiment may name

      EXIT CODES
        0 done · 1 an error, or the command's answer is no (audit, demo) · 3 stopped, the same command goes on
        4 some runs of a grid failed · 64 the command line cannot be read · 130 ended by a second Ctrl-C

      COMPLETION
        takt --generate-completion-script bash|zsh|fish      see docs/scripting.md
      """.manual,
    version: Manifest.version,
    subcommands: [
      TrainCommand.self, AblateCommand.self, DemoCommand.self, CompareCommand.self, EvaluateCommand.self, ScoreCommand.self,
      ServeCommand.self, ReadCommand.self, RolloutsCommand.self, RescoreCommand.self, RunsCommand.self, ReportCommand.self,
      QuestionsCommand.self, LeaderboardCommand.self, AskCommand.self, InspectCommand.self, PolicyCommand.self,
      MusicCommand.self,
      ListCommand.self, RewardsCommand.self, AlgorithmsCommand.self,
      AuditCommand.self, BenchCommand.self, CartPoleCommand.self,
    ])
}
