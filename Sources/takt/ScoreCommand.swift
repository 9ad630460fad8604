import ArgumentParser
import Experiments
import Foundation

struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Rewards for any model's answers, offline.",
    discussion: """
      QUESTIONS holds one JSON object a line: {"id", "task", "question", "answers": ["0:57-1:12"], "duration", …}.
      COMPLETIONS holds {"id", "completion"} a line. Prints {id, reward, components, outcome, reason?, answer} a line, and on
      standard error the share of each outcome and the mean of each component.

      EXAMPLE
        takt score questions.jsonl answers.jsonl --rewards experiments/rewards/must.yaml --output scores.jsonl
      """)

  @Argument(help: "Questions with their references, JSON Lines.")
  var questions: String

  @Argument(help: "Completions by question id, JSON Lines; may be larger than memory.")
  var completions: String

  @Option(help: "YAML file with the rewards.")
  var rewards: String

  @Option(help: "File for the scores instead of standard output.")
  var output: String?

  func run() throws {
    let scoring = try Scoring(questions: questions, rewards: rewards)
    let summary = try scoring.score(completions: completions, to: output)
    FileHandle.standardError.write(Data(summary.utf8))
  }
}
