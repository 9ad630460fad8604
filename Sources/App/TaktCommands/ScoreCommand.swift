import ArgumentParser
import Experiments
import Foundation
import Judging

struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Rewards for any model's answers, offline.",
    usage: "takt answers score <questions> <completions> --rewards <spec> [<options>]",
    discussion: """
      QUESTIONS holds one JSON object a line: {"id", "task", "question"?, "answers": ["0:57-1:12"], "duration"?, "kind"?}; the kind
      of answer follows from the task where it is one of MusTBench's (docs/mustbench.md, "Questions file", has every key).
      COMPLETIONS holds {"id", "completion"} a line, one for each question, and for rewards that want them "token_count", "truncated",
      and "step" with "steps". A completion may be null (nothing said) or a list of chat messages. Baselines are those of --baselines,
      or fitted to QUESTIONS.

      Prints {id, reward, components, outcome, reason?, answer} a line, and on standard error the share of each outcome and the mean of
      each component. The outcome is answered, empty (an explicit "none") or the fault, such as hedged or unclosed-tag; a component is
      null where it does not judge the question. An id is written as it came, a text or a number. FILE of --output appears when all is
      scored; after an error, what was scored before it is in FILE.partial.

      EXAMPLE
        takt answers score questions.jsonl answers.jsonl --rewards experiments/rewards/must.yaml --output scores.jsonl
      """.manual)

  @Argument(help: "Questions with their references, JSON Lines.")
  var questions: String

  @Argument(help: "Completions by question id, JSON Lines; may be larger than memory.")
  var completions: String

  @Option(help: "YAML file with the rewards.")
  var rewards: String

  @Option(help: "A run's folder, or its baselines.json, whose baselines are subtracted instead of ones fitted to QUESTIONS.")
  var baselines: String?

  @Option(help: "File for the scores instead of standard output.")
  var output: String?

  @Flag(
    help: "Leave out wrong completions and questions without one, and say which, instead of stopping at the first.")
  var skipBad = false

  func run() throws {
    let scoring = try Scoring(questions: questions, rewards: rewards, baselines: baselines)
    for warning in scoring.warnings { StandardStreams.say("warning: \(warning)\n") }
    let summary = try scoring.score(
      completions: completions, to: output, skipsBad: skipBad, progress: TerminalRun.plainProgress)
    StandardStreams.say(summary)
  }
}
