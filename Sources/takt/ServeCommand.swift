import ArgumentParser
import Experiments
import Foundation

struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Rewards for another program, such as a trainer in Python: JSON lines in, JSON lines out.",
    discussion: """
      A request a line: {"id": 1, "completions": ["0:57"], "questions": [{"id", "track_id", "task", "question", "answers", "duration"}]}, or
      "ids" instead of "questions" where --questions loaded them. The answer: {"id": 1, "rewards": [0.9], "components": {…},
      "outcomes": ["answered"]}, or {"id": 1, "error": "…"}. Ends with its input. docs/external-policy.md has a reward
      function for TRL of ten lines.

      EXAMPLE
        takt serve --rewards experiments/rewards/must.yaml --questions questions.jsonl
      """)

  @Option(help: "YAML file with the rewards.")
  var rewards: String

  @Option(help: "Questions with their references, JSON Lines, to be named by id.")
  var questions: String?

  func run() throws {
    var service = try RewardService(rewards: rewards, questions: questions)
    while let line = readLine(strippingNewline: true) {
      if line.isEmpty { continue }
      try FileHandle.standardOutput.write(contentsOf: service.answer(Data(line.utf8)) + [0x0A])
    }
  }
}
